package importer

import (
	"slices"

	"annals/generator/form"
	"annals/generator/importer/bind"
	"annals/generator/importer/draft"
)

// choice is a draft that was bound to the form which its tables are.
type choice struct {
	*bind.Bound
	// mixed lists, by the id of a table, the form of which it is one, where
	// that is another edition than Bound.Form. It is nil if the tables are all
	// of one form, or of a known variant.
	mixed map[string]*form.Form
	// blocks lists, by the id of a table, the blocks whose heads are those of
	// another form.
	blocks map[string]form.DraftTable
	// draft is the file of the form, if it is a variant that was made for the
	// document, and forms the archive's forms with it.
	draft string
	forms *form.Set
}

// choose binds the draft to every form, and keeps the one whose tables the
// document has, by their heads and rows together. The tables decide and not the
// year, because some agencies go on using an old form; of forms that fit alike it
// is that of the year.
//
// If the tables are of several editions, the form is the year's, or a variant of
// it that fits.
func choose(d *draft.Draft, forms *form.Set, year int) choice {
	var list []*bind.Bound
	usual, _ := forms.ForYear(year)
	var best, ofYear *bind.Bound
	for _, f := range forms.Forms() {
		if f.Free || f.Parent != nil || len(f.Tables) == 0 {
			continue
		}
		b := bind.Bind(d, f)
		list = append(list, b)
		if f == usual {
			ofYear = b
		}
		if best == nil || b.Total().Score() > best.Total().Score() || b.Total().Score() == best.Total().Score() && f == usual {
			best = b
		}
	}
	if best == nil || best.Placed == 0 && usual != nil && best.Form != usual {
		if usual == nil {
			usual = forms.Forms()[len(forms.Forms())-1]
		}
		if ofYear == nil {
			ofYear = bind.Bind(d, usual)
		}
		return choice{Bound: ofYear}
	}
	c := mixture(list, best, usual)
	c.blocks = c.foreign(list)
	known := c.variant(d, forms)
	if made := c.drafted(d, forms); made.draft != "" && better(made.Bound, known.Bound) {
		return made
	}
	known.blocks = known.foreign(list)
	known.withhold()
	return known
}

// mixture decides which of the forms is the document's: the one that fits best, if
// it fits every table; otherwise the year's, if that fits one of the tables.
func mixture(list []*bind.Bound, best *bind.Bound, usual *form.Form) choice {
	c := choice{Bound: best, mixed: others(best, list)}
	for _, b := range list {
		if mixed := others(b, list); len(c.mixed) > 0 && b.Form == usual && len(mixed) < len(b.Fits) {
			c = choice{Bound: b, mixed: mixed}
		}
	}
	return c
}

// others finds the tables that are better ones of another form.
func others(b *bind.Bound, list []*bind.Bound) map[string]*form.Form {
	mixed := map[string]*form.Form{}
	for table, fit := range b.Fits {
		for _, other := range list {
			if f, ok := other.Fits[table]; ok && f.Better(fit) {
				mixed[table], fit = other.Form, f
			}
		}
	}
	return mixed
}

// variant looks for a known variant of a form that fits better than the form. A
// document with far more amiss than a form has cells is no variant of any.
func (c choice) variant(d *draft.Draft, forms *form.Set) choice {
	own := c.Total()
	if own.Amiss == 0 || own.Amiss > len(c.Form.Cells) {
		return c
	}
	best := c
	for _, f := range forms.Forms() {
		if f.Parent == nil {
			continue
		}
		if b := bind.Bind(d, f); better(b, c.Bound) && b.Total().Score() > best.Total().Score() {
			best = choice{Bound: b}
		}
	}
	return best
}

// better reports whether a table of the document is one of a's form and not of b's,
// while the others are as well one of a's as of b's.
func better(a, b *bind.Bound) bool {
	found := false
	for table, f := range b.Fits {
		g, ok := a.Fits[table]
		if !ok || g.Score() < f.Score() {
			return false
		}
		found = found || g.Better(f)
	}
	return found
}

// foreign finds the blocks of stacked tables above whose rows the document has the
// names of another form's columns.
func (c choice) foreign(list []*bind.Bound) map[string]form.DraftTable {
	tables := map[string]form.DraftTable{}
	for _, t := range c.Form.Tables {
		for i, k := range t.Blocks {
			heads := c.Heads[k]
			if heads == nil || c.mixed[t.ID] != nil || bind.HasHead(heads, k, c.Form) {
				continue
			}
			for _, other := range list {
				n := otherBlock(heads, t, k, other.Form)
				if n < 0 || tables[t.ID].From != nil && tables[t.ID].From != other.Form {
					continue
				}
				if tables[t.ID].From == nil {
					tables[t.ID] = form.DraftTable{ID: t.ID, From: other.Form, Blocks: map[int]int{}}
				}
				tables[t.ID].Blocks[i] = n
			}
		}
	}
	return tables
}

// otherBlock returns the index of the block in another form's table of the same id
// that has the heads, and a row of the block; -1 if there is none.
func otherBlock(heads []string, t *form.Table, k *form.Block, f *form.Form) int {
	other := f.Table(t.ID)
	if other == nil {
		return -1
	}
	return slices.IndexFunc(other.Blocks, func(o *form.Block) bool {
		return bind.HasHead(heads, o, f) && slices.ContainsFunc(o.Rows, func(r *form.Row) bool {
			return slices.ContainsFunc(k.Rows, func(s *form.Row) bool { return s.Path == r.Path })
		})
	})
}

// withhold places no number below the head of another form.
func (c choice) withhold() {
	for _, t := range c.Form.Tables {
		if from := c.mixed[t.ID]; from != nil {
			c.Withhold(t.Rows, from.Title)
		}
		for i, k := range t.Blocks {
			if _, foreign := c.blocks[t.ID].Blocks[i]; foreign {
				c.Withhold(k.Rows, c.blocks[t.ID].From.Title)
			}
		}
	}
}
