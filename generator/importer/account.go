package importer

import (
	_ "embed"
	"strconv"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

//go:embed words.json
var wordsJSON []byte

// words are what an account says.
var words = lang.Embedded("importer/words.json", wordsJSON)

// Account says what became of a document, for a person who compares: what was
// decided and why, what each cell of the form got, and where all other text went.
// Every piece of the document that has text is a figure's or a passage's.
type Account struct {
	Decisions []Decision
	Figures   []Figure  // one for each cell of the form, in its order
	Passages  []Passage // all other pieces, in the document's order
}

// Decision is something that import decided about a document.
type Decision struct {
	Key   string    // agency, year, form, title, published or heading
	About lang.Text // what the key is called
	Value lang.Text // "" if it was not found
	Why   lang.Text
}

// Figure is a cell of the form beside what the document prints.
type Figure struct {
	Cell    *form.Cell
	Found   bool
	Printed string // in the document
	Taken   string // in the report
	Note    string // a remark beside the number, kept in the report's notes
	At      draft.Origin
}

// Differs reports whether the report does not have what the document prints.
func (f *Figure) Differs() bool { return f.Printed != f.Taken }

// Passage is a piece of text that is no figure.
type Passage struct {
	Use  bind.Use // Text, Heading, Label, Metadata or Reported: it was left out
	Text string
	At   draft.Origin
	Went lang.Text // the part of the report, what it was read as, or why it was left out
}

// account makes the account of a document that has been mapped to a form.
func account(b *bind.Bound, n *names, res *Result, o Options) Account {
	a := Account{Figures: make([]Figure, len(b.Cells))}
	for i := range b.Cells {
		c, f := &b.Cells[i], &a.Figures[i]
		f.Cell = &b.Form.Cells[i]
		if c.Found {
			f.Found, f.Printed, f.Taken, f.Note, f.At = true, c.Piece.Text, c.Text, c.Note, c.Piece.At
		}
	}
	for _, p := range b.Pieces {
		if p.Use != bind.Blank && p.Use != bind.Value && p.Text != "" {
			a.Passages = append(a.Passages, Passage{p.Use, p.Text, p.At, went(b, p)})
		}
	}
	a.decide(b, n, res, o)
	return a
}

// went says in words what became of a piece.
func went(b *bind.Bound, p *bind.Piece) lang.Text {
	switch p.Use {
	case bind.Label:
		return words()["label"]
	case bind.Metadata:
		return words()[p.To]
	case bind.Reported:
		return words()["cut-"+b.LeftOut(p)]
	}
	switch s := b.Form.Part(p.To); {
	case s != nil:
		return s.Label
	case b.Form.Preface != nil:
		return b.Form.Preface.Label
	}
	return words()["text"]
}

// decide lists what was decided.
func (a *Account) decide(b *bind.Bound, n *names, res *Result, o Options) {
	add := func(key string, value, why lang.Text) {
		a.Decisions = append(a.Decisions, Decision{Key: key, About: words()[key], Value: value, Why: why})
	}
	at := func(use string) lang.Text { // where the document's line of that use stands
		for _, p := range b.Pieces {
			if p.Use == bind.Metadata && p.To == use {
				return p.At.Words()
			}
		}
		return words()["from-file"]
	}
	add("agency", diag.Fill(words()["named"], "name", res.Agency.Name, "path", res.Agency.Path), words()["from-"+n.agencyFrom])
	_, from := n.found(o)
	if o.Year != 0 {
		from = "given"
	}
	add("year", lang.Same(strconv.Itoa(res.Year)), words()["from-"+from])
	why := "form-covers"
	if !b.Form.Covers(res.Year) {
		why = "form-other-year"
	}
	add("form", diag.Fill(words()["named"], "name", b.Form.Title, "path", b.Form.ID),
		diag.Fill(words()[why], "n", b.Placed, "all", len(b.Cells), "year", res.Year))
	add("title", lang.Same(res.Title), at("title"))
	switch where := at("published"); {
	case res.Published == "":
		add("published", lang.Text{}, words()["not-found"])
	case n.signed != nil && n.signedOn == res.Published:
		where = n.signed.At.Words()
		fallthrough
	default:
		add("published", lang.Same(res.Published), diag.Fill(words()["date-"+res.PublishedFrom], "where", where))
	}
	for _, s := range b.Prose {
		if s.Section != nil && s.Heading != nil {
			add("heading", s.Section.Label, diag.Fill(words()["heading-at"], "where", s.Heading.At.Words(), "text", s.Heading.Text))
		}
	}
}
