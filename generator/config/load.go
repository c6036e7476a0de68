package config

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"annals/generator/beneath"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/yamlpos"
)

// File is where the settings stand, relative to the folder that holds
// content/.
const File = "content/site.yaml"

var keys = []string{
	"title", "base_url", "language", "owner", "icp", "police_record", "site_code", "party_mark", "contact",
	"deadlines", "on_error", "header", "footer", "repository", "files",
}

// Default returns the settings of an archive that sets nothing.
func Default() *Site {
	return &Site{
		Title:    lang.Text{ZH: locale.For(lang.ZH).ArchiveTitle, EN: locale.For(lang.EN).ArchiveTitle},
		Language: lang.ZH,
		Deadlines: map[string]Day{
			"department":  {1, 31},
			"township":    {1, 31},
			"institution": {1, 31},
			"government":  {3, 31},
		},
	}
}

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
		if d.Rule != "encoding" { // told already, of the whole file
			l.diags = append(l.diags, d)
		}
	}
	if node != nil {
		for i := range node.Items {
			l.set(&node.Items[i])
		}
	}
	return l.site, l.diags
}

type loader struct {
	fsys  fs.FS
	site  *Site
	diags []diag.Diagnostic
}

func (l *loader) report(key string, n *yamlpos.Node, args ...any) {
	l.diags = append(l.diags, diag.New(key, n.Span.In(File), args...))
}

// set takes one setting. An empty value leaves the default.
func (l *loader) set(n *yamlpos.Node) {
	if !slices.Contains(keys, n.Key) {
		l.diags = append(l.diags, yamlpos.UnknownKey(File, n, keys))
		return
	}
	if n.Null() {
		return
	}
	if n.Key == "deadlines" {
		l.deadlines(n)
		return
	}
	text, ok := l.line(n)
	if !ok {
		return
	}
	s := l.site
	switch n.Key {
	case "title":
		s.Title = lang.Same(text)
	case "owner":
		s.Owner = text
	case "icp":
		s.ICP = text
	case "police_record":
		s.PoliceRecord = text
	case "site_code":
		s.SiteCode = text
	case "contact":
		s.Contact = text
	case "language":
		if l.choice(n, text, "zh-CN", "en") {
			s.Language, _ = lang.Parse(text)
		}
	case "on_error":
		s.PublishFaulty = l.choice(n, text, "stop", "mark") && text == "mark"
	case "files":
		s.FewFiles = l.choice(n, text, "few", "all") && text == "few"
	case "header":
		s.Header = l.partial(n, text)
	case "footer":
		s.Footer = l.partial(n, text)
	case "party_mark":
		s.PartyMark, _ = l.address(n, text)
	case "repository":
		s.Repository, _ = l.address(n, text)
	case "base_url":
		l.base(n, text)
	}
}

// line returns a text of one line.
func (l *loader) line(n *yamlpos.Node) (string, bool) {
	switch {
	case n.Kind != yamlpos.Scalar:
		l.report("value/scalar", n)
	case strings.TrimSpace(n.Text) == "":
		l.report("value/empty", n)
	case strings.ContainsAny(n.Text, "\r\n"):
		l.report("value/line", n)
	default:
		return n.Text, true
	}
	return "", false
}

func (l *loader) choice(n *yamlpos.Node, text string, words ...string) bool {
	if slices.Contains(words, text) {
		return true
	}
	known := strings.Join(words, ", ")
	if like, ok := yamlpos.Suggest(text, words); ok {
		l.report("value/suggest", n, "text", text, "like", like, "known", known)
	} else {
		l.report("value/one-of", n, "text", text, "known", known)
	}
	return false
}

// address returns an absolute http or https address as it was written.
func (l *loader) address(n *yamlpos.Node, text string) (string, *url.URL) {
	u, ok := webAddress(text)
	if !ok {
		l.report("value/url", n, "text", text)
		return "", nil
	}
	return text, u
}

// base takes the address of the site, which is that of a folder.
func (l *loader) base(n *yamlpos.Node, text string) {
	text, u := l.address(n, text)
	if u == nil {
		return
	}
	if !l.site.SetBaseURL(text) {
		l.report("setting/base", n, "text", text)
	}
}

// partial reads a file of HTML that stands beside content/: what lies in it
// comes from the bureaus, whose attachments are no markup.
func (l *loader) partial(n *yamlpos.Node, text string) Partial {
	switch {
	case !fs.ValidPath(text) || text == "." || strings.ContainsAny(text, `\:`):
		l.report("setting/path", n, "text", text)
		return Partial{}
	case beneath.Hidden(text), strings.EqualFold(strings.Split(text, "/")[0], "content"), !strings.EqualFold(path.Ext(text), ".html"):
		l.report("setting/partial", n, "text", text)
		return Partial{}
	}
	data, found := files.Read(l.fsys, text, MaxPartial)
	d, unmerged := files.Unmerged(text, data)
	switch {
	case unmerged:
		l.diags = append(l.diags, d)
	case data != nil:
		return Partial{text, data}
	case found[0].Rule == "file-size":
		l.report("setting/large", n, "text", text, "limit", MaxPartial>>10)
	default:
		l.report("setting/file", n, "text", text)
	}
	return Partial{}
}

// deadlines takes the days by kind of agency.
func (l *loader) deadlines(n *yamlpos.Node) {
	if n.Kind != yamlpos.Map {
		l.report("value/map", n)
		return
	}
	kinds := make([]string, 0, len(l.site.Deadlines))
	for kind := range l.site.Deadlines {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for i := range n.Items {
		item := &n.Items[i]
		if !slices.Contains(kinds, item.Key) {
			l.diags = append(l.diags, yamlpos.UnknownKey(File, item, kinds))
			continue
		}
		if item.Null() {
			continue
		}
		text, ok := l.line(item)
		if !ok {
			continue
		}
		// Parsed in year 0 of the calendar, a leap year; the 29th of
		// February is no deadline of every year.
		day, err := time.Parse("01-02", text)
		if err != nil || text == "02-29" {
			l.report("setting/day", item, "text", text)
			continue
		}
		l.site.Deadlines[item.Key] = Day{int(day.Month()), day.Day()}
	}
}
