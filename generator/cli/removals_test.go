package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/session"
)

// run runs a command line on an archive, in English.
func run(dir string, args ...string) (code int, out string) {
	var b bytes.Buffer
	code = Main(context.Background(), append(args, "--dir", dir, "--lang", "en"), Env{In: strings.NewReader(""), Out: &b, Err: &b, Getenv: func(string) string { return "" }})
	return code, b.String()
}

// TestRemovals empties an archive: the site is not changed unless
// --allow-deletions is given.
func TestRemovals(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, "content", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("site.yaml", "title: T\nlanguage: en\n")
	write("agencies/a/_index.md", "---\nname: A\nkind: region\n---\n")
	for i := range 25 {
		write(fmt.Sprintf("agencies/a/d%02d/_index.md", i), fmt.Sprintf("---\nname: D%02d\nkind: department\n---\n", i))
		write(fmt.Sprintf("agencies/a/d%02d/2016.md", i), "---\npublished: 2017-01-20\n---\n\n## 概述\n\n文字。\n")
	}
	built := func() int {
		list, _ := filepath.Glob(filepath.Join(dir, "public/agencies/a/d*/2016/index.html"))
		return len(list)
	}
	if code, out := run(dir, "build"); code != fine || built() != 25 {
		t.Fatalf("exit %d, %d reports:\n%s", code, built(), out)
	}
	if err := os.Rename(filepath.Join(dir, "content/agencies/a"), filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	code, out := run(dir, "build")
	if code != content || built() != 25 || !strings.Contains(out, "content/agencies/a:1:1: error: all 25 reports of a ") || !strings.Contains(out, "nothing was written") {
		t.Errorf("exit %d, %d reports:\n%s", code, built(), out)
	}
	// serve keeps showing the site, reports the reason, and accepts the next change.
	s, err := session.New(generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.BuildAll(t.Context())
	if err != nil || res.Published || len(res.Diagnostics) != 1 || res.Diagnostics[0].Rule != "removal" || built() != 25 {
		t.Errorf("serve: %v %+v, %d reports", err, res, built())
	}
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "content/agencies/a")); err != nil {
		t.Fatal(err)
	}
	if res, err := s.BuildAll(t.Context()); err != nil || !res.Published || len(res.Diagnostics) > 0 {
		t.Errorf("serve after all is as it was: %v %+v", err, res)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out := run(dir, "build"); code != fine || !strings.Contains(out, "files: 0 written") {
		t.Errorf("exit %d after all is as it was:\n%s", code, out)
	}
	for i := range 21 { // a draft has no address
		write(fmt.Sprintf("agencies/a/d%02d/2016.md", i), "---\npublished: 2017-01-20\ndraft: true\n---\n\n## 概述\n\n文字。\n")
	}
	if code, out := run(dir, "build"); code != content || built() != 25 || strings.Count(out, "[removal]") != 21 {
		t.Errorf("exit %d, %d reports:\n%s", code, built(), out)
	}
	if code, out := run(dir, "build", "--allow-deletions"); code != fine || built() != 4 {
		t.Errorf("exit %d, %d reports:\n%s", code, built(), out)
	}
}
