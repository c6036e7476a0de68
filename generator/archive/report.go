package archive

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/source"
)

// ReadReport binds a report's document to its form: the form is the one that
// the report names or the one that covers the year. It returns nil only where
// no form can be found; otherwise the report is as complete as it can be and
// the diagnostics say what is missing. A title that the report does not give is
// the form's, in the language of the site.
func ReadReport(a *Agency, year int, doc *content.Document, attachments []content.Attachment, forms *form.Set, tag lang.Tag) (*Report, []diag.Diagnostic) {
	r := &Report{
		Agency: a, Year: year, File: doc.File, Body: doc.Body, Attachments: attachments,
		Key: source.At(1, 1),
	}
	if doc.Front == nil {
		return nil, nil
	}
	var found diag.Collector
	v := keys.Report().Read(keys.Into(&found, doc.File), doc.Front, false)
	r.Form = findForm(v, year, forms)
	p := personal{doc: doc, published: a.Contact.phones()}
	if r.Form != nil {
		p.own = func(key string) bool { _, ok := r.Form.Key("", key); return ok }
	}
	p.names(attachments)
	for _, d := range p.check() {
		v.Report(d)
	}
	r.Draft = v.Flag("draft")
	for _, w := range v.Maps("withdrawn") {
		r.Withdrawn = &Withdrawal{dateOf(w.Date("date")), w.Text("reason")}
	}
	r.Summary = v.Text("text") != ""
	if r.Form != nil {
		r.Title = r.Form.NameReport(a.Name, year, tag)
	}
	r.Title = cmp.Or(v.Text("title"), r.Title)
	r.TitleSpan, r.PublishedSpan, r.FormSpan = spanOf(v, "title"), spanOf(v, "published"), spanOf(v, "form")
	if n := v.Value("published"); n != nil {
		r.Published = dateOf(v.Date("published"))
		switch {
		case r.Published.Year <= year:
			v.Report(diag.New("published-early", n.Span.In(v.File), "text", n.Text))
		case r.Far():
			v.Report(diag.New("published-far", n.Span.In(v.File), "text", n.Text, "year", year))
		}
	}
	r.FromPage = v.Text("published_from") == "page"
	for _, origin := range v.Maps("source") {
		r.Source = readOrigin(origin, attachments)
	}
	if r.Form == nil {
		return nil, found.List()
	}
	b := binder{Fields: v.Fields, report: r}
	if r.Withdrawn != nil {
		r.Attachments = nil
		b.takeTables()
		v.Close(r.Form.Keys("")...)
		return r, found.List()
	}
	if !r.Form.Covers(year) {
		b.fitting(forms)
	}
	b.tables()
	for _, x := range v.Maps("redact") {
		if reason := x.Text("reason"); reason != "" && !slices.Contains(r.Redacted, reason) {
			r.Redacted = append(r.Redacted, reason)
		}
	}
	r.Accepts = readAccepts(v)
	r.Notes = b.notes(v)
	r.Corrections = b.corrections(v)
	v.Close(r.Form.Keys("")...)
	return r, found.List()
}

// Far reports whether the date of publication is so long after the report's year
// that its year is likely mistyped.
func (r *Report) Far() bool { return r.Published.Year > r.Year+2 }

// IsWithdrawn reports whether a report's document says that it is withdrawn.
func IsWithdrawn(doc *content.Document) bool { return doc.Front.Get("withdrawn") != nil }

func spanOf(v *keys.Values, key string) source.Span {
	if n := v.Value(key); n != nil {
		return n.Span
	}
	return source.Span{}
}

func dateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{t.Year(), int(t.Month()), t.Day()}
}

func findForm(v *keys.Values, year int, forms *form.Set) *form.Form {
	n := v.Node.Get("form")
	if n == nil {
		f, ok := forms.ForYear(year)
		if !ok {
			key := "form-year/none"
			if f != nil {
				key = "form-year/several"
			}
			v.Report(diag.New(key, v.Node.Span.In(v.File)))
			return nil
		}
		return f
	}
	id := v.Text("form")
	if id == "" {
		return nil
	}
	f, ok := forms.Form(id)
	if !ok {
		var known []string
		for _, f := range forms.Forms() {
			known = append(known, f.ID)
		}
		v.Report(diag.New("form-year/unknown", n.Span.In(v.File), "form", id, "known", strings.Join(known, ", ")))
		return nil
	}
	if !f.Covers(year) {
		v.Report(diag.New("form-year", n.Span.In(v.File), "form", id, "years", f.Years()))
	} else if f.Parent != nil {
		v.Report(edition(f, n.Span.In(v.File)))
	}
	return f
}

func readOrigin(v *keys.Values, attachments []content.Attachment) (o Origin) {
	o.URL = readURL(v)
	sum := v.Value("sha256")
	if sum != nil && !isSHA256(v.Text("sha256")) {
		v.Fault("sha256", sum, "text", v.Text("sha256"))
		sum = nil
	}
	n := v.Value("file")
	if n == nil {
		return o
	}
	i := slices.IndexFunc(attachments, func(x content.Attachment) bool { return x.Name == v.Text("file") })
	if i < 0 {
		v.Report(diag.New("attachment/missing", n.Span.In(v.File), "file", v.Text("file")))
		return o
	}
	o.File, o.SHA256, o.Kept = attachments[i].Name, attachments[i].SHA256, attachments[i].Kept
	if sum != nil && !strings.EqualFold(v.Text("sha256"), o.SHA256) {
		v.Report(diag.New("attachment/changed", sum.Span.In(v.File), "file", o.File, "want", o.SHA256))
	}
	return o
}

// readURL reads the address that the key url gives, which anyone can open.
func readURL(v *keys.Values) string {
	n := v.Value("url")
	if n == nil {
		return ""
	}
	s := v.Text("url")
	if safe, ok := content.SafeURL(s); ok && (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) {
		return safe
	}
	v.Fault("url", n, "text", s)
	return ""
}

func isSHA256(s string) bool {
	return len(s) == 64 && strings.Trim(strings.ToLower(s), "0123456789abcdef") == ""
}

func readAccepts(v *keys.Values) (list []Accept) {
	for _, x := range v.Maps("accept") {
		a := Accept{Rule: x.Text("rule"), Cell: x.Text("cell"), Reason: x.Text("reason"), Text: x.Text("text"), By: cmp.Or(x.Text("by"), ByAgency)}
		if a.Rule != "" && a.Reason != "" {
			a.Span = x.Value("rule").Span
			list = append(list, a)
		}
	}
	return list
}
