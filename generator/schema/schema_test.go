package schema

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/lang"
)

func loadForms(t *testing.T) *form.Set {
	t.Helper()
	forms, diags := form.Load(fstest.MapFS{})
	for _, d := range diags {
		t.Fatalf("%v: %s", d.Place, d.Message.EN)
	}
	return forms
}

// compile reads a schema with a library that knows the whole standard.
func compile(t *testing.T, data []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// decode reads YAML as editors do: a date is a text.
func decode(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return plain(v)
}

func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case time.Time:
		return v.Format(time.DateOnly)
	case int:
		return float64(v)
	}
	return v
}

// TestRealContent holds the schemas against the archive of this repository.
func TestRealContent(t *testing.T) {
	forms := loadForms(t)
	agency, site := compile(t, Agency()), compile(t, Site())
	reports := map[string]*jsonschema.Schema{}
	for _, f := range forms.Forms() {
		reports[f.ID] = compile(t, Report(f, lang.ZH))
	}
	root := os.DirFS("../..")
	count := map[string]int{}
	err := fs.WalkDir(root, "content", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		base := path.Base(name)
		if base == "site.yaml" {
			count["site"]++
			return validate(site, decode(t, string(data)), name)
		}
		if !strings.HasPrefix(name, "content/agencies/") || path.Ext(name) != ".md" {
			return nil
		}
		parts, _ := content.Split(name, data)
		doc := decode(t, parts.Front)
		if base == "_index.md" {
			count["agency"]++
			return validate(agency, doc, name)
		}
		id, _ := doc.(map[string]any)["form"].(string)
		if id == "" {
			text := strings.TrimSuffix(base, ".md")
			if text == "index" {
				text = path.Base(path.Dir(name))
			}
			year, err := strconv.Atoi(text)
			if err != nil {
				return err
			}
			f, _ := forms.ForYear(year)
			id = f.ID
		}
		count["report"]++
		return validate(reports[id], doc, name)
	})
	if err != nil {
		t.Error(err)
	}
	if count["site"] != 1 || count["agency"] < 5 || count["report"] < 5 {
		t.Errorf("too little was read to prove anything: %v", count)
	}
}

func validate(s *jsonschema.Schema, doc any, name string) error {
	if err := s.Validate(doc); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func TestReportRefuses(t *testing.T) {
	forms := loadForms(t)
	f, _ := forms.Form("cn-2021")
	s := compile(t, Report(f, lang.EN))
	for _, c := range []struct {
		yaml string
		ok   bool
	}{
		{"requests: {new: [1, 0, 0, 0, 0, 0, 1]}", true},
		{"requests: {一、本年新收政府信息公开申请数量: [1, 0, 0, 0, 0, 0, 1]}", true},
		{"requests: {new: [\"/\", 0, 0, 0, 0, 0, \"\"]}", true},
		{"proactive: {permits: 3, fees: 12.75}", true},
		{"accept: [{rule: stock, reason: x}]", true},
		{"notes: [{cell: requests.new.total, note: x}]", true},
		{"requests: {new: [1, 0, 0, 0, 0, 0]}", false},
		{"requests: {new: [1, 0, 0, 0, 0, 0, 1, 2]}", false},
		{"requests: {new: [-1, 0, 0, 0, 0, 0, 1]}", false},
		{"requests: {new: [1.5, 0, 0, 0, 0, 0, 1]}", false},
		{"requests: {new: [\"x\", 0, 0, 0, 0, 0, 1]}", false},
		{"requests: {newer: [1, 0, 0, 0, 0, 0, 1]}", false},
		{"published: 10.1.2025", false},
		{"form: cn-2019", false},
		{"accept: [{rule: stock}]", false},
		{"draught: true", false},
	} {
		err := s.Validate(decode(t, c.yaml))
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.yaml, err)
		}
	}
}

func TestSameBytes(t *testing.T) {
	f, _ := loadForms(t).Form("cn-2021")
	for range 5 {
		if !bytes.Equal(Report(f, lang.ZH), Report(f, lang.ZH)) {
			t.Fatal("a schema is not the same twice")
		}
	}
}
