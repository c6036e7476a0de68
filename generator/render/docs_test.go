package render

import (
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/layouts"
)

const manual = "../docs/layouts.md"

// Every field that layouts can reach is in the manual, and nothing else is.
func TestManualListsEveryField(t *testing.T) {
	data, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		// Types of other packages are the business of the functions that take them.
		if typ.Kind() != reflect.Struct || seen[typ] || !strings.HasSuffix(typ.PkgPath(), "/site") && !strings.HasSuffix(typ.PkgPath(), "/render") {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.IsExported() {
				if !f.Anonymous {
					want[typ.Name()+"."+f.Name] = true
				}
				walk(f.Type)
			}
		}
	}
	for _, typ := range pageTypes(t) {
		walk(typ)
	}
	for _, part := range []any{site.Fixed{}, site.Table{}, Cell{}} {
		walk(reflect.TypeOf(part))
	}
	listed := map[string]bool{}
	name := ""
	field := regexp.MustCompile("^\\| `([A-Z][A-Za-z0-9]*)` \\|")
	for line := range strings.Lines(string(data)) {
		if n, ok := strings.CutPrefix(line, "### "); ok {
			name = strings.TrimSpace(n)
		} else if m := field.FindStringSubmatch(line); m != nil {
			listed[name+"."+m[1]] = true
		}
	}
	for f := range want {
		if !listed[f] {
			t.Errorf("%s does not list %s", manual, f)
		}
	}
	for f := range listed {
		if !want[f] {
			t.Errorf("%s lists %s, which layouts are not given", manual, f)
		}
	}
}

func TestManualListsEveryLayout(t *testing.T) {
	data, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(layouts.Files, "*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if !strings.Contains(string(data), "| `"+n+"` |") {
			t.Errorf("%s does not list %s", manual, n)
		}
	}
}

// Every word is used, and every word that is used exists, in both languages.
func TestWords(t *testing.T) {
	set, diags, err := readLayouts(nil)
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	var used strings.Builder
	for _, text := range set.files {
		used.WriteString(text)
	}
	for _, dir := range []string{"../site", "../sitemap", "../render", "../export"} {
		names, err := fs.Glob(os.DirFS(dir), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if strings.HasSuffix(n, "_test.go") {
				continue
			}
			text, err := os.ReadFile(dir + "/" + n)
			if err != nil {
				t.Fatal(err)
			}
			used.Write(text)
		}
	}
	for key, text := range set.words {
		base := strings.TrimSuffix(key, "-description")
		if !strings.Contains(used.String(), `"`+key+`"`) && !strings.Contains(used.String(), `"`+base+`"`) {
			t.Errorf("no layout uses the word %q", key)
		}
		if text.ZH == "" || text.EN == "" {
			t.Errorf("the word %q is not in both languages", key)
		}
	}
	for _, m := range regexp.MustCompile(`(?:word|say|Words\(|words\.in\(|words\()\s*"([a-z0-9-]+)"`).FindAllStringSubmatch(used.String(), -1) {
		if _, ok := set.words[m[1]]; !ok && m[1] != "key" {
			t.Errorf("there is no word %q", m[1])
		}
	}
}

// html/template cannot escape values in a script or a refresh, so layouts print none
// there. Only one place in the program marks text as HTML.
func TestNoActionWhereItCouldRun(t *testing.T) {
	set, _, _ := readLayouts(nil)
	for name, text := range set.files {
		for _, m := range regexp.MustCompile(`(?s)<script\b.*?</script>|<style\b.*?</style>|<meta http-equiv.*?>`).FindAllString(text, -1) {
			m = insideCall.ReplaceAllString(assetCall.ReplaceAllString(m, ""), "") // the program's own texts
			if strings.Contains(m, "{{") {
				t.Errorf("%s: an action in %s", name, m)
			}
		}
		if regexp.MustCompile(`\s(style|on[a-z]+)=`).MatchString(text) {
			t.Errorf("%s: a style or an event in an attribute", name)
		}
	}
	conversions := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile("../" + path)
		if err != nil {
			return err
		}
		for _, m := range regexp.MustCompile(`template\.(HTML|JS|JSStr|CSS|HTMLAttr|URL|Srcset)\(`).FindAllString(string(text), -1) {
			conversions++
			if m != "template.HTML(" || path != "render/trusted.go" {
				t.Errorf("%s: %s", path, m)
			}
		}
		return nil
	})
	if err != nil || conversions != 1 {
		t.Errorf("%d conversions to HTML, %v", conversions, err)
	}
}

func TestLayoutOverrides(t *testing.T) {
	x := rich(t)
	own := func(files map[string]string) (*Renderer, error) {
		dir := t.TempDir()
		for n, text := range files {
			if err := os.WriteFile(dir+"/"+n, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		r, diags, err := New(Options{Site: x.Config, Forms: x.Forms.Forms(), Overrides: os.DirFS(dir)})
		for _, d := range diags {
			t.Logf("%s:%d: %s", d.Place.File, d.Place.Line, d.Message.EN)
		}
		if len(diags) > 0 {
			return nil, &os.PathError{Op: diags[0].Rule, Path: diags[0].Place.File, Err: os.ErrInvalid}
		}
		return r, err
	}
	r, err := own(map[string]string{"home.html": `{{define "main"}}<h1>OWN</h1>{{end}}`})
	if err != nil {
		t.Fatal(err)
	}
	if home := all(t, x, r)[sitemap.IndexFile]; !strings.Contains(home, "<h1>OWN</h1>") {
		t.Error("the site's own layout is not used")
	}
	for name, text := range map[string]string{
		"home.html":   "line one\n{{if}}",
		"hom.html":    "x",
		"report.html": `{{define "main"}}{{word "no-such-word"}}{{end}}`,
		"table.html":  `<table><tr>{{range .Bodies}}{{range .Rows}}{{range .Cells}}<td title="{{.Value}}">x</td>{{end}}{{end}}{{end}}</tr></table>`,
		"years.html":  `{{define "main"}}<a href="{{path "no-such-page"}}"></a>{{end}}`,
		"year.html":   `{{define "main"}}<a href="{{path "rules" .Year}}"></a>{{end}}`,
		"words.json":  `{`,
	} {
		if _, err := own(map[string]string{name: text}); err == nil {
			t.Errorf("%s: %q is taken", name, text)
		}
	}
}
