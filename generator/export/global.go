package export

import (
	"crypto/sha256"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
)

//go:embed report.schema.json
var schema []byte

// Global writes the files that hold more than one agency, and returns what
// the data page says of them. The shards are written by the given number of
// goroutines, so emit may be called by several at a time.
func (e *Exporter) Global(in *site.Archive, free []*site.Free, workers int, emit Emit) ([]site.DataFile, []site.Link, error) {
	shards := site.Shards(in.Roots, site.ShardLimit)
	results := make([]shardResult, len(shards))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for i := range next {
				results[i] = e.shard(in, &shards[i], len(shards) == 1, emit)
			}
		})
	}
	for i := range shards {
		next <- i
	}
	close(next)
	wg.Wait()
	for i := range results {
		if results[i].err != nil {
			return nil, nil, results[i].err
		}
	}
	files, err := e.lists(in, emit)
	if err != nil {
		return nil, nil, err
	}
	for i := len(in.Years) - 1; i >= 0; i-- {
		for k := range results {
			files = append(files, results[k].files[i]...)
		}
	}
	if err := e.index(in, shards, results, emit); err != nil {
		return nil, nil, err
	}
	forms, err := e.describe(emit)
	if err != nil {
		return nil, nil, err
	}
	if err := e.datapackage(files, emit); err != nil {
		return nil, nil, err
	}
	if err := emit(SchemaPath, schema); err != nil {
		return nil, nil, err
	}
	return files, forms, e.feeds(in, free, emit)
}

// shardResult is what is known of a shard once its files are written.
type shardResult struct {
	files [][]site.DataFile // by index of year
	rows  []string          // by index of year: for each row of the year's form 1 if it has a file
	err   error
}

// record is a report of a shard in one year, unpacked.
type record struct {
	entry  *archive.Entry
	at     int // the agency's index in the shard
	values []archive.Value
}

func (e *Exporter) shard(in *site.Archive, s *site.Shard, only bool, emit Emit) shardResult {
	res := shardResult{files: make([][]site.DataFile, len(in.Years)), rows: make([]string, len(in.Years))}
	entries := make([][]archive.Entry, len(s.Agencies))
	for i, a := range s.Agencies {
		entries[i] = in.Reports(a)
	}
	done := func() error { return nil }
	if in.Open != nil {
		own, finish, err := in.Open("shard/"+s.ID, shardKey(in, s, only, entries))
		if err != nil {
			res.err = err
			return res
		}
		emit = own // nil where the files are there; they are still listed
		if finish != nil {
			done = finish
		}
	}
	var spare [][]archive.Value
	for i, year := range in.Years {
		var records []record
		for at, list := range entries {
			k, ok := slices.BinarySearchFunc(list, year, func(x archive.Entry, y int) int { return x.Year - y })
			if !ok {
				continue
			}
			var values []archive.Value
			if n := len(spare); n > 0 {
				values, spare = spare[n-1], spare[:n-1]
			}
			records = append(records, record{&list[k], at, list[k].Values(values)})
		}
		if res.files[i], res.err = e.yearFiles(year, s, only, records, emit); res.err != nil {
			return res
		}
		if res.rows[i], res.err = e.exploreYear(in, year, s, records, emit); res.err != nil {
			return res
		}
		for _, r := range records {
			spare = append(spare, r.values)
		}
	}
	if emit != nil {
		if res.err = e.exploreAgencies(in, s, entries, emit); res.err == nil {
			res.err = done()
		}
	}
	return res
}

// shardKey changes whenever anything in the shard's files does.
func shardKey(in *site.Archive, s *site.Shard, only bool, entries [][]archive.Entry) [32]byte {
	b := strconv.AppendBool([]byte(s.ID+"\x00"+s.Name+"\x00"), only)
	for _, y := range in.Years {
		b = strconv.AppendInt(append(b, ' '), int64(y), 10)
	}
	h := sha256.New()
	for i, a := range s.Agencies {
		b = append(append(b, a.Path...), 0)
		b = append(append(b, a.Name...), 0)
		b = append(append(b, a.Kind...), 0)
		for k := range entries[i] {
			b = site.AppendEntry(b, &entries[i][k])
		}
		h.Write(b)
		b = b[:0]
	}
	return [32]byte(h.Sum(nil))
}

