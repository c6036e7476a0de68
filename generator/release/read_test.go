package release

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
)

// A line is of an agency that a folder can have; any other is no line of a
// release, whatever its file's hash.
func TestLinesOfAgencies(t *testing.T) {
	for path, want := range map[string]bool{
		"anping": true, "anping/bureau-0": true,
		"": false, "/anping": false, "anping/": false, "..": false, "../anping": false, ".": false, "anping/2024": false, "An": false,
		strings.Repeat("a/", 400) + "a": false,
	} {
		for _, line := range []string{`{"agency":"` + path + `","year":2024,"revision":1}`, string(Moved(path, "before")), string(Moved("after", path))} {
			if _, _, ok := lineOf([]byte(strings.TrimSuffix(line, "\n") + "\n")); ok != want {
				t.Errorf("%.60q: %v, want %v", line, ok, want)
			}
		}
	}
}

// What a release writes it reads; and no bytes end the program, or take long.
func FuzzScan(f *testing.F) {
	state := &State{Agency: "a/b", Year: 2024, Revision: 1, Name: "甲", Kind: "department", Form: "cn-2021", Values: Values{{"x.y", "1"}, {"x.z", `"/"`}}}
	file := (&Record{}).Files(Header{Date: "2026-01-31"}, [][]byte{state.Append(nil), Moved("a/c", "a/b")}, MaxFile)[0].Data
	f.Add(file)
	f.Add(bytes.Replace(file, []byte("a/b"), []byte("/"), 1))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &Record{lines: map[string][]ref{}}
		variant, _, err := r.scan(name1, bufio.NewReader(bytes.NewReader(data)))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(data, file) && (variant != "" || len(r.lines["a/c"]) != 1) {
			t.Errorf("what a release wrote: %q, %v", variant, r.lines)
		}
		r.Place(nil)
	})
}

// A release has one line of each report, and its revisions are counted.
func TestLinesInOrder(t *testing.T) {
	line := func(agency string, year, revision int) []byte {
		return (&State{Agency: agency, Year: year, Revision: revision, Name: "x", Form: "f"}).Append(nil)
	}
	for name, c := range map[string]struct {
		lines [][]byte
		want  string
	}{
		"in order":       {[][]byte{line("a", 2023, 1), line("a", 2024, 1), line("b", 2024, 1)}, ""},
		"twice":          {[][]byte{line("a", 2024, 1), line("a", 2024, 1)}, "changed"},
		"next, at once":  {[][]byte{line("a", 2024, 1), line("a", 2024, 2)}, "changed"},
		"without first":  {[][]byte{line("a", 2024, 2)}, "changed"},
		"after the move": {[][]byte{line("a", 2024, 1), Moved("b", "a"), line("b", 2024, 2)}, "changed"},
	} {
		r := &Record{lines: map[string][]ref{}}
		data := r.Files(Header{Date: "2026-01-31"}, c.lines, MaxFile)[0].Data
		if variant, _, err := r.scan(name1, bufio.NewReader(bytes.NewReader(data))); err != nil || variant != c.want {
			t.Errorf("%s: %q, %v", name, variant, err)
		}
	}
}

var name1 = name{number: 1, part: 1, date: "2026-01-31"}
