package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/serve"
	"annals/generator/watch"
)

// settle is how long after the last quick change the pages that span the
// archive are brought up to date.
const settle = 400 * time.Millisecond

func (a *app) serveCommand() *cobra.Command {
	var addr string
	var hosts []string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "边编辑边预览 · show the site while it is edited",
		Long: `生成网站并在本机打开预览；保存文件后自动检查、重新生成并刷新浏览器。
有错误时保留上一次正确的网站，并在页面上列出错误。Ctrl-C 结束。

Build the site, serve it on this machine and rebuild it whenever a file is
saved; the browser reloads by itself. While there are errors the last good site
stays, with the errors listed over the page. Ctrl-C ends it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt := a.options()
			s, err := generator.NewSession(opt)
			if err != nil {
				return exit{impossible, err}
			}
			defer s.Close()
			server, err := serve.New(serve.Options{Site: serve.Folder(opt.Out), Addr: addr, Hosts: hosts, Lang: a.tag()})
			if err != nil {
				return exit{usage, err}
			}
			e := &editing{app: a, session: s, server: server}
			if err := e.run(cmd.Context()); err != nil && !errors.Is(err, context.Canceled) {
				return exit{impossible, err}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:1313", "监听地址 · address to listen on")
	cmd.Flags().StringSliceVar(&hosts, "host", nil, "允许的其他主机名 · more host names that may be asked for")
	return cmd
}

// editing connects the watcher, the builds and the server.
type editing struct {
	app     *app
	session *generator.Session
	server  *serve.Server
}

func (e *editing) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	w, err := watch.New(e.app.dir, watch.Options{Ignore: e.ignore})
	if err != nil {
		return err
	}
	defer w.Close()
	if reason := w.Reason(); reason != nil {
		fmt.Fprintln(e.app.Err, e.app.say("改为定时查看文件变化：", "looking for changes at intervals: ")+watch.Explain(reason))
	}
	if err := e.full(ctx); err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() {
		served <- e.server.Run(ctx, func(url string) {
			fmt.Fprintf(e.app.Err, e.app.say("预览：%s（Ctrl-C 结束）\n", "serving %s (Ctrl-C ends it)\n"), url)
		})
	}()
	err = e.loop(ctx, w, served)
	stop()
	return err
}

// loop builds after each batch of changes: at once what a change surely
// touches, and everything else when the editor pauses.
func (e *editing) loop(ctx context.Context, w *watch.Watcher, served <-chan error) error {
	var pause <-chan time.Time
	for {
		select {
		case err := <-served:
			return err
		case <-pause:
			pause = nil
			if err := e.full(ctx); err != nil {
				return err
			}
		case batch, ok := <-w.Events():
			if !ok {
				return errors.New(e.app.say("不能再监视文件变化", "files can no longer be watched"))
			}
			done, err := e.quick(ctx, batch)
			if err == nil && !done {
				pause, err = nil, e.full(ctx)
			} else {
				pause = time.After(settle)
			}
			if err != nil {
				return err
			}
		}
	}
}

func (e *editing) quick(ctx context.Context, batch watch.Batch) (bool, error) {
	if batch.Rescan {
		return false, nil
	}
	began := time.Now()
	res, done, err := e.session.Quick(ctx, batch.Paths)
	if err != nil || !done {
		return done, err
	}
	return true, e.show(res, began)
}

func (e *editing) full(ctx context.Context) error {
	began := time.Now()
	res, err := e.session.Full(ctx)
	if err != nil {
		return err
	}
	return e.show(res, began)
}

// show tells the terminal and the browsers what a build found and changed.
func (e *editing) show(res *generator.Result, began time.Time) error {
	a := e.app
	u := serve.Update{Changed: e.session.Changed()}
	if !res.Published {
		u.Changed = nil
	}
	for _, d := range res.Diagnostics {
		u.Diagnostics = append(u.Diagnostics, serve.Item{
			File: diag.Visible(d.Place.File), Line: int(d.Place.Line), Column: int(d.Place.Column),
			Severity: d.Severity.String(), Rule: d.Rule, Message: d.Message.In(a.tag()), Page: pageOf(d.Place.File),
		})
	}
	e.server.Publish(u)
	if err := a.print(res.Diagnostics, "text"); err != nil {
		return err
	}
	if !a.quiet && (len(u.Changed) > 0 || !res.Published) {
		fmt.Fprintf(a.Err, a.say("%d 个文件已更新，%d 个错误；%d 毫秒\n", "%d files updated, %d errors; %d ms\n"),
			len(u.Changed), diag.Errors(res.Diagnostics), time.Since(began).Milliseconds())
	}
	return nil
}

// pageOf is the page that a file of the content is shown on, or "".
func pageOf(file string) string {
	name, ok := strings.CutPrefix(file, "content/")
	if !ok {
		return ""
	}
	name, ok = strings.CutSuffix(name, ".md")
	if !ok {
		return ""
	}
	name = strings.TrimSuffix(strings.TrimSuffix(name, "/index"), "/_index")
	return "/" + name + "/"
}

// ignore keeps the site itself, the state of builds and version control out
// of the watch.
func (e *editing) ignore(path string, _ bool) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(path), "/")
	if strings.HasPrefix(first, ".") || first == "node_modules" {
		return true
	}
	rel, err := filepath.Rel(e.app.dir, e.app.options().Out)
	return err == nil && first == filepath.ToSlash(rel)
}
