package acceptance

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"annals/generator"
)

type validator interface{ Validate(any) error }

// findingsSchema is the schema that a site publishes.
func findingsSchema(t *testing.T, site map[string]string) validator {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(site["data/findings.schema.json"]))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("findings.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("findings.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// reportData is what other programs read of a report.
type reportData struct {
	Form    string
	Year    int
	Agency  struct{ Path string }
	Cells   map[string][]*float64
	Checked map[string]map[string]int
}

// cell finds a cell by its id.
func (r *reportData) cell(form *formRules, id string) *float64 {
	row := form.row[id]
	i := 0
	for _, c := range form.Cells {
		if c.ID == id {
			return r.Cells[row][i]
		}
		if c.Row == row {
			i++
		}
	}
	return nil
}

type formRules struct {
	Cells []struct{ ID, Row string }
	Rules []struct {
		ID, Scope string
		Equations []struct{ Left, Right [][]any }
	}
	row map[string]string
}

// Another program that has the published rules and figures counts what the pages
// say: the line of a report, the report's data, and the counts of the year are one.
func TestTheRecordCanBeComputedAgain(t *testing.T) {
	t.Parallel()
	c := makeCorpus(3, 12, 3)
	dir := t.TempDir()
	c.write(t, dir, rand.New(rand.NewPCG(1, 1)))
	out := filepath.Join(dir, "public")
	if _, err := generator.Build(t.Context(), generator.Options{Dir: dir, Out: out}); err != nil {
		t.Fatal(err)
	}
	site := files(t, out)
	reports := map[string]*reportData{}
	forms := map[string]*formRules{}
	for name, text := range site {
		if strings.HasSuffix(name, "/report.json") {
			r := &reportData{}
			decode(t, text, r)
			reports[name] = r
			if forms[r.Form] == nil {
				f := &formRules{row: map[string]string{}}
				decode(t, site["data/rules/"+r.Form+".json"], f)
				for _, c := range f.Cells {
					f.row[c.ID] = c.Row
				}
				forms[r.Form] = f
			}
		}
	}
	if len(reports) < 30 {
		t.Fatalf("%d reports", len(reports))
	}
	sums := map[string]int{}
	for name, r := range reports {
		form := forms[r.Form]
		before := reports[fmt.Sprintf("agencies/%s/%d/report.json", r.Agency.Path, r.Year-1)]
		line := lineOf(site[strings.Replace(name, "report.json", "index.html", 1)])
		for scope, word := range map[string]string{"report": "项表内", "years": "项跨年"} {
			n := 0
			for _, rule := range form.Rules {
				if rule.Scope != scope || scope == "years" && (before == nil || before.Form != r.Form) {
					continue
				}
				agree := 0
				for _, e := range rule.Equations {
					left, ok1 := r.sum(form, before, e.Left)
					right, ok2 := r.sum(form, before, e.Right)
					if ok1 && ok2 && left == right {
						agree++
					}
				}
				if agree != r.Checked[rule.ID]["agree"] {
					t.Errorf("%s: %s: %v, and %d agree", name, rule.ID, r.Checked[rule.ID], agree)
				}
				n += agree
			}
			if before == nil || before.Form == r.Form {
				if has := strings.Contains(line, fmt.Sprintf("%d %s", n, word)); has != (n > 0) {
					t.Errorf("%s: %q, and %d agree", name, line, n)
				}
			}
		}
		for rule, counts := range r.Checked {
			for standing, n := range counts {
				sums[fmt.Sprint(r.Year, rule, standing)] += n
			}
		}
	}
	schema := findingsSchema(t, site)
	var all struct {
		Years []struct {
			Year  int
			Rules map[string]map[string]int
			Files []string
		}
	}
	valid(t, schema, site["quality/findings.json"], &all)
	for _, y := range all.Years {
		for rule, counts := range y.Rules {
			for standing, n := range counts {
				if key := fmt.Sprint(y.Year, rule, standing); sums[key] != n {
					t.Errorf("%s: %d of the year, %d of its reports", key, n, sums[key])
				} else {
					delete(sums, key)
				}
			}
		}
		for _, f := range y.Files {
			var any struct{}
			valid(t, schema, site["quality/"+f], &any)
		}
	}
	if len(sums) > 0 {
		t.Errorf("findings.json lacks %v", sums)
	}
}

func lineOf(page string) string {
	m := regexp.MustCompile(`(?s)id="?report-checked"?[^>]*>\s*<summary>(.*?)</summary>`).FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	return m[1]
}

// sum adds up one side of an equation; it is not ok where a term is no number, or one
// of the agencies below.
func (r *reportData) sum(form *formRules, before *reportData, terms [][]any) (total float64, ok bool) {
	for _, term := range terms {
		of := r
		if len(term) == 3 {
			if of = before; term[2] != "previous" || of == nil {
				return 0, false
			}
		}
		v := of.cell(form, term[0].(string))
		if v == nil {
			return 0, false
		}
		total += *v * term[1].(float64)
	}
	return total, true
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