// yearFiles writes the figures of a year, a file for each form.
func (e *Exporter) yearFiles(year int, s *site.Shard, only bool, records []record, emit Emit) ([]site.DataFile, error) {
	var files []site.DataFile
	for _, f := range e.forms {
		n := 0
		var b []byte
		for _, r := range records {
			if r.entry.Form != f {
				continue
			}
			if n++; emit == nil {
				continue
			}
			if n == 1 {
				b = appendHeader(b, f)
			}
			b = appendRecord(b, r)
		}
		if n == 0 {
			continue
		}
		name, key := strconv.Itoa(year)+"/"+f.ID, "data-year"
		if !only {
			name, key = name+"."+s.ID, "data-year-part"
		}
		title := strings.NewReplacer("{year}", strconv.Itoa(year), "{form}", f.Official.In(e.tag), "{name}", s.Name).Replace(e.words(key))
		files = append(files, site.DataFile{Href: name + ".csv", Title: title, Year: year, Rows: n})
		if emit == nil {
			continue
		}
		if err := emit("data/"+name+".csv", b); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func appendHeader(b []byte, f *form.Form) []byte {
	b = append(b, byteOrderMark+"path,agency,kind,year,published,form"...)
	for _, c := range f.Cells {
		b = append(b, ',')
		b = append(b, c.ID...)
	}
	return append(b, "\r\n"...)
}

func appendRecord(b []byte, r record) []byte {
	b = appendWho(b, r.entry)
	for i, v := range r.values {
		b = append(b, ',')
		if v.Known() && i < len(r.entry.Form.Cells) {
			b = site.AppendPlain(b, v.N, r.entry.Form.Cells[i].Column.Type)
		}
	}
	return append(b, "\r\n"...)
}

func appendWho(b []byte, x *archive.Entry) []byte {
	b = appendField(b, x.Agency.Path)
	b = append(b, ',')
	b = appendField(b, x.Agency.Name)
	b = append(b, ',')
	b = appendField(b, string(x.Agency.Kind))
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(x.Year), 10)
	b = append(b, ',')
	b = append(b, site.Day(x.Published)...)
	b = append(b, ',')
	return appendField(b, x.Form.ID)
}

// lists writes the lists of agencies and of reports. They hold no figures: a
// line is some hundred bytes.
func (e *Exporter) lists(in *site.Archive, emit Emit) ([]site.DataFile, error) {
	agencies := []byte(byteOrderMark + "path,agency,short,kind,parent,since,until\r\n")
	reports := []byte(byteOrderMark + "path,agency,kind,year,published,form,title,accepted,corrections\r\n")
	nAgencies, nReports := 0, 0
	var down func(list []*archive.Agency)
	down = func(list []*archive.Agency) {
		for _, a := range list {
			nAgencies++
			agencies = appendAgency(agencies, a)
			for _, x := range in.Reports(a) {
				nReports++
				reports = appendWho(reports, &x)
				reports = append(reports, ',')
				reports = appendField(reports, x.Title)
				for _, n := range [2]int{x.Accepted, x.Corrections} {
					reports = append(reports, ',')
					reports = strconv.AppendInt(reports, int64(n), 10)
				}
				reports = append(reports, "\r\n"...)
			}
			down(a.Children)
		}
	}
	down(in.Roots)
	if err := emit("data/agencies.csv", agencies); err != nil {
		return nil, err
	}
	if err := emit("data/reports.csv", reports); err != nil {
		return nil, err
	}
	return []site.DataFile{
		{Href: "agencies.csv", Title: e.words("data-agencies"), Rows: nAgencies},
		{Href: "reports.csv", Title: e.words("data-reports"), Rows: nReports},
	}, nil
}

func appendAgency(b []byte, a *archive.Agency) []byte {
	parent := ""
	if a.Parent != nil {
		parent = a.Parent.Path
	}
	for i, s := range [...]string{a.Path, a.Name, a.Short, string(a.Kind), parent} {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, s)
	}
	for _, year := range [2]int{a.Since, a.Until} {
		b = append(b, ',')
		if year != 0 {
			b = strconv.AppendInt(b, int64(year), 10)
		}
	}
	return append(b, "\r\n"...)
}
