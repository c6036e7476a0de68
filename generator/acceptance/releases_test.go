package acceptance

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/generator"
	wrote "annals/generator/release"
)

// Fifty: go test ./generator/acceptance -run TestAsOf -releases 50
var releases = flag.Int("releases", 6, "releases of TestAsOf")

// The figures of an archive as of a release are those of the site that was built
// with it, all but those of reports that were withdrawn since.
func TestAsOf(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	rng := rand.New(rand.NewPCG(5, 21))
	agencies := filepath.Join(dir, "content/agencies/anping")
	withdrawn := map[string]bool{}
	var built []map[string]string
	for n := 1; n <= *releases; n++ {
		grow(t, rng, agencies, n, withdrawn)
		date := fmt.Sprintf("2026-%02d-%02d", 1+n/28, 1+n%28)
		if p := release(t, dir, date); p.Number != n {
			t.Fatalf("release %d is number %d", n, p.Number)
		}
		built = append(built, tables(t, filepath.Join(dir, "public")))
	}
	if err := os.RemoveAll(filepath.Join(dir, ".annals")); err != nil {
		t.Fatal(err)
	}
	for n, want := range built {
		out := filepath.Join(t.TempDir(), "then")
		number := n + 1
		res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out, AsOf: &number})
		if err != nil || !res.Published {
			t.Fatalf("as of %d: %v, %v", number, err, res)
		}
		maps.DeleteFunc(want, func(file, _ string) bool {
			return slices.ContainsFunc(slices.Collect(maps.Keys(withdrawn)), func(x string) bool { return strings.HasSuffix(file, x) })
		})
		got := tables(t, out)
		if !maps.Equal(got, want) {
			for file := range want {
				if got[file] != want[file] {
					t.Errorf("as of %d: %s\n%s\nwant\n%s", number, file, got[file], want[file])
				}
			}
			t.Fatalf("as of %d: %d reports, want %d", number, len(got), len(want))
		}
	}
}

// tables are the files of figures of a site.
func tables(t *testing.T, site string) map[string]string {
	t.Helper()
	list := files(t, site)
	maps.DeleteFunc(list, func(name, _ string) bool { return filepath.Base(name) != "tables.csv" })
	return list
}

// grow adds a report, corrects a figure, and now and then withdraws a report or
// moves an agency.
func grow(t *testing.T, rng *rand.Rand, agencies string, n int, withdrawn map[string]bool) {
	from, err := os.ReadFile(filepath.Join(agencies, "bureau-0/2024.md"))
	if err != nil {
		t.Fatal(err)
	}
	bureau := filepath.Join(agencies, fmt.Sprintf("new-%d", n))
	writeFile(t, filepath.Join(bureau, "_index.md"), fmt.Sprintf("---\nname: 新局%d\nkind: department\n---\n", n))
	text := strings.ReplaceAll(string(from), "permits: 30", fmt.Sprintf("permits: %d", 100+n))
	text, _, _ = strings.Cut(text, "corrections:")
	if !strings.Contains(text, "---\n\n##") {
		text = string(from)
	}
	writeFile(t, filepath.Join(bureau, "2024.md"), text)
	if n == 1 {
		return
	}
	before := filepath.Join(agencies, fmt.Sprintf("new-%d/2024.md", n-1))
	edit(t, before, "enforcement: 0", fmt.Sprintf("enforcement: %d", n))
	edit(t, before, "published:", "corrections: [{date: 2026-03-01, cell: proactive.enforcement, was: 0}]\npublished:")
	switch {
	case n%4 == 0:
		moved := fmt.Sprintf("moved-%d", n)
		moveAgency(t, filepath.Dir(filepath.Dir(filepath.Dir(agencies))), fmt.Sprintf("new-%d", n-1), moved)
		edit(t, filepath.Join(agencies, moved, "_index.md"), "kind: department", fmt.Sprintf("kind: department\naliases: [anping/new-%d]", n-1))
	case n%4 == 1 && rng.IntN(2) == 0:
		gone := fmt.Sprintf("new-%d/2024", n-1)
		writeFile(t, filepath.Join(agencies, gone+".md"), "---\nwithdrawn: {date: 2026-03-02, reason: 涉及个人信息}\n---\n")
		withdrawn[gone+"/tables.csv"] = true
	}
}

