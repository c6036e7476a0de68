package site

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/lang"
)

// notes gathers what stands beside the figures: findings, footnotes and
// corrections, and the marks they leave on cells.
func (x *ReportPage) notes(p *Plan, r *archive.Report, findings []archive.Finding) {
	if len(findings)+len(r.Notes) > 0 {
		x.marks = make(map[int]Mark, len(findings)+len(r.Notes))
	}
	for i, f := range findings {
		n := Notice{ID: "finding-" + strconv.Itoa(i+1), Rule: f.Diagnostic.Rule, Cell: f.Diagnostic.Cell,
			Text: f.Diagnostic.Message.In(p.tag), Reason: f.Reason}
		cell, isCell := r.Form.Cell(n.Cell)
		switch {
		case isCell:
			n.Label = r.Form.Cells[cell].Label.In(p.tag)
			m := x.marks[cell]
			if f.Accepted {
				m.Accepted = n.ID
			} else {
				m.Fault = n.ID
			}
			x.marks[cell] = m
			n.Cell = r.Form.Cells[cell].ID
		case n.Cell != "":
			n.Cell, n.Label = anchor(r.Form, n.Cell, p.tag)
		}
		if n.Whose = "reason-agency"; f.By == archive.ByArchive {
			n.Whose = "reason-archive"
		}
		if f.Accepted {
			x.Accepted = append(x.Accepted, n)
		} else {
			x.Faults = append(x.Faults, n)
		}
	}
	for i, note := range r.Notes {
		if note.Cell < 0 || note.Cell >= len(r.Form.Cells) {
			continue
		}
		x.Footnotes = append(x.Footnotes, Footnote{Number: i + 1, Cell: r.Form.Cells[note.Cell].ID,
			Label: r.Form.Cells[note.Cell].Label.In(p.tag), Text: note.Text})
		m := x.marks[note.Cell]
		m.Notes = append(m.Notes, i+1)
		x.marks[note.Cell] = m
	}
	for _, c := range r.Corrections {
		y := Correction{Date: Day(c.Date), Was: c.Was, Note: c.Note, Kind: agencyCorrected, URL: c.URL}
		if c.By == archive.ByArchive {
			y.Kind = archiveCorrected
		} else {
			x.Corrected = true
		}
		if c.Cell != "" {
			y.Cell, y.Label = p.cellLabel(r.Form, c.Cell)
		}
		x.Corrections = append(x.Corrections, y)
	}
}

// anchor finds the id on the page and the name of a row, table or section. It
// has no id where the page has none.
func anchor(f *form.Form, id string, tag lang.Tag) (string, string) {
	if r, ok := f.Row(id); ok {
		return r.Path, r.Label.In(tag)
	}
	if t := f.Table(id); t != nil {
		return id, t.Label.In(tag)
	}
	if s := f.Part(id); s != nil {
		return "part-" + id, s.Label.In(tag)
	}
	return "", id
}

// origin fills where the report comes from and what lies beside it.
func (x *ReportPage) origin(p *Plan, r *archive.Report) {
	if u := r.Source.URL; strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
		x.Origin = Link{u, u}
	}
	for _, a := range r.Attachments {
		f := Attachment{Name: a.Name, Kind: strings.ToUpper(a.Kind), Size: Size(a.Size), SHA256: a.SHA256}
		if !a.Kept {
			f.Href = a.Name
		}
		x.Attachments = append(x.Attachments, f)
		if a.Name == path.Base(r.Source.File) {
			x.OriginFile, x.OriginSum = Link{f.Href, a.Name}, a.SHA256
			if a.Active { // its link is a download
				x.OriginFile.Href = ""
			}
		}
	}
	if repo := strings.TrimSuffix(p.Config.Repository, "/"); repo != "" {
		x.SourceHref = repo + "/blob/HEAD/" + r.File
		x.History = repo + "/commits/HEAD/" + r.File
		x.Mistake = repo + "/issues/new?title=" + strings.ReplaceAll(url.QueryEscape(r.Title), "+", "%20")
	}
}

// Size writes a number of bytes for people, in powers of 1024.
func Size(n int64) string {
	if n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	unit := "KB"
	v := float64(n) / 1024
	if v >= 1024 {
		v, unit = v/1024, "MB"
	}
	return strconv.FormatFloat(v, 'f', 1, 64) + " " + unit
}
