package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/serve"
)

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
			site := serve.NewOver(serve.Folder(opt.Out))
			server, err := serve.New(serve.Options{Site: site, Addr: addr, Hosts: hosts, Lang: a.tag()})
			if err != nil {
				return exit{usage, err}
			}
			e := &editing{app: a, session: s, site: site, server: server}
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

// ignore keeps out of the watch the site itself, the state of builds, version
// control, and what editors and systems put beside people's files: a build
// does not look at it either. vim writes its swap file all the time.
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
