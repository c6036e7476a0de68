package form

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestNoFormNamesInCode: the program must work with any form and language, so no Go
// file except those of tests names a table, a row, a column or a section of a form,
// or has a text in Chinese. The words of documents are in locale/data, those of
// messages in diag/rules and the words.json and messages.json of the packages that
// print them, those of pages in layouts/words.json.
func TestNoFormNamesInCode(t *testing.T) {
	marked := map[string]bool{}
	names := formNames(load(t))
	if len(names.labels) < 60 || len(names.paths) < 60 || len(names.ids) < 30 {
		t.Fatalf("there is too little to look for: %d labels, %d paths, %d ids", len(names.labels), len(names.paths), len(names.ids))
	}
	files := 0
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			var found string
			switch n := n.(type) {
			case *ast.BasicLit:
				if n.Kind == token.STRING || n.Kind == token.CHAR {
					text := literal(n)
					name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
					if found = names.in(text); found == "" && strings.ContainsFunc(text, chinese) {
						if typing[name] != "" && !strings.ContainsFunc(text, isHan) {
							marked[name] = true
							return true
						}
						t.Errorf("%s: %s is Chinese, which is for a file of data", set.Position(n.Pos()), n.Value)
					}
				}
			case *ast.Ident:
				found = names.inIdentifier(n.Name)
			}
			if found != "" {
				t.Errorf("%s names %q, which is for a form's YAML file to name", set.Position(n.Pos()), found)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range typing {
		if !marked[name] {
			t.Errorf("%s has no full-width sign any more", name)
		}
	}
	if files < 20 {
		t.Errorf("%d files were looked at; is %s the repository?", files, root)
	}
}

// literal returns the value of a string or character literal.
func literal(n *ast.BasicLit) string {
	text, err := strconv.Unquote(n.Value)
	if err != nil {
		return n.Value
	}
	return text
}

// typing lists the files that may hold signs, though no words: what they are about is
// the keys that are pressed beside the right one, in any language with wide signs.
var typing = map[string]string{
	"generator/archive/respell.go": "numbers and rows that are written with other signs",
	"generator/check/sections.go":  "headings with a wide #",
	"generator/content/fence.go":   "front matter between other dashes",
	"generator/privacy/digits.go":  "signs between the digits of a number",
	"generator/privacy/numbers.go": "the last sign of an identity number",
	"generator/privacy/redact.go":  "what stands for a masked digit",
	"generator/yamlpos/recover.go": "YAML with wide signs",
	"generator/yamlpos/slip.go":    "YAML with wide signs",
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// chinese reports whether a character is of Han script, of its punctuation, or a
// full-width or vertical form.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xfe30 && r <= 0xfe4f || r >= 0xff00 && r <= 0xffef
}

// TestChineseInCodeIsFound proves that the test above can fail.
func TestChineseInCodeIsFound(t *testing.T) {
	for source, want := range map[string]bool{
		"`表`": true, `'表'`: true, `"\u8868"`: true, `'\u3000'`: true, `"\U00020000"`: true, `"\xe8\xa1\xa8"`: true,
		`"a、b"`: true, `'：'`: true, `"（"`: true, `'\uff10'`: true, `"，"`: true,
		`"·"`: false, `"“…” —"`: false, `'−'`: false, `"①"`: false, `"é"`: false, `'\u00a0'`: false, `""`: false,
	} {
		kind := token.STRING
		if source[0] == '\'' {
			kind = token.CHAR
		}
		if got := strings.ContainsFunc(literal(&ast.BasicLit{Kind: kind, Value: source}), chinese); got != want {
			t.Errorf("%s: %v", source, got)
		}
	}
}

// TestNamesInCodeAreFound proves that the test above can fail.
func TestNamesInCodeAreFound(t *testing.T) {
	names := formNames(load(t))
	for text, want := range map[string]bool{
		"requests.results.granted":     true,
		"see requests.new.total there": true,
		"requests.results":             true,
		"carried_in":                   true,
		"the row normative_documents":  true,
		"reconsideration":              true,
		"（七）总计":                        true,
		"七、总计":                         false,
		"第一项加第二项":                      false,
		"本年新收政府信息公开申请数量":               true,
		"存在的主要问题及改进情况":                 true,
		"total":                        false, // a word of the language
		"for all requests":             false,
		"forms/cn-2021.yaml":           false,
		"":                             false,
	} {
		if found := names.in(text); (found != "") != want {
			t.Errorf("in %q %q is found", text, found)
		}
	}
	for name, want := range map[string]bool{"carriedIn": true, "NotHeld": true, "natural_person": true, "total": false, "Form": false} {
		if found := names.inIdentifier(name); (found != "") != want {
			t.Errorf("in the identifier %s %q is found", name, found)
		}
	}
}

type nameList struct {
	paths  []string // of rows and groups: certain wherever they stand
	ids    []string // distinctive ids
	labels []string // official labels of more than two characters, normalised
}

// programWords are ids of forms that are words of the program too.
var programWords = []string{
	"published", // a key of every report: the date
	"duplicate", // what is there twice
}

func formNames(set *Set) nameList {
	var names nameList
	id := func(s string) {
		if (strings.Contains(s, "_") || len(s) > 6) && !slices.Contains(programWords, s) {
			names.ids = append(names.ids, s)
		}
	}
	label := func(s string) {
		if utf8.RuneCountInString(s) > 2 {
			names.labels = append(names.labels, s)
			if bare := Normalise(s); utf8.RuneCountInString(bare) > 3 {
				names.labels = append(names.labels, bare)
			}
		}
	}
	for _, f := range set.Forms() {
		for _, s := range f.Sections {
			label(s.Label.ZH)
		}
		for _, t := range f.Tables {
			id(t.ID)
		}
		for _, row := range f.Rows {
			label(row.Label.ZH)
			parts := strings.Split(row.Path, ".")
			for n := 2; n <= len(parts); n++ {
				names.paths = append(names.paths, strings.Join(parts[:n], "."))
				id(parts[n-1])
			}
			for _, c := range row.Columns {
				id(c.ID)
				label(c.Label.ZH)
			}
		}
	}
	return names
}

// in finds a name in the text of a string literal: a path or a label in any
// place of it, an id with an underscore as a word, and any other as the whole.
func (l nameList) in(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, id := range l.ids {
		if text == id || (strings.Contains(id, "_") && slices.Contains(words, id)) {
			return id
		}
	}
	for _, name := range slices.Concat(l.paths, l.labels) {
		if strings.Contains(text, name) {
			return name
		}
	}
	return ""
}

// inIdentifier finds an id of several words in an identifier.
func (l nameList) inIdentifier(name string) string {
	var snake strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			snake.WriteByte('_')
		}
		snake.WriteRune(unicode.ToLower(r))
	}
	for _, id := range l.ids {
		if strings.Contains(id, "_") && snake.String() == id {
			return id
		}
	}
	return ""
}
