package yamlpos

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"annals/generator/diag"
)

// suiteCase is a line of testdata/yaml-test-suite.
type suiteCase struct {
	ID, Name, YAML, JSON string
	Error                bool
	Beyond               []string
}

// lenient lists the cases that are accepted although the suite does not: they are
// read as anybody would read them. A case that is no longer accepted must be removed
// from the list.
var lenient = map[string]string{
	"9C9N":    "lines of a list in brackets are not indented",
	"DK95/01": "a line of a quoted text is indented by a tab",
	"HRE5":    `\' in double quotes is '`,
	"L24T/01": "the text ends within a line of spaces, which lacks its line end",
	"MUS6/00": "a directive, and nothing else",
	"MUS6/02": "a directive, and nothing else",
	"MUS6/03": "a directive, and nothing else",
	"MUS6/04": "a directive, and nothing else",
	"QB6E":    "lines of a quoted text are not indented",
	"S98Z":    "a block of text without text has lines of more spaces than the next one",
	"SU5Z":    "a comment follows a quoted text without a space",
	"X4QW":    "a comment follows the sign of a block of text without a space",
}

// TestSuite runs the cases of the YAML test suite. A text that is accepted must have
// the meaning that the suite gives. Except for the lenient cases, a text that is not
// YAML, or uses features that this package excludes, must be refused at a place
// within the text. Nothing may panic.
func TestSuite(t *testing.T) {
	f, err := os.Open("testdata/yaml-test-suite/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	accepted, all := 0, 0
	for lines.Scan() {
		var c suiteCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		all++
		root, diags := Parse("f", c.YAML, 1)
		if len(diags) > 0 {
			for _, d := range diags {
				if !within(c.YAML, d) {
					t.Errorf("%s (%s): %s is said of %v, which the text does not have\n%s", c.ID, c.Name, d.Rule, d.Place, c.YAML)
				}
			}
			continue
		}
		accepted++
		why := ""
		switch {
		case c.Error || len(c.Beyond) > 0:
			why = fmt.Sprint("it is accepted, though it is wrong: ", c.Error, " ", c.Beyond)
		case c.JSON != "":
			why = means(root, c.JSON)
		}
		if known := lenient[c.ID]; (why != "") != (known != "") {
			t.Errorf("%s (%s): %s; known: %s\n%s\n%s", c.ID, c.Name, why, known, c.YAML, c.JSON)
		}
	}
	if lines.Err() != nil || all != 402 || accepted < 75 {
		t.Errorf("%d of %d cases are accepted: %v", accepted, all, lines.Err())
	}
}

// within reports whether the text has the place of a finding.
func within(text string, d diag.Diagnostic) bool {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	p := d.Place
	return p.Line >= 1 && int(p.Line) <= len(lines) && p.Column >= 1 && int(p.Column) <= len([]rune(lines[p.Line-1]))+1 && p.EndLine >= p.Line
}

// means returns where a tree differs from the suite's JSON; "" if it does not. Keys
// are compared in their order, and duplicate keys count twice.
func means(n *Node, text string) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	why := meansNext(n, d, "")
	if _, err := d.Token(); why == "" && !errors.Is(err, io.EOF) {
		return "there is more than one value"
	}
	return why
}

func meansNext(n *Node, d *json.Decoder, at string) string {
	tok, err := d.Token()
	if err != nil {
		return err.Error()
	}
	switch v := tok.(type) {
	case json.Delim:
		if want := map[json.Delim]Kind{'{': Map, '[': List}[v]; n.Kind != want {
			return fmt.Sprintf("%s is of the kind %d, not %d", at, n.Kind, want)
		}
		for i := 0; d.More(); i++ {
			below := at + "/" + strconv.Itoa(i)
			if v == '{' {
				key, _ := d.Token()
				below = fmt.Sprint(at, "/", key)
				if i >= len(n.Items) || n.Items[i].Key != key {
					return below + " is not there"
				}
			}
			if i >= len(n.Items) {
				return below + " is not there"
			}
			if why := meansNext(&n.Items[i], d, below); why != "" {
				return why
			}
			if i == len(n.Items)-1 && !d.More() {
				break
			}
		}
		end, _ := d.Token()
		if end == nil {
			return "it does not end"
		}
		return ""
	case nil:
		if n.Kind == Scalar && !n.Quoted && (n.Text == "" || n.Text == "~" || n.Text == "null") {
			return ""
		}
	case bool:
		if n.Kind == Scalar && !n.Quoted && n.Text == strconv.FormatBool(v) {
			return ""
		}
	case json.Number:
		want, _ := v.Float64()
		got, err := strconv.ParseFloat(n.Text, 64)
		whole, werr := strconv.ParseInt(n.Text, 0, 64)
		if n.Kind == Scalar && !n.Quoted && (err == nil && got == want || werr == nil && float64(whole) == want) {
			return ""
		}
	case string:
		if n.Kind == Scalar && n.Text == v {
			return ""
		}
	}
	return fmt.Sprintf("%s is %q, not %v", at, n.Text, tok)
}
