package importer

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
)

var (
	damages = flag.Int("damages", 250, "documents that TestNothingIsSilentlyWrong makes")
	seed    = flag.Uint64("seed", 1, "of the damages")
)

// modelRow is a row of a table as a document prints it.
type modelRow struct {
	path   string // path of the form's row
	labels []string
	values []string
}

// model is the large table of the form, as a document that can be damaged.
type model struct {
	columns []string // heads of the values
	ids     []string // their columns' ids, "" for one that is not the form's
	rows    []modelRow
}

func newModel(t *testing.T, f *form.Form, values map[string][]string) *model {
	t.Helper()
	m := &model{}
	for _, table := range f.Tables {
		if table.Layout != form.Grid {
			continue
		}
		for _, c := range table.Rows[0].Columns {
			m.columns, m.ids = append(m.columns, c.Label.ZH), append(m.ids, c.ID)
		}
		var walk func(list []*form.Group, above []string)
		walk = func(list []*form.Group, above []string) {
			for i, g := range list {
				labels := slices.Clone(above)
				if i > 0 {
					for j := range labels {
						labels[j] = ""
					}
				}
				labels = append(labels, g.Label.ZH)
				if g.Row != nil {
					m.rows = append(m.rows, modelRow{g.Row.Path, labels, slices.Clone(values[g.Row.Path])})
				} else {
					walk(g.Under, labels)
				}
			}
		}
		walk(table.Body, nil)
	}
	return m
}

// damage makes one change. It returns the rows whose values cannot be known
// afterwards, and which must not be imported without an error.
func (m *model) damage(rng *rand.Rand) (what string) {
	i := rng.IntN(len(m.rows))
	r := &m.rows[i]
	last := len(r.labels) - 1
	if r.labels[last] == "" || strings.HasSuffix(r.path, "?") {
		return "nothing" // two changes in one place may cancel each other
	}
	switch rng.IntN(13) {
	case 0:
		m.rows = slices.Delete(m.rows, i, i+1)
		return "a row is missing"
	case 1:
		other := *r
		other.values = slices.Clone(r.values)
		other.values[rng.IntN(len(other.values))] += "1"
		m.rows = slices.Insert(m.rows, i, other)
		return "a row stands twice"
	case 2:
		if i > 0 && len(m.rows[i-1].labels) == len(r.labels) && strings.Join(r.labels[:last], "") == "" && strings.Join(m.rows[i-1].labels[:last], "") == "" {
			m.rows[i-1], m.rows[i] = m.rows[i], m.rows[i-1]
		}
		return "two rows have changed places"
	case 3:
		j := rng.IntN(len(r.values))
		r.values = slices.Delete(slices.Clone(r.values), j, j+1)
		r.path += "?"
		return "a value is missing"
	case 4:
		r.values = slices.Insert(slices.Clone(r.values), rng.IntN(len(r.values)), "77")
		r.path += "?"
		return "a value is too many"
	case 5:
		r.values = slices.Clone(r.values)
		r.values[rng.IntN(len(r.values))] = []string{"", "/", "-", "—", "无"}[rng.IntN(5)]
		return "a token for a number"
	case 6:
		runes := []rune(r.labels[last])
		if len(runes) > 6 {
			j := 2 + rng.IntN(len(runes)-2)
			r.labels = slices.Clone(r.labels)
			r.labels[last] = string(append(runes[:j:j], runes[j+1:]...))
		}
		return "a character of a label is lost"
	case 7:
		r.labels = slices.Clone(r.labels)
		r.labels[last] = []string{"小计", "本行作废", "其中：网络申请", "合计数", "备查"}[rng.IntN(5)]
		r.path = "-"
		return "a label that is none"
	case 8:
		j := rng.IntN(len(m.columns) - 1)
		if !slices.ContainsFunc(m.rows, func(r modelRow) bool { return len(r.values) != len(m.columns) }) {
			m.columns[j], m.columns[j+1] = m.columns[j+1], m.columns[j]
			m.ids[j], m.ids[j+1] = m.ids[j+1], m.ids[j]
			for k := range m.rows {
				v := slices.Clone(m.rows[k].values)
				v[j], v[j+1] = v[j+1], v[j]
				m.rows[k].values = v
			}
		}
		return "two columns have changed places"
	case 9:
		j := rng.IntN(len(m.columns))
		if !slices.ContainsFunc(m.rows, func(r modelRow) bool { return len(r.values) != len(m.columns) }) {
			m.columns, m.ids = slices.Delete(m.columns, j, j+1), slices.Delete(m.ids, j, j+1)
			for k := range m.rows {
				m.rows[k].values = slices.Delete(slices.Clone(m.rows[k].values), j, j+1)
			}
		}
		return "a column is missing"
	case 10:
		r.labels = slices.Clone(r.labels)
		r.labels[last] = ""
		r.path = "-"
		return "a label is empty"
	case 11:
		r.labels = slices.Clone(r.labels)
		r.labels[last] = strings.NewReplacer("（", "(", "）", ")", "“", "\"", "”", "\"", "、", "").Replace(r.labels[last])
		return "other signs in a label"
	}
	if i+1 < len(m.rows) && m.rows[i+1].path != "-" { // the label now also holds that of the row below
		r.labels = slices.Clone(r.labels)
		r.labels[last] += m.rows[i+1].labels[len(m.rows[i+1].labels)-1]
		m.rows[i+1].labels = slices.Clone(m.rows[i+1].labels)
		m.rows[i+1].labels[len(m.rows[i+1].labels)-1] = ""
	}
	return "two labels in one cell"
}

