package search

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"annals/generator/sitemap"
)

// Filters narrow and order the results of a query.
type Filters struct {
	Year   int    // 0 for every year
	Agency string // path of a node of the tree; "" for all
	Kind   string // "" for every kind
	Sort   string // Relevance, ByYear or ByName; "" is Relevance

	Offset, Limit int // of the reports that are returned; Limit 0 is all
}

// The orders of results.
const (
	Relevance = "relevance" // see docs/search.md
	ByYear    = "year"      // the newest first
	ByName    = "name"      // by the agency's name, then the newest first
)

// Result is the answer to a query.
type Result struct {
	Terms    []string    `json:"terms"` // folded
	Label    *LabelHit   `json:"label,omitempty"`
	Agencies []AgencyHit `json:"agencies"`
	Total    int         `json:"total"` // reports that hold every term
	Reports  []ReportHit `json:"reports"`
	Years    []Count     `json:"years"` // by all filters but the year
	Kinds    []Count     `json:"kinds"` // by all filters but the kind
}

// LabelHit is an official label that equals the query, and the page that shows
// its figure.
type LabelHit struct {
	ZH  string `json:"zh"`
	EN  string `json:"en,omitempty"`
	URL string `json:"url"`
}

// AgencyHit is an agency whose names hold the query.
type AgencyHit struct {
	Path  string `json:"path"`
	Name  string `json:"name"`
	Exact bool   `json:"exact,omitempty"` // one of its names is the query
}

// ReportHit is a report that holds the query.
type ReportHit struct {
	Year    int    `json:"year"`
	Agency  string `json:"agency"` // its name
	URL     string `json:"url"`    // from the site's root
	Title   []Span `json:"title"`
	Snippet []Span `json:"snippet"`
}

// Count is a value of a filter and the number of reports that would remain if
// it were chosen.
type Count struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

// candidate is a report that may hold the query.
type candidate struct {
	year, agency int
	headings     int // terms in its title or headings
	exact        bool
	rank         int
}

// Query answers a query from the index below search/ in fsys. It reads the
// files that a browser would load and verifies every result in its stored text,
// so its answers are the reference for those of the search page. It fails if a file
// of the index is missing or damaged.
func Query(fsys fs.FS, query string, f Filters) (*Result, error) {
	r, err := open(fsys)
	if err != nil {
		return nil, err
	}
	out := &Result{Terms: terms(query), Agencies: []AgencyHit{}, Reports: []ReportHit{}, Years: []Count{}, Kinds: []Count{}}
	if len(out.Terms) == 0 {
		return out, nil
	}
	first, size := 0, r.root.Agencies
	if f.Agency != "" {
		var ok bool
		if first, size, ok, err = r.node(f.Agency); err != nil || !ok {
			return out, err
		}
	}
	within := func(agency int) bool { return agency >= first && agency < first+size }
	kind := func(agency int) string { return r.root.Kinds.Names[r.kindOf[agency]] }

	if out.Label, err = r.label(query); err != nil {
		return nil, err
	}
	p := r.newPlan(out.Terms)
	lists, agencies, err := r.candidates(p)
	if err != nil {
		return nil, err
	}
	exact := map[int]bool{}
	if len(agencies) > 0 {
		whole := strings.Join(strings.Fields(strings.ReplaceAll(Fold(query), `"`, " ")), " ")
		named, err := r.postings(nameKey([]rune(whole)).name())
		if err != nil {
			return nil, err
		}
		for _, a := range named[0].agencies {
			exact[int(a)] = true
		}
		for _, a := range agencies {
			if !within(a) || f.Kind != "" && kind(a) != f.Kind {
				continue
			}
			names, err := r.names(a)
			if err != nil {
				return nil, err
			}
			if name, ok := nameWith(names[2:], out.Terms); ok {
				out.Agencies = append(out.Agencies, AgencyHit{names[0], name, exact[a]})
			}
		}
		slices.SortStableFunc(out.Agencies, func(a, b AgencyHit) int {
			return cmp.Compare(b2i(b.Exact), b2i(a.Exact))
		})
	}

	years, kinds := map[int]int{}, map[string]int{}
	var found []candidate
	for _, c := range lists {
		if !within(c.agency) {
			continue
		}
		yearOK := f.Year == 0 || c.year == f.Year
		kindOK := f.Kind == "" || kind(c.agency) == f.Kind
		if !yearOK && !kindOK {
			continue
		}
		if !p.exact {
			rec, _, err := r.report(c.agency, c.year)
			if err != nil {
				return nil, err
			}
			var ok bool
			if c.headings, ok = rec.holds(out.Terms); !ok {
				continue
			}
		}
		if kindOK {
			years[c.year]++
		}
		if yearOK {
			kinds[kind(c.agency)]++
		}
		if yearOK && kindOK {
			c.exact = exact[c.agency]
			if f.Sort == ByName {
				if c.rank, err = r.rank(c.agency); err != nil {
					return nil, err
				}
			}
			found = append(found, c)
		}
	}
	slices.SortFunc(found, order(f.Sort))
	out.Total = len(found)
	for _, y := range r.root.Years {
		if years[y] > 0 {
			out.Years = append(out.Years, Count{fmt.Sprint(y), years[y]})
		}
	}
	for _, k := range r.root.Kinds.Names {
		if kinds[k] > 0 {
			out.Kinds = append(out.Kinds, Count{k, kinds[k]})
		}
	}
	found = found[min(f.Offset, len(found)):]
	if f.Limit > 0 {
		found = found[:min(f.Limit, len(found))]
	}
	for _, c := range found {
		rec, name, err := r.report(c.agency, c.year)
		if err != nil {
			return nil, err
		}
		out.Reports = append(out.Reports, ReportHit{c.year, name, rec.url, mark(rec.title, out.Terms, false), rec.snippet(out.Terms)})
	}
	return out, nil
}

