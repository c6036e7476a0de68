// Package cli is the command line: one file per command, each of them reading
// flags, calling the generator and printing what came of it.
//
// The rules are:
//
//   - Diagnostics go to standard output, because they are the result; what
//     the program says about itself goes to standard error.
//   - The exit status is 0 when all is fine, 1 when the content has errors, 2
//     for wrong usage, 3 when the work could not be done.
//   - Colour and progress appear on a terminal only, and no colour at all
//     with NO_COLOR set.
//   - Messages are Chinese unless the environment or --lang says English.
//     Names of commands and flags are the same in both.
package cli

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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

// Env is what a command sees of the system. Tests give their own.
type Env struct {
	In                           io.Reader
	Out, Err                     io.Writer
	Getenv                       func(string) string
	OutIsTerminal, ErrIsTerminal bool
}

// System is the Env of the running process.
func System() Env {
	return Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv,
		OutIsTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// app holds the common flags of a run.
type app struct {
	Env
	dir, out, baseURL, lang string
	quiet, verbose          bool
	cpuProfile, memProfile  string
}

// exit carries an exit status through cobra. A nil error prints nothing more.
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
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(env.Err, "annals: internal error, please report it: %v\n%s", r, debug.Stack())
			code = impossible
		}
	}()
	a := &app{Env: env}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	err := a.run(ctx, root)
	var e exit
	switch {
	case err == nil:
		return fine
	case errors.As(err, &e):
		if e.err != nil {
			fmt.Fprintf(env.Err, "annals: %v\n", e.err)
		}
		return e.code
	}
	// Whatever cobra itself refuses is wrong usage.
	fmt.Fprintf(env.Err, "annals: %v\n%s\n", err, a.say("运行 annals help 查看用法", "run annals help for usage"))
	return usage
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:               "annals",
		Short:             "政府信息公开年度报告档案 · a checked archive of disclosure reports",
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.NoArgs,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if a.lang != "" {
				if _, ok := lang.Parse(a.lang); !ok {
					return exit{usage, fmt.Errorf("--lang %s: zh | en", a.lang)}
				}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	f := root.PersistentFlags()
	f.StringVar(&a.dir, "dir", ".", "档案目录，内有 content/ · the folder that holds content/")
	f.StringVar(&a.out, "out", "", "输出目录，默认为档案目录下的 public · the output folder (default DIR/public)")
	f.StringVar(&a.baseURL, "base-url", "", "网站地址，代替 site.yaml 中的 base_url · the site's address")
	f.StringVar(&a.lang, "lang", "", "提示语言 zh 或 en · language of messages")
	f.BoolVar(&a.quiet, "quiet", false, "只报告问题 · print problems only")
	f.BoolVar(&a.verbose, "verbose", false, "显示各阶段用时 · print timings by stage")
	f.StringVar(&a.cpuProfile, "cpuprofile", "", "write a CPU profile")
	f.StringVar(&a.memProfile, "memprofile", "", "write a heap profile")
	for _, name := range []string{"cpuprofile", "memprofile"} {
		if err := f.MarkHidden(name); err != nil {
			panic(err)
		}
	}
	root.AddCommand(a.commands()...)
	return root
}

// tag is the language of messages: --lang, or the environment's, or Chinese.
func (a *app) tag() lang.Tag {
	for _, s := range []string{a.lang, a.Getenv("LC_ALL"), a.Getenv("LC_MESSAGES"), a.Getenv("LANG")} {
		if t, ok := lang.Parse(s); ok {
			return t
		}
		if s == "C" || s == "POSIX" || strings.HasPrefix(s, "C.") {
			break
		}
	}
	return lang.ZH
}

func (a *app) say(zh, en string) string { return lang.Text{ZH: zh, EN: en}.In(a.tag()) }

// folder is the archive's folder; an empty one where it cannot be opened, so
// that what the program brings along can be had anywhere.
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
	check := root.PersistentPreRunE
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return err
		}
		var err error
		stop, err = a.profile()
		return err
	}
	err := root.ExecuteContext(ctx)
	if stop != nil {
		if e := stop(); err == nil && e != nil {
			return exit{impossible, e}
		}
	}
	return err
}
