package cli

import (
	"context"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"annals/generator/config"
	"annals/generator/serve"
	"annals/generator/session"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// The limits of --poll. A shorter interval would keep a disk busy, a longer one is
// surely a mistake.
const (
	shortestPoll = 50 * time.Millisecond
	longestPoll  = time.Hour
)

func (a *app) serveCommand() *cobra.Command {
	var addr string
	var hosts []string
	var poll time.Duration
	var strict bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: a.say("serve"),
		Long:  a.say("serve.more"),
		Args: func(cmd *cobra.Command, args []string) error {
			// After a flag whose value is optional, "--poll 5s" means the flag and an argument.
			if len(args) == 1 && cmd.Flags().Changed("poll") {
				if cmd.Flags().Set("poll", args[0]) == nil {
					return nil
				}
			}
			return a.args(0, 0)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("poll") && (poll < shortestPoll || poll > longestPoll) {
				return a.wrong("option.value", "poll", poll.String())
			}
			opt := a.options()
			opt.Today, _ = dayOf(now)
			var err error
			if opt.Signer, err = a.signer(""); err != nil {
				return err
			}
			s, err := session.New(opt)
			if err != nil {
				return err
			}
			defer s.Close()
			site := serve.NewOver(serve.Folder(opt.Out))
			e := &editing{app: a, addr: addr, poll: poll, session: s, site: site}
			e.server, err = serve.New(serve.Options{Site: site, Addr: addr, Hosts: hosts, Lang: a.tag, Failed: a.reportPanic, Desk: e.desk, Strict: a.strictKinds(strict)})
			if err != nil {
				return a.wrong("option.value", "addr", addr)
			}
			if err := e.run(cmd.Context()); !errors.Is(err, context.Canceled) {
				return err
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:1313", a.say("flag.addr"))
	cmd.Flags().StringSliceVar(&hosts, "host", nil, a.say("flag.host"))
	cmd.Flags().BoolVar(&strict, "strict-host", false, a.say("flag.strict-host"))
	cmd.Flags().DurationVar(&poll, "poll", 0, a.say("flag.poll"))
	cmd.Flags().Lookup("poll").NoOptDefVal, cmd.Flags().Lookup("poll").DefValue = "1s", ""
	return cmd
}

// strictKinds returns the kinds of files that a strict host takes: those that a site
// consists of, and the attachments that the settings name.
func (a *app) strictKinds(strict bool) []string {
	if !strict {
		return nil
	}
	site, _ := config.Load(a.folder())
	kinds := slices.Clone(serve.OwnKinds)
	for _, kind := range site.Publish {
		kinds = append(kinds, "."+kind)
	}
	return kinds
}

// pageOf returns the address of the page that shows a file of the content, or "".
func pageOf(file string) string {
	page, ok := site.Target(file, path.Base(file))
	if !ok || path.Ext(file) != ".md" {
		return ""
	}
	return "/" + sitemap.Address(page)
}

// ignore reports whether changes of a file are not watched: files of the site
// itself, the state of builds, version control, and the temporary files of editors
// and systems, which a build does not read either. Vim, for example, writes its
// swap file all the time.
func (e *editing) ignore(path string, _ bool) bool {
	path = filepath.ToSlash(path)
	switch name := path[strings.LastIndexByte(path, '/')+1:]; {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"), strings.HasSuffix(name, ".bak"):
		return true
	case path == "node_modules":
		return true
	}
	rel, err := filepath.Rel(e.app.dir, e.app.options().Out)
	return err == nil && path == filepath.ToSlash(rel)
}