// text prints the model in one of several layouts.
func (m *model) text(layout int) (name, text string) {
	var b strings.Builder
	title, heading := "青禾县水务局2024年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"
	switch layout {
	case 0:
		fmt.Fprintf(&b, "<html><body><p>%s</p><p>%s</p><table><tr><td colspan=3></td>", title, heading)
		for _, c := range m.columns {
			fmt.Fprintf(&b, "<td>%s</td>", c)
		}
		b.WriteString("</tr>")
		for _, r := range m.rows {
			b.WriteString("<tr>")
			for i, l := range r.labels {
				span := 1
				if i == len(r.labels)-1 {
					span = 4 - len(r.labels)
				}
				fmt.Fprintf(&b, "<td colspan=%d>%s</td>", span, l)
			}
			for _, v := range r.values {
				fmt.Fprintf(&b, "<td>%s</td>", v)
			}
			b.WriteString("</tr>")
		}
		b.WriteString("</table></body></html>")
		return "a.html", b.String()
	case 1:
		fmt.Fprintf(&b, "%s\n%s\n\t\t\t%s\n", title, heading, strings.Join(m.columns, "\t"))
		for _, r := range m.rows {
			labels := append(slices.Clone(r.labels), "", "")[:3]
			b.WriteString(strings.Join(labels, "\t") + "\t" + strings.Join(r.values, "\t") + "\n")
		}
	case 2:
		fmt.Fprintf(&b, "%s\n%s\n%s\n", title, heading, strings.Join(m.columns, "\n"))
		for _, r := range m.rows {
			b.WriteString(strings.Join(r.labels, "\n\n") + "\n" + strings.Join(r.values, "\n\n") + "\n")
		}
	case 4: // a bar behind each cell, and more at the end of a row that has less cells than columns
		fmt.Fprintf(&b, "%s\n%s\n|||\n%s |\n", title, heading, strings.Join(m.columns, " |\n"))
		for _, r := range m.rows {
			cells := append(slices.DeleteFunc(slices.Clone(r.labels), func(l string) bool { return l == "" }), r.values...)
			b.WriteString(strings.Join(cells, " |\n") + " |\n" + strings.Repeat("|", 1+len(r.labels)) + "\n")
		}
	case 5: // a bar before each row, and one behind each cell
		fmt.Fprintf(&b, "%s\n%s\n|\n%s |\n", title, heading, strings.Join(m.columns, " |\n"))
		for _, r := range m.rows {
			b.WriteString("|\n" + strings.Join(append(slices.Clone(r.labels), r.values...), " |\n") + " |\n")
		}
	case 6: // a table for each row, below its name
		fmt.Fprintf(&b, "%s\n%s\n", title, heading)
		for _, r := range m.rows {
			label := strings.Join(r.labels, "")
			fmt.Fprintf(&b, "\n### %s\n| | %s |\n|%s\n| %s | %s |\n", label, strings.Join(m.columns, " | "), strings.Repeat(" --- |", len(m.columns)+1), label, strings.Join(r.values, " | "))
		}
	default:
		fmt.Fprintf(&b, "%s\n%s\n%s\n", title, heading, strings.Join(m.columns, " "))
		for _, r := range m.rows {
			b.WriteString(strings.Join(r.labels, " ") + " " + strings.Join(r.values, " ") + "\n")
		}
	}
	return "a.txt", b.String()
}

// TestNothingIsSilentlyWrong damages documents. Without an error, every number
// must be in its own cell or in none.
func TestNothingIsSilentlyWrong(t *testing.T) {
	forms := loadForms(t)
	f, _ := forms.Form("cn-2021")
	values := expected(t)
	rng := rand.New(rand.NewPCG(*seed, 9))
	right := 0
	for n := range *damages {
		m := newModel(t, f, values)
		var what []string
		for range 1 + rng.IntN(2) {
			what = append(what, m.damage(rng))
		}
		layout := rng.IntN(7)
		name, text := m.text(layout)
		d, diags := draft.Read(name, []byte(text))
		if d == nil {
			t.Fatal(diags)
		}
		b := bind.Bind(d, f)
		b.Close(name)
		truth := map[string]string{}
		for _, r := range m.rows {
			for i, v := range r.values {
				if i < len(m.ids) && !strings.HasSuffix(r.path, "?") {
					truth[r.path+"."+m.ids[i]] = v
				}
			}
		}
		var wrong []string
		for i, c := range b.Cells {
			id := f.Cells[i].ID
			if want, ok := truth[id]; c.Found && (!ok || c.Text != want) {
				wrong = append(wrong, fmt.Sprintf("%s is %q, want %q", id, c.Text, want))
			} else if c.Found {
				right++
			}
		}
		said := 0
		for _, x := range b.Diags {
			if x.Severity == diag.Error {
				said++
			}
		}
		if len(wrong) > 0 && said == 0 {
			t.Errorf("%d: %s, layout %d: %d cells are wrong and no error is reported: %s\n%s", n, strings.Join(what, ", "), layout, len(wrong), wrong[0], text)
			if t.Failed() && n > 2000 {
				return
			}
		}
	}
	if least := *damages * 60; right < least {
		t.Errorf("only %d cells were placed, want at least %d: refusing everything is no proof", right, least)
	}
}
