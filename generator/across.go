package generator

import (
	"crypto/sha256"
	"maps"
	"slices"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/content"
	"annals/generator/copies"
	"annals/generator/diag"
	"annals/generator/prose"
	"annals/generator/snapshot"
)

// boilerplate is text of superior offices, which reports need not write anew.
type boilerplate struct {
	sentences copies.Set
	sum       [sha256.Size]byte // of the files
}

// boilerplates reads the boilerplate of each agency: its own and that of the folders
// above.
func (l *Library) boilerplates() {
	var top boilerplate
	if l.tree.Boilerplate != nil {
		l.addBoilerplate(&top, nil, l.tree.Boilerplate)
	}
	for _, s := range l.sources { // those above first
		s.boilerplate = top
		if s.agency.Parent != nil {
			s.boilerplate = l.of(s.agency.Parent).boilerplate
		}
		if s.folder.Boilerplate != nil {
			l.addBoilerplate(&s.boilerplate, s.agency, s.folder.Boilerplate)
		}
	}
}

func (l *Library) addBoilerplate(to *boilerplate, a *archive.Agency, file *content.File) {
	body, found := content.ReadBoilerplate(l.files, file.Path)
	l.found = append(l.found, found...)
	if body == nil {
		return
	}
	text := prose.Read(body, l.Forms.Forms()[0])
	to.sum = sha256.Sum256(append(to.sum[:], body.Source...))
	set := copies.Read(text, names(a), nil).Set()
	maps.Copy(set, to.sentences)
	to.sentences = set
}

// names are the names that do not count where prose is compared.
func names(a *archive.Agency) []string {
	var own, above []string
	for x := a; x != nil; x = x.Parent {
		list := append([]string{x.Name}, x.FormerNames...)
		if x.Short != "" {
			list = append(list, x.Short)
		}
		if x == a {
			own = list
		} else {
			above = append(above, list...)
		}
	}
	return copies.Names(own, above)
}

// copied holds the prose of an agency's reports, in ascending years, against that of
// the year before.
type copied struct {
	*Built
	source *source
	names  []string
	before copies.Report
}

// check checks the next report. What the rest of the archive is held against is put
// into the outcome.
func (c *copied) check(r *archive.Report, text *prose.Text, o *snapshot.Outcome) (found []diag.Diagnostic) {
	now := copies.Report{Report: r, Prose: copies.Read(text, c.names, c.source.boilerplate.sentences)}
	if c.before.Report != nil && c.before.Year == r.Year-1 {
		found = copies.LastYear(now, c.before, c.site.Copies)
	}
	if !r.Draft {
		o.Prose = append(o.Prose, snapshot.Prose{Year: r.Year, Hashes: now.Hashes, Accepts: len(accepting(r, true).Accepts) > 0})
	}
	c.before = now
	return found
}

// accepting returns the report with those entries of its accept list alone that are
// about rules across agencies, or about others.
func accepting(r *archive.Report, across bool) *archive.Report {
	if len(r.Accepts) == 0 {
		return r
	}
	x := *r
	x.Accepts = slices.DeleteFunc(slices.Clone(r.Accepts), func(a archive.Accept) bool {
		rule, _ := diag.Lookup(a.Rule)
		return rule.Across != across
	})
	return &x
}

// yearReport is what is remembered of a report's prose, and whose it is.
type yearReport struct {
	*source
	*snapshot.Prose
}

// across holds the reports of each year against those of all other agencies, once
// every agency has been judged.
func (b *Built) across() (found []diag.Diagnostic) {
	if b.opt.AsOf != nil {
		return nil
	}
	years := map[int][]yearReport{}
	for i, s := range b.sources {
		if o := b.outcomes[i]; o != nil {
			for k := range o.Prose {
				p := &o.Prose[k]
				years[p.Year] = append(years[p.Year], yearReport{s, p})
			}
		}
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		found = append(found, b.acrossYear(years[year])...)
	}
	return b.recognise(found)
}

// mostCandidates is how many reports are read to find the nearest to another.
const mostCandidates = 3

func (b *Built) acrossYear(reports []yearReport) (found []diag.Diagnostic) {
	hashes := make([][]uint32, len(reports))
	for i, r := range reports {
		hashes[i] = r.Hashes
	}
	limits := b.site.Copies
	year := copies.Compare(hashes)
	kept := map[int]copies.Report{} // what was read, of those that are near each other
	read := func(i int) copies.Report {
		r, ok := kept[i]
		if !ok {
			if len(kept) >= mostReadings {
				clear(kept)
			}
			r = b.prose(reports[i])
			kept[i] = r
		}
		return r
	}
	for i, r := range reports {
		var list []diag.Diagnostic
		share := float64(limits.Share) / 100
		if others := year.Others(i, share); len(others) > 0 {
			if d, ok := b.nearest(read, i, others, year); ok {
				list = append(list, d)
			}
		}
		if len(list) > 0 || r.Accepts {
			if x := read(i); x.Report != nil {
				list, _ = check.Judge(accepting(x.Report, true), b.record.Of(x.Agency.Path).Released(x.Year), b.site.Explain, list)
			}
		}
		found = append(found, list...)
	}
	return found
}

// nearest finds the report that has most of a report's prose.
func (b *Built) nearest(read func(int) copies.Report, report int, others []copies.Other, year *copies.Year) (d diag.Diagnostic, ok bool) {
	limits := b.site.Copies
	r := read(report)
	if r.Report == nil || r.Characters < limits.Characters {
		return d, false
	}
	var best copies.Report
	var most copies.Same
	more := 0
	for i, x := range others {
		if i >= mostCandidates {
			if x.Share*100 >= float64(limits.Share) { // by the number of sentences
				more++
			}
			continue
		}
		other := read(x.Report)
		if other.Report == nil {
			continue
		}
		same := r.In(other.Prose, year.IsCommon)
		if !same.Assessable(limits) || !same.Told(limits) {
			continue
		}
		more++
		if same.Share > most.Share {
			best, most = other, same
		}
	}
	if best.Report == nil {
		return d, false
	}
	return copies.OtherAgency(r, best, most, more-1, limits), true
}

// prose reads a report once more, for its sentences. It has none if the file has
// changed since the agency was judged: the next run sees it.
func (b *Built) prose(x yearReport) copies.Report {
	f := x.report(x.Year)
	if f == nil {
		return copies.Report{}
	}
	filed := b.reader.report(x.source, f)
	was, _ := b.outcomes[x.index].Files.Sum(f.Path)
	if filed.report == nil || len(filed.files) == 0 || filed.files[0].Sum != was {
		return copies.Report{}
	}
	return copies.Report{Report: filed.report, Prose: copies.Read(prose.Of(filed.report), names(x.agency), x.boilerplate.sentences)}
}
