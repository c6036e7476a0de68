package yamlpos

import (
	"testing"

	"annals/generator/source"
)

func TestSuggest(t *testing.T) {
	known := []string{"regulations", "normative_documents", "permits", "fees", "行政许可", "行政处罚"}
	for _, c := range []struct{ word, want string }{
		{"permit", "permits"},
		{"premits", "permits"},
		{"Permits", "permits"},
		{"normative_document", "normative_documents"},
		{"fee", "fees"},
		{"行政许司", "行政许可"},
		{"行政处分", "行政处罚"},
		{"results", ""},
		{"", ""},
		{"x", ""},
		{"ab", ""}, // one of two letters wrong is a guess
	} {
		got, ok := Suggest(c.word, known)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Suggest(%q) = %q, %v; want %q", c.word, got, ok, c.want)
		}
	}
}

func TestDistanceCountsASwapOnce(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"abc", "abc", 0}, {"abc", "acb", 1}, {"abcd", "badc", 2}, {"abc", "", 3}, {"总计", "合计", 1}} {
		if got := distance(c.a, c.b, 9); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestMissingKeyStandsAtTheMapsOwnKey(t *testing.T) {
	child := Node{Kind: Map, Key: "contact", KeySpan: source.OnLine(4, 1, 7), Span: source.At(5, 3)}
	root := Node{Kind: Map, Span: source.At(2, 1), Items: []Node{child}}
	if at := MissingKey("f", &child, "phone").Place; at != child.KeySpan.In("f") {
		t.Errorf("nested: %v", at)
	}
	if at := MissingKey("f", &root, "name").Place; at != child.KeySpan.In("f") {
		t.Errorf("top: %v", at)
	}
	empty := Node{Kind: Map, Span: source.At(2, 1)}
	if at := MissingKey("f", &empty, "name").Place; at != empty.Span.In("f") {
		t.Errorf("empty: %v", at)
	}
}
