package acceptance

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/lang"
)

// A report in a variant is its parent's in everything that spans agencies, with
// cells that are absent, and never zero; on its own page and in its own files it
// is what the document prints.
func TestVariantInTheData(t *testing.T) {
	forms, _ := form.Load(os.DirFS(t.TempDir()))
	i := slices.IndexFunc(explain.Rules(forms), func(r explain.Rule) bool { return r.ID == "edition" })
	files := explain.Base()
	if err := explain.Rules(forms)[i].Example.Apply(files); err != nil {
		t.Fatal(err)
	}
	const report = "agencies/anping/government/culture-tourism/2024"
	files["content/"+report+".md"] = strings.Replace(files["content/"+report+".md"], "    other: [0, 0, 0, 0, 0, 0, 0]", "    other: [2, 0, 0, 0, 0, 0, 2]", 1)
	files["content/site.yaml"] += "on_error: mark\n" // （七）总计 is wrong now, and said to be
	dir := t.TempDir()
	for name, text := range files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	out := filepath.Join(dir, "public")
	res, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out})
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, d := range res.Diagnostics {
		rules = append(rules, d.Rule)
	}
	if got := strings.Join(rules, " "); got != "edition results-total" {
		t.Errorf("found %s: %s", got, first(res.Diagnostics, lang.EN))
	}
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}

	records, err := csv.NewReader(strings.NewReader(string(read("data/2024/cn-2021.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	row := records[slices.IndexFunc(records, func(r []string) bool { return strings.HasSuffix(r[0], "culture-tourism") })]
	cell := func(id string) string { return row[slices.Index(records[0], id)] }
	if cell("form") != "cn-2021" || cell("requests.results.other.other.total") != "" || cell("requests.results.total.total") != "9" {
		t.Errorf("in the year's file it is %v", row)
	}

	var data struct {
		Form    string
		Cells   map[string][]*float64
		Status  map[string]struct{ Status string }
		Variant struct {
			Form  string
			Cells map[string][]float64
		}
	}
	if err := json.Unmarshal(read(report+"/report.json"), &data); err != nil {
		t.Fatal(err)
	}
	if v := data.Cells["requests.results.other.other"]; data.Form != "cn-2021" || len(v) != 7 || v[6] != nil || data.Status["requests.results.other.other.total"].Status != "missing" {
		t.Errorf("report.json has %v in the absent row of %s", v, data.Form)
	}
	if v := data.Variant.Cells["requests.results.other"]; data.Variant.Form != "cn-2021-other-merged" || len(v) != 7 || v[6] != 2 {
		t.Errorf("the merged row is %v", data.Variant)
	}

	var explore map[string][][]*float64
	if err := json.Unmarshal(read("explore/2024/all.json"), &explore); err != nil {
		t.Fatal(err)
	}
	absent := 0
	for _, values := range explore["requests.results.other.other"] {
		if len(values) == 7 && values[6] == nil {
			absent++
		}
	}
	if absent != 1 {
		t.Errorf("explore has %v in the absent row", explore["requests.results.other.other"])
	}
	if table := string(read(report + "/tables.csv")); !strings.Contains(table, "\nrequests.results.other,") || strings.Contains(table, "requests.results.other.other,") {
		t.Error("tables.csv is not as the document prints it")
	}
	if page := string(read(report + "/index.html")); !strings.Contains(page, `id="requests.results.other.total"`) || strings.Contains(page, `id="requests.results.other.other.total"`) {
		t.Error("the page is not as the document prints it")
	}
	if page := string(read("rules/index.html")); strings.Count(page, "cn-2021-other-merged") == 0 || strings.Count(page, ">balance<") != 1 {
		t.Error("the page of rules does not tell what the variant states otherwise, and that alone")
	}
}