// Where two branches have both released, that is told; with the one that nobody
// has seen deleted the next release mends it, and loses no correction of either.
func TestReleasesMerged(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	release(t, dir, "2026-01-31")
	agencies := filepath.Join(dir, "content/agencies/anping")
	correct := func(bureau, is string) {
		file := filepath.Join(agencies, bureau, "2024.md")
		edit(t, file, "permits: 30", "permits: "+is)
		edit(t, file, "form: cn-2021\n", "form: cn-2021\ncorrections:\n  - {date: 2026-02-01, cell: proactive.permits, was: 30}\n")
	}
	correct("bureau-0", "31")
	release(t, dir, "2026-02-02")
	theirs := filepath.Join(dir, "content/releases/0002-2026-02-02.jsonl")
	kept, err := os.ReadFile(theirs)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(theirs)
	edit(t, filepath.Join(agencies, "bureau-0/2024.md"), "permits: 31", "permits: 30") // the other branch does not have it
	edit(t, filepath.Join(agencies, "bureau-0/2024.md"), "corrections:\n  - {date: 2026-02-01, cell: proactive.permits, was: 30}\n", "")
	correct("bureau-1", "32")
	release(t, dir, "2026-02-03")
	edit(t, filepath.Join(agencies, "bureau-1/2024.md"), "permits: 32", "permits: 33")
	edit(t, filepath.Join(agencies, "bureau-1/2024.md"), "was: 30}\n", "was: 30}\n  - {date: 2026-02-03, cell: proactive.permits, was: 32}\n")
	release(t, dir, "2026-02-04")

	correct("bureau-0", "31") // merged
	writeFile(t, theirs, string(kept))
	got := ofRecord(t, dir)
	if len(got) != 1 || got[0].Rule != "release" || !strings.Contains(got[0].Message.EN, "0002-2026-02-02.jsonl") {
		t.Fatalf("two releases of one number: %v", got)
	}
	for _, name := range []string{"0002-2026-02-03.jsonl", "0003-2026-02-04.jsonl"} {
		os.Remove(filepath.Join(dir, "content/releases", name))
	}
	if got := ofRecord(t, dir); len(got) > 0 {
		t.Fatalf("mended: %v", got)
	}
	if p := release(t, dir, "2026-02-05"); p.Number != 3 || p.Lines != 1 {
		t.Errorf("the next release: %+v", p)
	}
}

// Any change of the record's files is told by the rule release, and by no other.
func TestReleasesChanged(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	folder := filepath.Join(dir, "content/releases")
	release(t, dir, "2026-01-31")
	file := filepath.Join(dir, "content/agencies/anping/bureau-0/2024.md")
	edit(t, file, "permits: 30", "permits: 31")
	edit(t, file, "form: cn-2021\n", "form: cn-2021\ncorrections: [{date: 2026-02-01, cell: proactive.permits, was: 30}]\n")
	release(t, dir, "2026-02-02")
	edit(t, file, "## 总体情况\n", "## 总体情况\n\n又一句。\n")
	release(t, dir, "2026-02-03")
	whole := files(t, folder)
	names := slices.Sorted(maps.Keys(whole))
	if len(names) != 3 {
		t.Fatal(names)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		name := names[rng.IntN(len(names))]
		text := whole[name]
		at := rng.IntN(len(text))
		at2 := names[rng.IntN(2)]
		what := name
		switch i % 6 {
		case 0, 1:
			writeFile(t, filepath.Join(folder, name), text[:at]+string(rune(text[at]%64+33))+text[at+1:])
			if text[at]%64+33 == text[at] {
				continue
			}
			what += ": a byte changed"
		case 2:
			writeFile(t, filepath.Join(folder, name), text[:at])
			what += ": cut"
		case 3:
			lines := strings.SplitAfter(text, "\n")
			k := rng.IntN(len(lines) - 1)
			writeFile(t, filepath.Join(folder, name), strings.Join(slices.Delete(lines, k, k+1), ""))
			what += ": a line less"
		case 4:
			os.Remove(filepath.Join(folder, at2))
			what = at2 + ": gone"
		case 5:
			os.Rename(filepath.Join(folder, name), filepath.Join(folder, strings.Replace(name, "2026", "2027", 1)))
			what += ": renamed"
		}
		got := ofRecord(t, dir)
		if len(got) != 1 || got[0].Rule != "release" {
			t.Errorf("%s: %v", what, got)
		}
		os.RemoveAll(folder)
		for name, text := range whole {
			writeFile(t, filepath.Join(folder, name), text)
		}
	}
}

// An agency that was built before the archive had any release is in the next
// release, though the first one, which came from elsewhere, does not have it.
func TestReleaseOfWhatWasBuiltBefore(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	start(t, elsewhere)
	start(t, dir)
	copyTree(t, filepath.Join(dir, "content/agencies/anping/bureau-0"), filepath.Join(dir, "content/agencies/anping/more"))
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
	if res, err := generator.Build(t.Context(), opt); err != nil || !res.Published {
		t.Fatal(err, res)
	}
	release(t, elsewhere, "2026-01-31")
	copyTree(t, filepath.Join(elsewhere, "content/releases"), filepath.Join(dir, "content/releases"))
	if p := release(t, dir, "2026-02-01"); p.Lines != 2 {
		t.Errorf("the release has %d lines, want those of the new agency", p.Lines)
	}
}

