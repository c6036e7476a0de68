package cli

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
)

func (a *app) checkCommand() *cobra.Command {
	var format string
	var fix bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "检查 content/ · check content/",
		Long: `检查 content/ 中的全部文件：写法、版式、表内与跨年的勾稽关系、上下级汇总。
有错误时退出码为 1。

Check everything in content/: syntax, form, relations within reports, across
years and between a government and its agencies. Exit status 1 if there are errors.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			res, err := generator.Check(cmd.Context(), a.options())
			if err == nil && fix {
				res, err = a.fixed(cmd.Context(), res)
			}
			if err != nil {
				return exit{impossible, err}
			}
			if err := a.print(res.Diagnostics, format); err != nil {
				return exit{impossible, err}
			}
			if format == "text" {
				a.summary(res)
			}
			return a.verdict(res)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "输出格式 text | json · output format")
	cmd.Flags().BoolVar(&fix, "fix", false, "改正有把握的错误 · apply certain repairs")
	return cmd
}

// fixed applies the certain repairs and checks again what is left.
func (a *app) fixed(ctx context.Context, res *generator.Result) (*generator.Result, error) {
	n, err := a.repair(res.Diagnostics)
	if err != nil || n == 0 {
		return res, err
	}
	if !a.quiet {
		fmt.Fprintf(a.Err, a.say("改写了 %d 个文件\n", "%d files repaired\n"), n)
	}
	return generator.Check(ctx, a.options())
}

// options are what the common flags say.
func (a *app) options() generator.Options {
	out := a.out
	if out == "" {
		out = filepath.Join(a.dir, "public")
	}
	return generator.Options{Dir: a.dir, Out: out, BaseURL: a.baseURL, Size: spend}
}

func (a *app) oneOf(flag, value string, known ...string) error {
	for _, k := range known {
		if value == k {
			return nil
		}
	}
	return exit{usage, fmt.Errorf("%s %s: %v", flag, value, known)}
}

// print shows diagnostics on standard output.
func (a *app) print(list []diag.Diagnostic, format string) error {
	list = diag.Cap(list)
	if format == "json" {
		return diag.WriteJSON(a.Out, list, a.tag())
	}
	p := diag.Text{Out: a.Out, Lang: a.tag(), Files: a.folder(), Color: a.color()}
	return p.Print(list)
}

// summary says in one line what was read and found.
func (a *app) summary(res *generator.Result) {
	if a.quiet {
		return
	}
	errors, warnings := diag.Count(res.Diagnostics)
	fmt.Fprintf(a.Err, a.say("%d 个机构，%d 份报告：%d 个错误，%d 个提醒\n", "%d agencies, %d reports: %d errors, %d warnings\n"),
		res.Agencies, res.Reports, errors, warnings)
}

// verdict is the exit status that the diagnostics call for.
func (a *app) verdict(res *generator.Result) error {
	if diag.Errors(res.Diagnostics) > 0 {
		return exit{code: content}
	}
	return nil
}
