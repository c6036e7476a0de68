package config

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"annals/generator/beneath"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/keys"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/yamlpos"
)

// File is where the settings stand, relative to the folder that holds
// content/.
const File = "content/site.yaml"

// Default returns the settings of an archive that sets nothing.
func Default() *Site {
	publish, copies := keys.Site().Key("publish").Keys, keys.Site().Key("copies").Keys
	number := func(key string) int {
		n, _ := strconv.Atoi(copies.Key(key).Default)
		return n
	}
	return &Site{
		Title:     lang.Text{ZH: locale.For(lang.ZH).ArchiveTitle, EN: locale.For(lang.EN).ArchiveTitle},
		Language:  lang.ZH,
		Deadlines: deadlines(keys.Site().Key("deadlines").Keys),
		Publish:   publish.Key("types").Defaults(),
		Copies:    Copies{Share: number("share"), Notice: number("notice"), Characters: number("characters")},
	}
}

// deadlines are the days that hold where none is set.
func deadlines(kinds keys.Table) map[string]Day {
	days := make(map[string]Day, len(kinds))
	for _, kind := range kinds {
		days[kind.Name] = dayOf(keys.ParseDay(kind.Default))
	}
	return days
}

func dayOf(t time.Time) Day { return Day{int(t.Month()), t.Day()} }

// Load reads site.yaml. It returns settings whatever the diagnostics say:
// what could not be read has its default.
func Load(fsys fs.FS) (*Site, []diag.Diagnostic) {
	l := loader{fsys: fsys, site: Default()}
	data, diags := files.ReadText(fsys, File)
	l.diags = diags
	if data == nil {
		return l.site, l.diags
	}
	text, marked := strings.CutPrefix(string(data), files.ByteOrderMark)
	if marked {
		l.diags = append(l.diags, diag.New("encoding/bom", files.Top(File)))
	}
	node, more := yamlpos.Parse(File, text, 1)
	for _, d := range more {
		if d.Rule != "encoding" { // reported already, for the whole file
			l.diags = append(l.diags, d)
		}
	}
	if node != nil {
		l.Values = keys.Site().Read(keys.Into(&l.found, File), node, true)
		l.set()
		l.Close()
	}
	return l.site, append(l.diags, l.found.List()...)
}

type loader struct {
	*keys.Values
	fsys  fs.FS
	site  *Site
	diags []diag.Diagnostic // of the file as a whole, and of others
	found diag.Collector    // of the values
}

// set copies the values read into the settings. A key that is missing or has a
// wrong value leaves the default.
func (l *loader) set() {
	s := l.site
	if title := l.Text("title"); title != "" {
		s.Title = lang.Same(title)
	}
	s.Language, _ = lang.Parse(l.Text("language"))
	s.Owner, s.ICP, s.PoliceRecord = l.Text("owner"), l.Text("icp"), l.Text("police_record")
	s.SiteCode, s.Contact = l.Text("site_code"), l.Text("contact")
	s.PublishFaulty, s.FewFiles, s.DatesOnly = l.Text("on_error") == "mark", l.Text("files") == "few", l.Text("coverage") == "dates"
	s.Explain = l.Text("warnings") == "explain"
	s.Header, s.Footer = l.partial("header"), l.partial("footer")
	s.PartyMark, s.Repository = l.address("party_mark"), l.address("repository")
	if base := l.address("base_url"); base != "" && !s.SetBaseURL(base) {
		l.report("setting/base", "base_url")
	}
	for _, publish := range l.Maps("publish") {
		types, right := publish.Get("types"), publish.Texts("types")
		if types != nil && !types.Null() && len(right) == len(types.Items) { // an empty list publishes nothing
			s.Publish = right
		}
	}
	for _, t := range l.Maps("deploy") {
		l.target(t)
	}
	for _, copies := range l.Maps("copies") {
		c := &s.Copies
		c.Warn = copies.Text("other") == "warning"
		number(copies, "share", &c.Share, 1, 100)
		number(copies, "notice", &c.Notice, 1, 100)
		number(copies, "characters", &c.Characters, 0, 100_000)
	}
	if list := l.Get("publish_findings"); list != nil {
		right := l.Texts("publish_findings")
		for _, n := range list.Items {
			if name := strings.TrimSpace(n.Text); slices.Contains(right, name) {
				s.PublishFindings = append(s.PublishFindings, Named{name, n.Span})
			}
		}
	}
	for _, days := range l.Maps("deadlines") {
		for kind := range s.Deadlines {
			if days.Value(kind) != nil {
				s.Deadlines[kind] = dayOf(days.Date(kind))
			}
		}
	}
}

// number reads a whole number within limits.
func number(v *keys.Values, key string, to *int, low, high int) {
	n := v.Value(key)
	if n == nil {
		return
	}
	i, err := strconv.Atoi(v.Text(key))
	if err != nil || i < low || i > high {
		v.Report(diag.New("setting/number", n.Span.In(File), "text", v.Text(key), "low", low, "high", high))
		return
	}
	*to = i
}

// report adds a diagnostic about the value of a key.
func (l *loader) report(problem, key string, args ...any) {
	l.Report(diag.New(problem, l.Value(key).Span.In(File), append(args, "text", l.Text(key))...))
}

// address returns an absolute http or https address as it was written, or "".
func (l *loader) address(key string) string {
	text := l.Text(key)
	if _, ok := webAddress(text); ok || text == "" {
		return text
	}
	l.report("value/url", key)
	return ""
}

// partial reads a file of HTML from beside content/. A file in content/ is refused,
// because that comes from the bureaus and must not become markup.
func (l *loader) partial(key string) Partial {
	text := l.Text(key)
	switch {
	case text == "":
		return Partial{}
	case !fs.ValidPath(text) || text == "." || strings.ContainsAny(text, `\:`):
		l.report("setting/path", key)
		return Partial{}
	case beneath.Hidden(text), strings.EqualFold(strings.Split(text, "/")[0], "content"), !strings.EqualFold(path.Ext(text), ".html"):
		l.report("setting/partial", key)
		return Partial{}
	}
	data, found := files.Read(l.fsys, text, MaxPartial)
	switch {
	case data != nil:
		// Git may check out text with CRLF on Windows; pages must not differ for that.
		plain := strings.ReplaceAll(strings.TrimPrefix(string(data), files.ByteOrderMark), "\r\n", "\n")
		data, found = files.Text(text, []byte(plain))
		l.diags = append(l.diags, found...)
		if data != nil {
			return Partial{text, data}
		}
	case found[0].Rule == "file-size":
		l.report("setting/large", key, "limit", MaxPartial>>10)
	default:
		l.report("setting/file", key)
	}
	return Partial{}
}