// order compares candidates; it is the ranking that docs/search.md states.
func order(sort string) func(a, b candidate) int {
	// The browser has seven bits for the headings.
	headings := func(c candidate) int { return min(c.headings, 127) }
	return func(a, b candidate) int {
		byYear := cmp.Or(cmp.Compare(b.year, a.year), cmp.Compare(a.agency, b.agency))
		switch sort {
		case ByYear:
			return byYear
		case ByName:
			return cmp.Or(cmp.Compare(a.rank, b.rank), byYear)
		}
		return cmp.Or(cmp.Compare(b2i(b.exact), b2i(a.exact)), cmp.Compare(headings(b), headings(a)), byYear)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// candidates intersects the lists of the plan's grams.
func (r *reader) candidates(p plan) (reports []candidate, agencies []int, err error) {
	if p.none {
		return nil, nil, nil
	}
	var names []uint32
	docs := make([][]uint32, len(r.root.Volumes))     // of each volume, the reports that hold all grams so far
	titled := make([][][]uint32, len(r.root.Volumes)) // and by term, those that hold all its grams in headings
	for v := range titled {
		titled[v] = make([][]uint32, len(p.terms))
	}
	for i, g := range p.grams {
		lists, err := r.postings(g)
		if err != nil {
			return nil, nil, err
		}
		if i == 0 {
			names = lists[0].agencies
		} else {
			names = common(names, lists[0].agencies)
		}
		for v, l := range lists {
			var inHeadings []uint32
			for j, d := range l.docs {
				if l.headings[j] {
					inHeadings = append(inHeadings, d)
				}
			}
			if i == 0 {
				docs[v] = l.docs
			} else {
				docs[v] = common(docs[v], l.docs)
			}
			for _, t := range p.owners[i] {
				if titled[v][t] == nil {
					titled[v][t] = append([]uint32{}, inHeadings...)
				} else {
					titled[v][t] = common(titled[v][t], inHeadings)
				}
			}
		}
	}
	year := 0
	for v, vol := range r.root.Volumes {
		first := len(reports)
		for _, d := range docs[v] {
			reports = append(reports, candidate{year: r.root.Years[year+int(d)/r.root.Agencies], agency: int(d) % r.root.Agencies})
		}
		for _, list := range titled[v] {
			at := 0
			for _, d := range list {
				for at < len(docs[v]) && docs[v][at] < d {
					at++
				}
				if at < len(docs[v]) && docs[v][at] == d {
					reports[first+at].headings++
				}
			}
		}
		year += vol.Years
	}
	for _, a := range names {
		agencies = append(agencies, int(a))
	}
	return reports, agencies, nil
}

// common returns the numbers that both ascending lists have.
func common(a, b []uint32) []uint32 {
	out := []uint32{}
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return out
}

// holds reports whether the report holds every term, and how many of the terms
// are in its title or a heading.
func (r *record) holds(terms []string) (headings int, ok bool) {
	title := Fold(r.title)
	units := make([]string, len(r.units))
	for i, u := range r.units {
		units[i] = Fold(u[1:])
	}
	for _, t := range terms {
		heading, found := strings.Contains(title, t), false
		for i, u := range units {
			if !heading && strings.Contains(u, t) {
				found = true
				heading = r.units[i][0] == unitHeading
			}
		}
		if !heading && !found {
			return 0, false
		}
		headings += b2i(heading)
	}
	return headings, true
}

// snippet shows the first of the units that hold the most terms.
func (r *record) snippet(terms []string) []Span {
	best, most := "", -1
	for _, u := range r.units {
		n, f := 0, Fold(u[1:])
		for _, t := range terms {
			n += b2i(strings.Contains(f, t))
		}
		if n > most {
			best, most = u[1:], n
		}
	}
	return mark(best, terms, true)
}

// nameWith returns the first of an agency's names, which are given with their
// spellings, that holds every term, and whether there is one.
func nameWith(names []string, terms []string) (string, bool) {
	first, _, _ := strings.Cut(names[0], partSep)
	for _, t := range terms {
		if !slices.ContainsFunc(names, func(n string) bool {
			name, spelling, _ := strings.Cut(n, partSep)
			return strings.Contains(Fold(name), t) || isLetters([]rune(t)) && spelled(spelling, t)
		}) {
			return "", false
		}
	}
	return first, true
}

// label returns the label that equals the whole query, or nil.
func (r *reader) label(query string) (*LabelHit, error) {
	l := r.root.Labels
	if l == nil {
		return nil, nil
	}
	var all map[string]LabelHit
	if err := r.json(sitemap.SearchFolder+"l/"+l.Folder+"/labels.json", &all); err != nil {
		return nil, err
	}
	if hit, ok := all[Fold(query)]; ok {
		return &hit, nil
	}
	return nil, nil
}
