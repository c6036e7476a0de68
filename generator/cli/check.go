package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/baseline"
	documents "annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/output"
	"annals/generator/yamlpos"
)

func (a *app) checkCommand() *cobra.Command {
	var fix, known bool
	var base, today string
	cmd := &cobra.Command{
		Use:   "check",
		Short: a.say("check"),
		Long:  a.say("check.more"),
		Args:  a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("untrusted") {
				return a.untrusted(cmd.Context(), base)
			}
			opt := a.options()
			if today != "" {
				var err error
				if opt.Today, err = dayOf(today); err != nil {
					return a.wrong("option.value", "today", today)
				}
			}
			opt.Baseline = known
			res, err := generator.Check(cmd.Context(), opt)
			if err == nil && known {
				return a.writeBaseline(res)
			}
			if err == nil && fix {
				res, err = a.fixed(cmd.Context(), opt, res)
			}
			if err != nil {
				return err
			}
			return a.report(res, func() {})
		},
	}
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.formats"))
	cmd.Annotations = map[string]string{formats: "text json sarif github gitlab"}
	cmd.Flags().StringVar(&base, "untrusted", "", a.say("flag.untrusted"))
	cmd.Flags().BoolVar(&a.notices, "notices", false, a.say("flag.notices"))
	cmd.Flags().StringVar(&today, "today", "", a.say("flag.today"))
	cmd.Flags().Lookup("today").NoOptDefVal = now
	cmd.Flags().BoolVar(&known, "baseline", false, a.say("flag.baseline"))
	cmd.Flags().BoolVar(&fix, "fix", false, a.say("flag.fix"))
	return cmd
}

// writeBaseline puts the findings of a run into the baseline; those that it cannot
// hold are printed, as of any run.
func (a *app) writeBaseline(res *generator.Result) error {
	was, _ := files.Read(a.folder(), baseline.File, files.MaxText)
	now := baseline.Write(res.Known)
	var err error
	switch {
	case was != nil:
		err = output.ReplaceFile(a.dir, baseline.File, was, now)
	case len(now) > 0:
		err = output.CreateFile(a.dir, baseline.File, now, 0o644)
	}
	if err != nil {
		return err
	}
	return a.report(res, func() {})
}

// fixed applies the certain repairs and checks the archive again.
func (a *app) fixed(ctx context.Context, opt generator.Options, res *generator.Result) (*generator.Result, error) {
	n, err := a.repair(res.Diagnostics)
	if err != nil || n == 0 {
		return res, err
	}
	a.note("check.fixed", n)
	return generator.Check(ctx, opt)
}

// now is the value of --today without a date.
const now = "now"

// dayOf returns the day that --today gives, or that of the clock.
func dayOf(text string) (archive.Date, error) {
	day := time.Now()
	if text != now {
		var err error
		if day, err = time.Parse(time.DateOnly, text); err != nil {
			return archive.Date{}, err
		}
	}
	return archive.Date{Year: day.Year(), Month: int(day.Month()), Day: day.Day()}, nil
}

// options returns the options of a build that the common flags set.
func (a *app) options() generator.Options {
	out := a.out
	if out == "" {
		out = filepath.Join(a.dir, "public")
	}
	return generator.Options{Dir: a.dir, Out: out, BaseURL: a.baseURL, Program: version(), Size: spend}
}

// oneOf checks that the value of a flag is one of those known.
func (a *app) oneOf(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	list := strings.Join(known, " | ")
	if like, ok := yamlpos.Suggest(value, known); ok {
		return a.wrong("option.one-of-suggest", flag, value, like, list)
	}
	return a.wrong("option.one-of", flag, value, list)
}

// print shows diagnostics on standard output.
func (a *app) print(list []diag.Diagnostic) error {
	list = diag.Cap(list)
	switch a.format {
	case "json":
		return diag.WriteJSON(a.Out, list, a.tag)
	case "sarif", "github", "gitlab":
		return a.annotate(list)
	}
	p := diag.Text{Out: a.Out, Lang: a.tag, Read: a.text(), Color: a.color(), Terminal: a.OutIsTerminal, Verbose: a.verbose}
	return p.Print(list)
}

// text returns a function that reads a file of the archive, for quoting its lines, in
// which numbers of persons are masked. It does not follow links, because they may
// lead to files outside the archive.
func (a *app) text() func(file string) []byte {
	folder := a.folder()
	return func(file string) []byte {
		data, _ := files.Read(folder, file, files.MaxText)
		return documents.Shown(file, data)
	}
}

// report prints the diagnostics of a run and, if the format is text, a line with
// their numbers; then it calls more. The error has the exit status for the
// diagnostics.
func (a *app) report(res *generator.Result, more func()) error {
	list, hidden := res.Diagnostics, 0
	if !a.notices {
		list, hidden = diag.Faults(list)
	}
	if err := a.print(list); err != nil {
		return err
	}
	errors, warnings := diag.Count(res.Diagnostics)
	if a.format == "text" {
		a.note("summary", res.Agencies, res.Reports, errors, warnings)
		if n := res.KnownCount(); n > 0 {
			a.note("summary.known", n, baseline.File)
		}
		if hidden > 0 {
			a.note("summary.notices", hidden)
		}
		more()
	}
	if errors > 0 {
		return exit{code: content}
	}
	return nil
}
