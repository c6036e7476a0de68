package generator_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
)

// A session that takes every change as it comes, the quick way where there is
// one, ends with the site of a clean build.
func TestSessionEqualsClean(t *testing.T) {
	edits := 120
	if testing.Short() {
		edits = 30
	}
	rng := rand.New(rand.NewPCG(5, 6))
	dir := t.TempDir()
	start(t, dir)
	out := filepath.Join(dir, "public")
	s, err := generator.NewSession(generator.Options{Dir: dir, Out: out})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Full(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := &editor{t: t, dir: dir, rng: rng}
	quick := 0
	for i := range edits {
		what := m.edit()
		var ok bool
		if name := what[strings.LastIndexByte(what, ' ')+1:]; strings.HasPrefix(name, "content/agencies/") && strings.HasSuffix(name, ".md") {
			if _, ok, err = s.Quick([]string{name}); err != nil {
				t.Fatal(what, err)
			}
		}
		if ok {
			quick++
		} else if _, err = s.Full(t.Context()); err != nil {
			t.Fatal(what, err)
		}
		if i%20 == 19 {
			res, err := s.Full(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if clean, ok := cleanBuild(t, dir); ok != res.Published {
				t.Fatalf("published %t, a clean build %t", res.Published, ok)
			} else if ok {
				if diff := difference(files(t, out), clean); diff != "" {
					t.Fatal(fmt.Sprint("after ", i, " edits: "), diff)
				}
			}
		}
	}
	if quick == 0 {
		t.Error("no change was taken the quick way")
	}
}

// A file that an editor makes and removes again while saving changes nothing;
// a report that is gone, or a new one, needs the whole build.
func TestQuickKnowsItsLimits(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	s, err := generator.NewSession(generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Full(t.Context()); err != nil {
		t.Fatal(err)
	}
	const bureau = "content/agencies/anping/bureau-1/"
	m := &editor{t: t, dir: dir}
	try := func(name string, want bool) {
		t.Helper()
		if _, ok, err := s.Quick([]string{name}); err != nil || ok != want {
			t.Errorf("%s: quick is %t, want %t (%v)", name, ok, want, err)
		}
	}
	m.sub(bureau+"2024.md", "permits: 30", "permits: 31")
	try(bureau+"2024.md", true)
	if page := string(s.Fresh()["agencies/anping/bureau-1/2024/index.html"]); !strings.Contains(page, ">31<") {
		t.Error("the page does not show the new number")
	}
	try(bureau+".2024.md.swp", true)
	try(bureau+"_index.md", false)
	try("content/site.yaml", false)
	try("layouts/report.html", false)
	m.write(bureau+"2022.md", "---\n---\n")
	try(bureau+"2022.md", false)
	m.remove(bureau + "2022.md")
	m.remove(bureau + "2024.md")
	try(bureau+"2024.md", false)
}
