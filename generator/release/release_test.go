package release

import (
	"bytes"
	"encoding/json"
	"maps"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// What Append writes is JSON, and is read again as what it was, whatever the texts.
func TestStateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		s := &State{Agency: "a/b", Year: 2024, Revision: rapid.IntRange(1, 99).Draw(t, "revision"),
			Name: text.Draw(t, "name"), Kind: "department", Title: text.Draw(t, "title"), Published: "2025-01-10", Form: "f", Text: zeros}
		if rapid.Bool().Draw(t, "more") {
			s.Files = map[string]string{"x.pdf": zeros}
			s.Notes = []Note{{"a.b", text.Draw(t, "note")}}
			s.Corrections = []Correction{{Date: "2025-02-01", Cell: "a.b", Was: text.Draw(t, "was"), By: "agency"}}
		}
		ids := []string{"a", "b.c", "b.d.e", "b.d.f", "b.g", "h.i.j.k", "h.i.l"}
		for _, id := range ids {
			if value := rapid.SampledFrom([]string{"", "1", "75.9260", `"/"`, `""`, "null", "0.00", `"\"\\"`}).Draw(t, id); value != "" {
				s.Values = append(s.Values, Value{id, value})
			}
		}
		line := s.Append(nil)
		if !json.Valid(line) || bytes.Count(line, []byte("\n")) != 1 {
			t.Fatalf("no line of JSON: %q", line)
		}
		x, _, ok := lineOf(line)
		got, err := Parse(line)
		if err != nil || !ok || x.agency != s.Agency || int(x.year) != s.Year || int(x.revision) != s.Revision || x.corrected != (s.Corrections != nil) {
			t.Fatalf("%v, %+v: %s", err, x, line)
		}
		s.Data = got.Data
		if !got.like(s) || !maps.Equal(got.Values.byCell(), s.Values.byCell()) || !bytes.Equal(got.Append(nil), line) {
			t.Fatalf("%+v is read as %+v", s, got)
		}
		values := line[bytes.Index(line, []byte(`"values":`))+len(`"values":`) : len(line)-2]
		if hexSum(values) != got.Data {
			t.Fatalf("data is not the hash of %s", values)
		}
	})
}

// No bytes in the place of a release make the program stumble.
func FuzzRead(f *testing.F) {
	r := &Record{}
	state := &State{Agency: "a", Year: 2024, Revision: 1, Name: "n", Form: "f", Values: Values{{"x.y", "1"}}}
	for _, file := range r.Files(Header{Date: "2026-01-31"}, [][]byte{state.Append(nil), Moved("b", "a")}, MaxFile) {
		f.Add(file.Data)
	}
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const name = Folder + "/0001-2026-01-31.jsonl"
		r, found := Read(fstest.MapFS{name: {Data: data}}, []string{name})
		if r.Broken != (len(found) > 0) {
			t.Fatal("it is broken and not reported, or reported and not broken")
		}
		if _, err := Parse(data); err == nil {
			state, _ := Parse(data)
			if _, err := Parse(state.Append(nil)); err != nil {
				t.Errorf("what was read cannot be read again: %v", err)
			}
		}
	})
}

// Two texts of a correction or a value are the same if they are the same number.
func TestSameWritten(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{{"75.9260", "75.926", true}, {"0.00", "0", true}, {"10", "1", false}, {"", "0", false}, {"/", "-", false}, {"100", "1", false}} {
		if sameWritten(c.a, c.b) != c.same {
			t.Errorf("%q and %q", c.a, c.b)
		}
	}
}