// The build after a release finds what a check finds, and no longer what the
// release has made the record.
func TestBuildAfterRelease(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	release(t, dir, "2026-01-31")
	edit(t, filepath.Join(dir, "content/agencies/anping/bureau-0/2024.md"), "## 总体情况\n", "## 总体情况\n\n又一句。\n")
	if got := ofRecord(t, dir); len(got) != 1 || got[0].Rule != "prose-change" {
		t.Fatalf("before the release: %v", got)
	}
	if p := release(t, dir, "2026-02-01"); p.Lines != 1 {
		t.Errorf("%+v", p)
	}
	res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil || res.Kept != res.Agencies || len(res.Diagnostics) > 0 {
		t.Errorf("%v; %d of %d agencies are kept; found %v", err, res.Kept, res.Agencies, res.Diagnostics)
	}
}

// The pages of today may link to reports that the past does not have.
func TestAsOfWithLinks(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	release(t, dir, "2026-01-31")
	agencies := filepath.Join(dir, "content/agencies/anping")
	copyTree(t, filepath.Join(agencies, "bureau-0"), filepath.Join(agencies, "more"))
	edit(t, filepath.Join(dir, "content/about.md"), "说明。", "[新的报告](agencies/anping/more/2024.md)")
	release(t, dir, "2026-02-01")
	number := 1
	res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(t.TempDir(), "then"), AsOf: &number})
	if err != nil || !res.Published {
		t.Errorf("%v, %v", err, res)
	}
}

// A line that no release wrote, in a file whose hashes are right, is told, and stops
// no command.
func TestReleaseCrafted(t *testing.T) {
	for _, line := range []string{
		`{"agency":"anping/bureau-0","year":2024,"revision":1,"values":[1]}`,
		`{"agency":"anping/bureau-0","year":2024,"revision":1,"corrections":[{"x"`,
		`{"agency":"anping/bureau-0","year":2024,"revision":1,"values":{"a":true}}`,
	} {
		dir := t.TempDir()
		start(t, dir)
		empty, _ := wrote.Read(os.DirFS(dir), nil)
		for _, f := range empty.Files(wrote.Header{Date: "2026-01-31"}, [][]byte{[]byte(line + "\n")}, wrote.MaxFile) {
			writeFile(t, filepath.Join(dir, wrote.Folder, f.Name), string(f.Data))
		}
		if got := ofRecord(t, dir); len(got) == 0 || got[0].Rule != "release" || got[0].Place.Line != 2 {
			t.Errorf("%s: %v", line, got)
		}
		res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
		if err != nil || res.Published {
			t.Errorf("%s: built, %v", line, err)
		}
	}
}

// A report that is deleted is reported though its agency's address leads to another
// agency now, if that one has a released report of the year itself; with none of
// its own it is the same agency in another folder.
func TestReleasesOfMergedAgencies(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	release(t, dir, "2026-01-31")
	agencies := filepath.Join(dir, "content/agencies/anping")
	if err := os.RemoveAll(filepath.Join(agencies, "bureau-1")); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(agencies, "bureau-0/_index.md"), "kind: department", "kind: department\naliases: [anping/bureau-1]")
	got := ofRecord(t, dir)
	if len(got) != 1 || got[0].Rule != "withdrawn" || !strings.Contains(got[0].Message.EN, "anping/bureau-1") {
		t.Errorf("found %v", got)
	}
}

// A cell that the form of the last release does not have was nothing, and never 0.
func TestReleaseThenAnotherForm(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	release(t, dir, "2026-01-31")
	const cell = "requests.results.other.total"
	file := filepath.Join(dir, "content/agencies/anping/bureau-0/2024.md")
	edit(t, file, "form: cn-2021\n", "form: cn-2021-other-merged\ncorrections:\n  - {date: 2026-02-01, cell: form, was: cn-2021}\n")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^    other:\n(      .*\n){3}`)
	writeFile(t, file, rows.ReplaceAllString(string(data), "    other: [\"\", \"\", \"\", \"\", \"\", \"\", 1]\n"))
	got := ofRecord(t, dir)
	if len(got) != 1 || got[0].Cell != cell || !strings.Contains(got[0].Message.EN, "“∅”") {
		t.Fatalf("found %v", got)
	}
	edit(t, file, "was: cn-2021}\n", "was: cn-2021}\n  - {date: 2026-02-01, cell: "+cell+", was: \"\"}\n")
	if got := ofRecord(t, dir); len(got) > 0 {
		t.Errorf("with its entry: %v", got)
	}
}
