package format

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"annals/generator/diag"
	"annals/generator/source"
)

func TestTree(t *testing.T) {
	forms := loadForms(t)
	dir := t.TempDir()
	files := map[string]string{
		"content/site.yaml":            "language: zh-CN\ntitle: 档案\n",
		"content/about.md":             "---\ntitle: 关于\n---\nx\n",
		"content/agencies/a/_index.md": "---\nkind: department\nname: 甲局\n---\n",
		"content/agencies/a/2024.md":   "---\npublished: 2025-01-02\nform: cn-2021\n---\n",
		"content/agencies/a/2023.md":   "---\nbroken: [\n---\n",
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"content/site.yaml", "content/agencies/a/_index.md", "content/agencies/a/2024.md"}
	changed, diags, err := Tree(dir, forms, Options{}, true)
	if err != nil || !slices.Equal(changed, want) || len(diags) == 0 {
		t.Fatalf("%v %v %v", changed, diags, err)
	}
	for name, text := range files {
		if data, _ := os.ReadFile(filepath.Join(dir, name)); string(data) != text {
			t.Errorf("a look changed %s", name)
		}
	}
	if changed, _, err = Tree(dir, forms, Options{}, false); err != nil || !slices.Equal(changed, want) {
		t.Fatalf("%v %v", changed, err)
	}
	if changed, _, err = Tree(dir, forms, Options{}, false); err != nil || len(changed) > 0 {
		t.Errorf("formatted again: %v %v", changed, err)
	}
	path := filepath.Join(dir, "content/agencies/a/2024.md")
	if data, _ := os.ReadFile(path); string(data) != "---\nform: cn-2021\npublished: 2025-01-02\n---\n" {
		t.Errorf("%s", data)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode changed: %v %v", info.Mode(), err)
	}

	at := source.OnLine(3, 12, 10).In("content/agencies/a/2024.md")
	applied, left, err := Repair(dir, []diag.Diagnostic{
		{Fix: &diag.Fix{Place: at, Replace: "2025-01-31"}}, {}, {Fix: &diag.Fix{Place: source.OnLine(1, 1, 1).In("content/none.md"), Replace: "x"}},
	})
	if data, _ := os.ReadFile(path); err != nil || applied != 1 || left != 1 || string(data) != "---\nform: cn-2021\npublished: 2025-01-31\n---\n" {
		t.Errorf("%d applied, %d left, %v\n%s", applied, left, err, data)
	}
}
