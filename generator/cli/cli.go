// Package cli is the command line: one file per command, each of which reads
// flags, calls the generator and prints the result.
//
// The rules are:
//
//   - Diagnostics go to standard output, because they are the result; what
//     the program says about itself goes to standard error.
//   - The exit status is 0 when all is fine, 1 when the content has errors, 2
//     for wrong usage, 3 when the work could not be done.
//   - Colour and progress appear on a terminal only, and no colour at all
//     with NO_COLOR set.
//   - Messages, help and errors are Chinese unless the environment or --lang
//     says English, and never both. Their words are in messages.json; names of
//     commands, flags and values are the same in both.
package cli

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"annals/generator/beneath"
	"annals/generator/bug"
	"annals/generator/config"
	"annals/generator/files"
	"annals/generator/lang"
)

// The exit statuses.
const (
	fine       = 0
	content    = 1
	usage      = 2
	impossible = 3
)

// Env is the part of the system that commands use: the environment, input and
// output. Tests pass their own.
type Env struct {
	In                           io.Reader
	Out, Err                     io.Writer
	Getenv                       func(string) string
	OutIsTerminal, ErrIsTerminal bool
	Columns                      int // of the terminal on Out; 0 for none
}

// System is the Env of the running process.
func System() Env {
	columns, _, _ := term.GetSize(int(os.Stdout.Fd())) // 0 on an error: it is no terminal
	return Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv,
		OutIsTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Columns:       max(columns, 0),
	}
}

// app holds the common flags of a run.
type app struct {
	Env
	dir, out, baseURL, lang string
	format                  string // of a command's output: "text" or "json"
	quiet, verbose, notices bool
	cpuProfile, memProfile  string
	tag                     lang.Tag // language of messages
}

// exit carries an exit status through cobra. Any other error has the status
// impossible. If err is nil, everything has been printed already.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.code)
	}
	return e.err.Error()
}

func (e exit) Unwrap() error { return e.err }

// Main runs a command line and returns its exit status.
func Main(ctx context.Context, args []string, env Env) (code int) {
	a := &app{Env: env, tag: language(args, env.Getenv)}
	defer func() {
		if p := bug.Recovered(recover()); p != nil {
			a.reportPanic(p)
			code = impossible
		}
	}()
	root := a.root()
	root.SetArgs(args)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	err := a.run(ctx, root)
	if err == nil {
		return fine
	}
	if a.isPanic(err) {
		return impossible
	}
	end := exit{impossible, err}
	if errors.As(err, &end); end.err != nil {
		fmt.Fprintln(env.Err, "annals: "+a.reason(end.err))
	}
	return end.code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "annals COMMAND",
		Short:             a.say("annals"),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              a.args(0, 0),
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	f := root.PersistentFlags()
	f.StringVar(&a.dir, "dir", ".", a.say("flag.dir"))
	f.StringVar(&a.out, "out", "", a.say("flag.out"))
	f.StringVar(&a.baseURL, "base-url", "", a.say("flag.base-url"))
	f.StringVar(&a.lang, "lang", "", a.say("flag.lang"))
	f.BoolVar(&a.quiet, "quiet", false, a.say("flag.quiet"))
	f.BoolVar(&a.verbose, "verbose", false, a.say("flag.verbose"))
	f.BoolP("help", "h", false, a.say("flag.help"))
	f.StringVar(&a.cpuProfile, "cpuprofile", "", a.say("flag.cpuprofile"))
	f.StringVar(&a.memProfile, "memprofile", "", a.say("flag.memprofile"))
	for _, name := range []string{"cpuprofile", "memprofile"} {
		f.Lookup(name).Hidden = true
	}
	root.SetHelpFunc(a.help)
	root.SetFlagErrorFunc(a.flagError)
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(a.commands()...)
	for _, c := range commands(root, nil) {
		c.DisableFlagsInUseLine = true
	}
	return root
}

// formats is the annotation of a command with the values of its --format, where
// they are more than text and json.
const formats = "formats"

// common checks the common flags.
func (a *app) common(cmd *cobra.Command) error {
	if _, ok := lang.Parse(a.lang); !ok && a.lang != "" {
		return a.wrong("option.one-of", "--lang", a.lang, "zh | en")
	}
	if a.baseURL != "" && !new(config.Site).SetBaseURL(a.baseURL) {
		return a.wrong("option.base-url", a.baseURL)
	}
	if a.out != "" && a.amongSources(a.out) {
		return a.wrong("option.out", a.out)
	}
	return a.oneOf("--format", a.format, strings.Fields(cmp.Or(cmd.Annotations[formats], "text json"))...)
}

// amongSources reports whether a folder lies in the archive's content, layouts or
// hidden folders such as .git. A site written there would be read as content by the
// next build, or damage the repository.
func (a *app) amongSources(folder string) bool {
	dir, err1 := filepath.Abs(a.dir)
	folder, err2 := filepath.Abs(folder)
	rel, err := filepath.Rel(dir, folder)
	if errors.Join(err1, err2, err) != nil || !filepath.IsLocal(rel) || rel == "." {
		return false
	}
	rel = filepath.ToSlash(rel)
	first, _, _ := strings.Cut(rel, "/")
	return beneath.Hidden(rel) || strings.EqualFold(first, "content") || strings.EqualFold(first, "layouts")
}

// folder returns the archive's folder, or an empty one if it cannot be opened, so
// that commands that only use the program's own forms work anywhere.
func (a *app) folder() fs.FS {
	folder, err := files.Dir(a.dir)
	if err != nil {
		return embed.FS{}
	}
	return folder
}

// color reports whether diagnostics may be coloured.
func (a *app) color() bool {
	return a.OutIsTerminal && a.Getenv("NO_COLOR") == "" && a.Getenv("TERM") != "dumb"
}

// run executes the command line between the start and the end of profiles.
func (a *app) run(ctx context.Context, root *cobra.Command) error {
	var stop func() error
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) (err error) {
		if err = a.common(cmd); err == nil {
			stop, err = a.profile()
		}
		return err
	}
	err := root.ExecuteContext(ctx)
	if stop != nil {
		if e := stop(); err == nil {
			return e
		}
	}
	return err
}
