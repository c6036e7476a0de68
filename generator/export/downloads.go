package export

import (
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// yearFiles writes the figures of a year, a file for each form.
func (e *Exporter) yearFiles(year int, s *site.Shard, only bool, records []record, emit Emit) ([]site.DataFile, error) {
	var files []site.DataFile
	for _, f := range e.forms {
		if f.Parent != nil {
			continue // its reports are among the parent's
		}
		n := 0
		var b []byte
		for _, r := range records {
			if r.entry.Form.Base() != f {
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
		if err := emit(sitemap.DataFolder+name+".csv", b); err != nil {
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
	b = appendWho(b, r.entry, r.entry.Form.Base())
	for i, v := range r.values {
		b = append(b, ',')
		if cells := r.entry.Form.Base().Cells; v.Known() && i < len(cells) {
			b = cells[i].Column.Type.Append(b, v.N)
		}
	}
	return append(b, "\r\n"...)
}

// appendWho appends the fields that say whose report it is, and the form that
// is named with it.
func appendWho(b []byte, x *archive.Entry, f *form.Form) []byte {
	return appendFields(b, x.Agency.Path, x.Agency.Name, string(x.Agency.Kind), strconv.Itoa(x.Year), site.Day(x.Published), f.ID)
}

// lists writes the lists of agencies and of reports. They hold no figures: a
// line is some hundred bytes.
func (e *Exporter) lists(in *site.Archive, emit Emit) ([]site.DataFile, error) {
	agencies := []byte(byteOrderMark + "path,agency,short,kind,parent,since,until\r\n")
	reports := []byte(byteOrderMark + "path,agency,kind,year,published,form,title,accepted,corrections\r\n")
	nAgencies, nReports := 0, 0
	for a := range archive.Each(in.Roots) {
		nAgencies++
		agencies = appendAgency(agencies, a)
		for _, x := range in.Reports(a) {
			nReports++
			reports = append(appendWho(reports, &x, x.Form), ',')
			reports = appendFields(reports, x.Title, strconv.Itoa(x.Accepted), strconv.Itoa(x.Corrections))
			reports = append(reports, "\r\n"...)
		}
	}
	if err := emit(sitemap.DataFolder+"agencies.csv", agencies); err != nil {
		return nil, err
	}
	if err := emit(sitemap.DataFolder+"reports.csv", reports); err != nil {
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
	year := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	b = appendFields(b, a.Path, a.Name, a.Short, string(a.Kind), parent, year(a.Since), year(a.Until))
	return append(b, "\r\n"...)
}
