package export

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"annals/generator/config"
	"annals/generator/form"
)

// ruled are the official forms, and others of another kind.
func ruled(t *testing.T) *form.Set {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"../form/testdata/foreign.yaml", "../check/testdata/dues-1.yaml", "../check/testdata/dues-2.yaml", "../check/testdata/dues-variant.yaml", "../check/testdata/cn-two.yaml"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[form.Folder+"/"+name[strings.LastIndex(name, "/")+1:]] = &fstest.MapFile{Data: data}
	}
	set, found := form.Load(files)
	if len(found) > 0 {
		t.Fatalf("%+v", found)
	}
	return set
}

// The rules that are published are as their schema says, and hold what check
// judges: read again, each equation is the form's.
func TestRulesAreTheFormsEquations(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(rulesSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rules.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	set := ruled(t)
	e := New(&config.Site{Language: "zh"}, set.Forms(), words)
	equations := 0
	for _, f := range set.Forms() {
		data, err := e.rules(f, set.Forms())
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", f.ID, err)
		}
		var file struct {
			Rules []struct {
				ID        string
				Equations []struct {
					At, Op, Derived string
					Left, Right     [][]any
					When_full       bool
				}
			}
			Continues map[string]map[string]any
		}
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		cell := func(id string) int {
			i, ok := f.Cell(id)
			if !ok {
				t.Errorf("%s has no cell %s", f.ID, id)
			}
			return i
		}
		terms := func(list [][]any) (terms []form.Term) {
			for _, x := range list {
				t := form.Term{Cell: cell(x[0].(string)), Minus: x[1] == -1.0}
				if len(x) > 2 {
					t.From = form.From(slices.Index([]any{nil, "previous", "children"}, x[2]))
				}
				terms = append(terms, t)
			}
			return terms
		}
		for i, r := range f.Relations {
			for k, want := range r.Equations {
				x := file.Rules[i].Equations[k]
				got := form.Equation{Left: terms(x.Left), Right: terms(x.Right), AtLeast: x.Op == ">=", WhenFull: x.When_full, Derived: -1, At: cell(x.At), Along: want.Along}
				if x.Derived != "" {
					got.Derived = cell(x.Derived)
				}
				if diff := cmp.Diff(want, got); diff != "" || file.Rules[i].ID != r.ID {
					t.Errorf("%s, %s: %s", f.ID, r.ID, diff)
				}
				equations++
			}
		}
		for _, earlier := range set.Forms() {
			for here, there := range f.Continues(earlier) {
				got, ok := file.Continues[earlier.ID][f.Cells[here].ID]
				var ids []any
				for _, c := range there {
					ids = append(ids, earlier.Cells[c].ID)
				}
				if one, text := got.(string); text {
					got = []any{one}
				}
				if f != earlier && (ok != (len(there) > 0) || ok && !reflect.DeepEqual(got, any(ids))) {
					t.Errorf("%s: %s continues %q of %s", f.ID, f.Cells[here].ID, got, earlier.ID)
				}
			}
		}
	}
	if equations < 600 {
		t.Errorf("only %d equations", equations)
	}
}

// The rules of the forms in use lie beside their descriptions, and the data
// package lists them.
func TestRulesArePublished(t *testing.T) {
	files, _ := all(t, nil)
	for path := range files {
		id, ok := strings.CutPrefix(path, "data/forms/")
		if ok && len(files["data/rules/"+id]) == 0 {
			t.Errorf("%s has no rules", path)
		}
	}
	var list struct {
		Resources []struct{ Path, Format string }
	}
	if err := json.Unmarshal(files["data/datapackage.json"], &list); err != nil {
		t.Fatal(err)
	}
	rules := 0
	for _, r := range list.Resources {
		if len(files["data/"+r.Path]) == 0 {
			t.Errorf("the data package lists %s, which is not written", r.Path)
		}
		if strings.HasPrefix(r.Path, "rules/") && r.Format == "json" {
			rules++
		}
	}
	if rules == 0 {
		t.Error("the data package lists no rules")
	}
}
