package acceptance

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"annals/generator"
	"annals/generator/session"
)

// A session that handles every change as it comes, by BuildTouched if possible,
// ends with the site of a clean build.
func TestSessionEqualsClean(t *testing.T) {
	edits := 80
	if testing.Short() {
		edits = 30
	}
	rng := rand.New(rand.NewPCG(5, 6))
	dir := t.TempDir()
	start(t, dir)
	out := filepath.Join(dir, "public")
	s, err := session.New(generator.Options{Dir: dir, Out: out})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.BuildAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := &editor{t: t, dir: dir, rng: rng}
	quick := 0
	for i := range edits {
		what := m.edit()
		var ok bool
		if name := what[strings.LastIndexByte(what, ' ')+1:]; strings.HasPrefix(name, "content/agencies/") && strings.HasSuffix(name, ".md") {
			if _, ok, err = s.BuildTouched([]string{name}); err != nil {
				t.Fatal(what, err)
			}
		}
		if ok {
			quick++
		} else if _, err = s.BuildAll(t.Context()); err != nil {
			t.Fatal(what, err)
		}
		if i%20 == 19 {
			res, err := s.BuildAll(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if clean, ok, _ := cleanBuild(t, dir); ok != res.Published {
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

// A temporary file of an editor changes nothing. A removed or a new report needs a
// full build.
func TestBuildTouchedKnowsItsLimits(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	s, err := session.New(generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.BuildAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	const bureau = "content/agencies/anping/bureau-1/"
	m := &editor{t: t, dir: dir}
	try := func(name string, want bool) {
		t.Helper()
		if _, ok, err := s.BuildTouched([]string{name}); err != nil || ok != want {
			t.Errorf("%s: quick is %t, want %t (%v)", name, ok, want, err)
		}
	}
	m.sub(bureau+"2024.md", "permits: 30", "permits: 31")
	try(bureau+"2024.md", true)
	if page := string(s.Ahead()["agencies/anping/bureau-1/2024/index.html"]); !strings.Contains(page, ">31<") {
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

// editSession is a session on a small archive whose first build is done.
func editSession(t *testing.T) (*session.Session, *editor) {
	t.Helper()
	dir := t.TempDir()
	start(t, dir)
	s, err := session.New(generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if res, err := s.BuildAll(t.Context()); err != nil || !res.Published {
		t.Fatal(err, res)
	}
	s.Changed()
	return s, &editor{t: t, dir: dir}
}

// The report that the tests below edit, and its page.
const (
	bureau1     = "content/agencies/anping/bureau-1/2024.md"
	bureau1Page = "agencies/anping/bureau-1/2024/index.html"
)

func quick(t *testing.T, s *session.Session, name string) *generator.Result {
	t.Helper()
	res, ok, err := s.BuildTouched([]string{name})
	if err != nil || !ok {
		t.Fatalf("%s is not taken the quick way (%v)", name, err)
	}
	return res
}

// While there are errors nothing new is shown, whichever file is saved. The save
// that removes the last error shows everything that was saved meanwhile, without a
// full build.
func TestTouchedFaultAndRepair(t *testing.T) {
	s, m := editSession(t)
	m.sub(bureau1, "permits: 30", "permits: x")
	if res := quick(t, s, bureau1); res.Published || len(res.Diagnostics) != 1 {
		t.Errorf("a fault: published %t, %d diagnostics", res.Published, len(res.Diagnostics))
	}
	const other = "content/agencies/anping/bureau-2/2024.md"
	m.sub(other, "permits: 30", "permits: 32")
	if res := quick(t, s, other); res.Published || len(res.Diagnostics) != 1 {
		t.Errorf("another file: published %t, %d diagnostics", res.Published, len(res.Diagnostics))
	}
	// A full build in between finds the same and loses nothing.
	if res, err := s.BuildAll(t.Context()); err != nil || res.Published || len(res.Diagnostics) != 1 {
		t.Error(err, res)
	}
	if got := s.Changed(); len(got) > 0 || len(s.Ahead()) > 0 {
		t.Errorf("with an error %v have changed", got)
	}
	m.sub(bureau1, "permits: x", "permits: 31")
	if res := quick(t, s, bureau1); !res.Published || len(res.Diagnostics) != 0 {
		t.Errorf("the repair: published %t, %v", res.Published, res.Diagnostics)
	}
	fresh := s.Ahead()
	for page, want := range map[string]string{bureau1Page: ">31<", "agencies/anping/bureau-2/2024/index.html": ">32<"} {
		if !strings.Contains(string(fresh[page]), want) {
			t.Errorf("%s does not show %s", page, want)
		}
	}
}

// A dead link is repaired by an edit of the file that has it.
func TestTouchedDeadLink(t *testing.T) {
	s, m := editSession(t)
	m.sub(bureau1, "## 总体情况\n", "## 总体情况\n\n见[关于](nowhere.md)。\n")
	if res, err := s.BuildAll(t.Context()); err != nil || res.Published {
		t.Fatal(err, res)
	}
	m.sub(bureau1, "见[关于](nowhere.md)。", "见旧页。")
	if res := quick(t, s, bureau1); !res.Published || len(res.Diagnostics) > 0 {
		t.Error(res.Diagnostics)
	}
}

// A report that becomes a draft disappears at once, and returns at once.
func TestTouchedDraft(t *testing.T) {
	s, m := editSession(t)
	m.sub(bureau1, "form: cn-2021\n", "form: cn-2021\ndraft: true\n")
	quick(t, s, bureau1)
	if data, ok := s.Ahead()[bureau1Page]; !ok || data != nil {
		t.Error("the draft has a page")
	}
	if !slices.Contains(s.Changed(), bureau1Page) {
		t.Error("it is not reported")
	}
	m.sub(bureau1, "\ndraft: true\n", "\n")
	quick(t, s, bureau1)
	if s.Ahead()[bureau1Page] == nil || !slices.Contains(s.Changed(), bureau1Page) {
		t.Error("the report is not back")
	}
}

// A save during a full build is shown at once, and is not lost when that build ends,
// which may have read the file before. No change is reported twice.
func TestBuildTouchedBesideBuildAll(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	reached, on := make(chan bool), make(chan bool)
	var hold atomic.Bool
	s, err := session.New(generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), Stage: func(name string) {
		if name == "write" && hold.Load() {
			reached <- true
			<-on
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.BuildAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := &editor{t: t, dir: dir}
	shows := func(when, want string) {
		t.Helper()
		page := string(s.Ahead()[bureau1Page])
		if page == "" {
			page = files(t, filepath.Join(dir, "public"))[bureau1Page]
		}
		if !strings.Contains(page, want) {
			t.Errorf("%s: the page does not show %s", when, want)
		}
	}
	hold.Store(true)
	m.sub(bureau1, "permits: 30", "permits: 31")
	quick(t, s, bureau1)
	shows("before", ">31<")
	s.Changed()
	s.Begin(t.Context())
	<-reached // everything has been read
	m.sub(bureau1, "permits: 31", "permits: 32")
	quick(t, s, bureau1)
	shows("meanwhile", ">32<")
	if got := s.Changed(); !slices.Contains(got, bureau1Page) {
		t.Errorf("meanwhile %v changed", got)
	}
	on <- true
	if _, whole, err := s.Finish(); err != nil || !whole {
		t.Fatal(whole, err)
	}
	shows("afterwards", ">32<")
	if got := s.Changed(); slices.Contains(got, bureau1Page) || !slices.Contains(got, "years/2024/index.html") {
		t.Errorf("afterwards %v changed", got)
	}
	hold.Store(false)
	if _, err := s.BuildAll(t.Context()); err != nil || len(s.Ahead()) > 0 {
		t.Errorf("%d files are still in memory (%v)", len(s.Ahead()), err)
	}
	shows("in the end", ">32<")
	if got := s.Changed(); slices.Contains(got, bureau1Page) {
		t.Errorf("in the end %v changed", got)
	}
}

// A report was removed before a full build, and restored while it ran without the
// report: another build must follow.
func TestBuildAllBehindItsTime(t *testing.T) {
	s, m := editSession(t)
	text := files(t, filepath.Join(m.dir, "content"))[strings.TrimPrefix(bureau1, "content/")]
	m.remove(bureau1)
	run := s.Begin(t.Context())
	<-run.Done()
	m.write(bureau1, text)
	quick(t, s, bureau1)
	if _, whole, err := s.Finish(); err != nil || whole {
		t.Errorf("whole is %t (%v)", whole, err)
	}
	if _, err := s.BuildAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if files(t, filepath.Join(m.dir, "public"))[bureau1Page] == "" {
		t.Error("the report is not back")
	}
}

// More files than a person edits at once are left to the full build, because their
// pages would need too much memory.
func TestBuildTouchedLeavesManyToBuildAll(t *testing.T) {
	s, m := editSession(t)
	var names []string
	for i := range 30 {
		to := fmt.Sprintf("content/agencies/anping/more-%d", i)
		copyTree(t, filepath.Join(m.dir, filepath.Dir(bureau1)), filepath.Join(m.dir, to))
		names = append(names, to+"/2024.md")
	}
	if _, err := s.BuildAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.BuildTouched(names); ok || err != nil {
		t.Errorf("30 agencies are taken the quick way (%v)", err)
	}
	if _, ok, err := s.BuildTouched(names[:2]); !ok || err != nil {
		t.Errorf("two are not (%v)", err)
	}
}

// A full build that is cancelled leaves the session as it was.
func TestCancelledBuildAll(t *testing.T) {
	s, m := editSession(t)
	m.sub(bureau1, "permits: 30", "permits: 31")
	quick(t, s, bureau1)
	s.Begin(t.Context()).Cancel()
	if _, _, err := s.Finish(); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	m.sub(bureau1, "permits: 31", "permits: 32")
	quick(t, s, bureau1)
	if _, err := s.BuildAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	clean, _, _ := cleanBuild(t, m.dir)
	if diff := difference(files(t, filepath.Join(m.dir, "public")), clean); diff != "" {
		t.Error(diff)
	}
}
