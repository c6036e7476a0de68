package acceptance

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/scaffold"
	"annals/layouts"
)

// The site has the same bytes whether git checks the sources out with LF or CRLF.
func TestSameBytesFromAnyLineEnds(t *testing.T) {
	build := func(end string) string {
		dir := t.TempDir()
		write := func(name, text string) {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(strings.ReplaceAll(text, "\n", end)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range scaffold.Init() {
			text := string(f.Data)
			switch {
			case f.Path == "content/site.yaml":
				text += "header: partials/header.html\nbase_url: https://example.org/a/\n"
			case strings.HasSuffix(f.Path, "2024.md"):
				text += "\n- a\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> x\n> y\n\n```\ncode\n  more\n```\n\n" +
					"line  \nbreak\nand `two\nlines` <b\nid=a> end\n\n<div>\nx\n</div>\n"
			}
			write(f.Path, text)
		}
		write("partials/header.html", "<p>\n<a href=\"/\">a</a>\n</p>\n")
		err := fs.WalkDir(layouts.Files, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(layouts.Files, name)
			write("layouts/"+name, string(data))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		res, err := generator.Build(context.Background(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
		if err != nil || !res.Published {
			t.Fatalf("%v: %+v", err, res)
		}
		return filepath.Join(dir, "public")
	}
	lf, crlf := build("\n"), build("\r\n")
	files := 0
	err := filepath.WalkDir(lf, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		rel, _ := filepath.Rel(lf, name)
		one, err := os.ReadFile(name)
		two, err2 := os.ReadFile(filepath.Join(crlf, rel))
		if err2 != nil || string(one) != string(two) {
			t.Errorf("%s differs: %v", rel, err2)
		}
		return err
	})
	if err != nil || files < 30 {
		t.Errorf("%v: %d files", err, files)
	}
}
