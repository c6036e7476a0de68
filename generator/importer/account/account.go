// Package account prints what an import did, for a person who compares the
// report with the document: in a terminal, for a program, and as a page.
//
//	err := account.Text(w, outcome, 80, lang.ZH)    // one document
//	err = account.Summary(w, outcomes, 80, lang.ZH) // all of a run
//	err = account.JSON(w, outcome, lang.ZH)         // an object on a line
//	page, err := account.Page(outcome, facts, tag)  // for a browser
//
// It decides nothing: an importer.Account has what was decided, and why. Every
// text of the document is shown as text, whatever it holds.
package account

import (
	_ "embed"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("importer/account/words.json", wordsJSON)

// say is a text of this package in a language; args are as for diag.Fill.
func say(tag lang.Tag, key string, args ...any) string {
	return diag.Fill(words()[key], args...).In(tag)
}

// block is a stretch of rows of one table of the form that have the same columns.
type block struct {
	table   *form.Table
	columns []*form.Column
	rows    []*form.Row
}

// blocks are the rows of a form as they are shown.
func blocks(f *form.Form) (list []block) {
	for _, t := range f.Tables {
		for _, r := range t.Rows {
			if n := len(list) - 1; n >= 0 && list[n].table == t && slices.Equal(list[n].columns, r.Columns) {
				list[n].rows = append(list[n].rows, r)
				continue
			}
			list = append(list, block{t, r.Columns, []*form.Row{r}})
		}
	}
	return list
}

// figures are those of a row.
func figures(a *importer.Account, r *form.Row) []importer.Figure {
	return a.Figures[r.First : r.First+len(r.Columns)]
}

// place says where a row's figures stand: in the row of a grid, or in a line, or
// from one line to another.
func place(list []importer.Figure, tag lang.Tag) string {
	first, last := "", ""
	for _, f := range list {
		if f.Found {
			at := f.At
			at.Cell, at.Column = 0, 0
			last = at.Words().In(tag)
			if first == "" {
				first = last
			}
		}
	}
	if first == last {
		return first
	}
	return say(tag, "from-to", "from", first, "to", last)
}

// passages are those of a use.
func passages(a *importer.Account, use bind.Use) (list []importer.Passage) {
	for _, p := range a.Passages {
		if p.Use == use {
			list = append(list, p)
		}
	}
	return list
}

// stretch is text of one part of the report, which stands together.
type stretch struct {
	part  lang.Text
	lines []importer.Passage
}

// stretches are the texts that went into the report.
func stretches(a *importer.Account) (list []stretch) {
	for _, p := range passages(a, bind.Text) {
		if n := len(list) - 1; n >= 0 && list[n].part == p.Went {
			list[n].lines = append(list[n].lines, p)
			continue
		}
		list = append(list, stretch{p.Went, []importer.Passage{p}})
	}
	return list
}

// tally counts what a person should look at.
type tally struct {
	Found, All, Differ, Cut, Errors, Warnings int
}

func count(o importer.Outcome) (t tally) {
	t.Errors, t.Warnings = diag.Count(o.Diags)
	if o.Result == nil {
		return t
	}
	a := &o.Result.Account
	t.All, t.Cut = len(a.Figures), len(passages(a, bind.Reported))
	for _, f := range a.Figures {
		if f.Found {
			t.Found++
			if f.Differs() {
				t.Differ++
			}
		}
	}
	return t
}

// shown is a figure's text in a table: a blank is one that can be seen.
func shown(found bool, text string) string {
	switch {
	case !found:
		return "?"
	case strings.TrimSpace(text) == "":
		return `""`
	}
	return diag.Visible(strings.ReplaceAll(text, "\n", " "))
}

// where says a place in words.
func where(at draft.Origin, tag lang.Tag) string { return at.Words().In(tag) }
