package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// The record of what was checked, for programs: findings.json has the counts of
// each year, and the findings while they are few. A file for each year and shard
// has the counts and findings of each report. findings.schema.json describes both.

// mostFindings is how many findings findings.json lists. Where there are more, they
// are in the files of the years alone, so that it can be read whole.
const mostFindings = 2000

// findingsFile is findings.json.
type findingsFile struct {
	Schema   string         `json:"$schema"`
	Program  string         `json:"program,omitempty"` // its version
	Language string         `json:"language"`          // of messages, BCP 47
	Rules    ruleSet        `json:"rules"`
	Years    []*qualityYear `json:"years"`
	Total    int            `json:"total"` // findings
	Findings []found        `json:"findings,omitempty"`
}

// ruleSet identifies the rules by which the reports were checked.
type ruleSet struct {
	Digest    string            `json:"digest"`              // of the two that follow
	Program   string            `json:"program"`             // digest of the program's own rules
	Forms     map[string]string `json:"forms"`               // digests by form
	Published []string          `json:"published,omitempty"` // rules about text and the like whose findings are published
}

// qualityYear is the counts of a year.
type qualityYear struct {
	Year    int               `json:"year"`
	Reports int               `json:"reports"`
	Rules   map[string]counts `json:"rules"` // by relation
	Files   []string          `json:"files"` // with the counts and findings of each report

	findings []found
	total    int
}

// found is a finding with the report that it is about.
type found struct {
	Agency string `json:"agency"` // its path
	Year   int    `json:"year"`
	archive.Departure
}

// counts has what became of equations, without those that are zero.
type counts archive.Count

func (c counts) MarshalJSON() ([]byte, error) { return appendCounts(nil, (*archive.Count)(&c)), nil }

// appendCounts appends a JSON object.
func appendCounts(b []byte, c *archive.Count) []byte {
	b = append(b, '{')
	for s, n := range c {
		if n == 0 {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), archive.Standing(s).String()...), `":`...)
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return append(b, '}')
}

// appendChecked appends what became of the equations of each relation.
func appendChecked(b []byte, f *form.Form, t archive.Tally) []byte {
	b = append(b, '{')
	for i := range t {
		if t[i] == (archive.Count{}) {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(appendString(b, f.Relations[i].ID), ':')
		b = appendCounts(b, &t[i])
	}
	return append(b, '}')
}

// quality counts what was checked in the reports of a shard in a year, and writes
// the file with each of them.
func (e *Exporter) quality(year int, s *site.Shard, only bool, records []record, emit Emit) (*qualityYear, error) {
	y := &qualityYear{Year: year, Reports: len(records), Rules: map[string]counts{}}
	if len(records) == 0 {
		return y, nil
	}
	name := strconv.Itoa(year)
	if !only {
		name += "." + s.ID
	}
	y.Files = []string{name + ".json"}
	all := map[*form.Form]archive.Tally{}
	var b []byte
	if emit != nil {
		b = fmt.Appendf(nil, "{\"$schema\":%q,\"year\":%d,\"reports\":[", site.Root(sitemap.Findings)+sitemap.FindingsSchema, year)
	}
	for i, r := range records {
		f := r.entry.Form
		t := archive.Unpack(r.entry.Checked, len(f.Relations))
		if all[f] == nil {
			all[f] = make(archive.Tally, len(t))
		}
		var sum archive.Count
		for i := range t {
			all[f][i].Add(&t[i])
			sum.Add(&t[i])
		}
		y.total += len(r.entry.Departures)
		for _, d := range r.entry.Departures {
			if len(y.findings) <= mostFindings {
				y.findings = append(y.findings, found{r.entry.Agency.Path, year, d})
			}
		}
		if emit != nil {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(append(b, "\n{\"agency\":"...), r.entry.Agency.Path), `,"form":`...)
			b = appendCounts(append(appendString(b, f.ID), `,"checked":`...), &sum)
			if len(r.entry.Departures) > 0 {
				list, err := json.Marshal(r.entry.Departures)
				if err != nil {
					return nil, err
				}
				b = append(append(b, `,"findings":`...), list...)
			}
			b = append(b, '}')
		}
	}
	for f, t := range all {
		for i := range t {
			if t[i] != (archive.Count{}) {
				y.count(f.Relations[i].ID, &t[i])
			}
		}
	}
	if emit == nil {
		return y, nil
	}
	return y, emit(sitemap.QualityFolder+y.Files[0], append(b, "\n]}\n"...))
}

// add adds the counts and findings of another shard.
func (y *qualityYear) add(o *qualityYear) {
	y.Reports += o.Reports
	y.total += o.total
	y.Files = append(y.Files, o.Files...)
	y.findings = append(y.findings, o.findings...)
	for id, n := range o.Rules {
		y.count(id, (*archive.Count)(&n))
	}
}

func (y *qualityYear) count(rule string, n *archive.Count) {
	c := archive.Count(y.Rules[rule])
	c.Add(n)
	y.Rules[rule] = counts(c)
}

// findings writes findings.json, newest year first.
func (e *Exporter) findings(in *site.Archive, results []shardResult, emit Emit) error {
	x := findingsFile{Schema: site.Root(sitemap.Findings) + sitemap.FindingsSchema, Program: in.Program, Language: e.language(), Rules: e.ruleSet(in.Forms), Years: []*qualityYear{}}
	for i := len(in.Years) - 1; i >= 0; i-- {
		y := &qualityYear{Year: in.Years[i], Rules: map[string]counts{}, Files: []string{}}
		for k := range results {
			y.add(results[k].quality[i])
		}
		if y.Reports == 0 {
			continue
		}
		x.Years = append(x.Years, y)
		if x.Total += y.total; x.Total <= mostFindings {
			x.Findings = append(x.Findings, y.findings...)
		}
	}
	if x.Total > mostFindings {
		x.Findings = nil
	}
	data, err := json.MarshalIndent(x, "", " ")
	if err != nil {
		return err
	}
	return emit(sitemap.Findings, append(data, '\n'))
}

func (e *Exporter) ruleSet(forms []*form.Form) ruleSet {
	x := ruleSet{Program: diag.Sum(), Forms: map[string]string{}}
	for _, r := range e.site.PublishFindings {
		x.Published = append(x.Published, r.Name)
	}
	for _, f := range forms {
		x.Forms[f.ID] = hex.EncodeToString(f.Sum[:])
	}
	h := sha256.New()
	fmt.Fprintln(h, x.Program)
	for _, id := range slices.Sorted(maps.Keys(x.Forms)) {
		fmt.Fprintln(h, id, x.Forms[id])
	}
	x.Digest = hex.EncodeToString(h.Sum(nil))
	return x
}
