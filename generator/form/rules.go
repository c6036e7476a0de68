package form

import (
	"encoding/json"

	"annals/generator/diag"
	"annals/generator/lang"
)

// Rules holds the equations that a form requires of its figures, for programs in any
// language, with cells by their ids and all messages about failures.
// data/rules.schema.json describes its JSON.
type Rules struct {
	Schema    string                        `json:"$schema"` // from the file
	Form      string                        `json:"form"`
	VariantOf string                        `json:"variant_of,omitempty"`
	Language  string                        `json:"language"` // of the form's documents, BCP 47
	Title     lang.Text                     `json:"title"`
	Official  lang.Text                     `json:"official"`
	Since     int                           `json:"since,omitempty"`
	Until     int                           `json:"until,omitempty"`
	Tokens    []string                      `json:"tokens"`
	Tables    []tableRule                   `json:"tables"`
	Rows      []rowRule                     `json:"rows"`
	Cells     []cellRule                    `json:"cells"`
	Absent    []string                      `json:"absent,omitempty"` // cells of the form that this is a variant of
	Rules     []equationRule                `json:"rules"`
	Continues map[string]map[string]cellIDs `json:"continues"` // by earlier form: its cells by ours
	Program   map[string]diag.Rule          `json:"program"`   // the program's own rules about cells
}

type tableRule struct {
	ID    string    `json:"id"`
	Label lang.Text `json:"label"`
}

type rowRule struct {
	ID    string    `json:"id"`
	Table string    `json:"table"`
	Label lang.Text `json:"label"`
	Full  lang.Text `json:"full"`
}

type cellRule struct {
	ID       string    `json:"id"`
	Row      string    `json:"row"`
	Column   lang.Text `json:"column"`
	Label    lang.Text `json:"label"`
	Type     string    `json:"type"`
	Additive bool      `json:"additive,omitempty"`
	Parts    []string  `json:"parts,omitempty"` // in a variant: the parent's cells whose sum it is, if that is not the one of its id
	Own      bool      `json:"own,omitempty"`   // in a variant: the parent has no such cell
}

// cellIDs are cells that are added up; a single one is written as a text.
type cellIDs []string

func (c cellIDs) MarshalJSON() ([]byte, error) {
	if len(c) == 1 {
		return json.Marshal(c[0])
	}
	return json.Marshal([]string(c))
}

type equationRule struct {
	ID       string     `json:"id"`
	Severity string     `json:"severity"`
	About    diag.About `json:"about"`
	diag.Commencement
	Scope     string     `json:"scope"`
	ByRow     bool       `json:"by_row,omitempty"`
	Label     lang.Text  `json:"label"`
	Formula   lang.Text  `json:"formula"`
	Explain   lang.Text  `json:"explain"`
	Basis     lang.Text  `json:"basis"`
	Message   lang.Text  `json:"message"`
	Equations []compiled `json:"equations"`
}

// compiled is an Equation whose cells are ids.
type compiled struct {
	At       string    `json:"at"`
	Where    lang.Text `json:"where"`
	Left     []signed  `json:"left"`
	Op       string    `json:"op"`
	Right    []signed  `json:"right"`
	Derived  string    `json:"derived,omitempty"`
	WhenFull bool      `json:"when_full,omitempty"`
}

// signed is a Term: [cell, 1 or -1], and "previous" or "children" for a third.
type signed []any

// Rules returns the rules of the form. The other forms are those whose cells its
// own may continue.
func (f *Form) Rules(others []*Form) Rules {
	x := Rules{
		Form: f.ID, Language: f.Language.Code, Title: f.Title, Official: f.Official, Since: f.From, Until: f.To, Tokens: f.Tokens(),
		Tables: []tableRule{}, Rows: []rowRule{}, Cells: []cellRule{}, Rules: []equationRule{},
		Continues: map[string]map[string]cellIDs{},
	}
	for _, t := range f.Tables {
		x.Tables = append(x.Tables, tableRule{t.ID, t.Label})
	}
	for _, r := range f.Rows {
		x.Rows = append(x.Rows, rowRule{r.Path, r.Table.ID, r.Label, r.Full})
	}
	for i, c := range f.Cells {
		y := cellRule{ID: c.ID, Row: c.Row.Path, Column: c.Column.Label, Label: c.Label, Type: c.Column.Type.Name(), Additive: c.Additive}
		if parts := f.partsOf(i); len(parts) != 1 || f.Base().Cells[parts[0]].ID != c.ID {
			y.Parts, y.Own = f.Base().ids(parts), len(parts) == 0
		}
		x.Cells = append(x.Cells, y)
	}
	if f.Parent != nil {
		x.VariantOf = f.Parent.ID
	}
	for base, own := range f.shared {
		if own < 0 {
			x.Absent = append(x.Absent, f.Parent.Cells[base].ID)
		}
	}
	for _, r := range f.Relations {
		e := equationRule{
			ID: r.ID, Severity: r.Severity.String(), About: r.About, Commencement: r.Commencement, Scope: [...]string{"report", "years", "agencies"}[r.Scope], ByRow: r.ByRow,
			Label: r.Label, Formula: r.Formula, Explain: r.Explain, Basis: r.Basis, Message: r.Message, Equations: make([]compiled, len(r.Equations)),
		}
		for i := range r.Equations {
			e.Equations[i] = f.compiled(&r.Equations[i])
		}
		x.Rules = append(x.Rules, e)
	}
	for _, earlier := range others {
		if cells := f.Continues(earlier); cells != nil && earlier != f {
			same := map[string]cellIDs{}
			for here, there := range cells {
				if len(there) > 0 {
					same[f.Cells[here].ID] = earlier.ids(there)
				}
			}
			x.Continues[earlier.ID] = same
		}
	}
	return x
}

func (f *Form) ids(cells []int) []string {
	list := make([]string, len(cells))
	for i, c := range cells {
		list[i] = f.Cells[c].ID
	}
	return list
}

func (f *Form) compiled(e *Equation) compiled {
	c := compiled{At: f.Cells[e.At].ID, Where: e.Along, Left: f.signed(e.Left), Op: "=", Right: f.signed(e.Right), WhenFull: e.WhenFull}
	if e.AtLeast {
		c.Op = ">="
	}
	if e.Derived >= 0 {
		c.Derived = f.Cells[e.Derived].ID
	}
	return c
}

func (f *Form) signed(terms []Term) []signed {
	list := make([]signed, len(terms))
	for i, t := range terms {
		list[i] = signed{f.Cells[t.Cell].ID, 1}
		if t.Minus {
			list[i][1] = -1
		}
		if t.From != This {
			list[i] = append(list[i], [...]string{Previous: wordPrevious, Children: wordChildren}[t.From])
		}
	}
	return list
}
