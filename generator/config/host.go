package config

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"annals/generator/diag"
	"annals/generator/source"
)

// Refused returns a diagnostic for everything in the host site's header and
// footer that the pages' security policy (layouts/base.html) makes browsers
// refuse: otherwise it would only be missing on the page, without a message. It
// must be called after BaseURL is final.
func (s *Site) Refused() []diag.Diagnostic {
	diags := refused(s.Header, s.BaseURL)
	if s.Footer.File != s.Header.File {
		diags = append(diags, refused(s.Footer, s.BaseURL)...)
	}
	return diags
}

func refused(p Partial, base string) []diag.Diagnostic {
	h := host{file: p.File, data: p.HTML, base: base, reached: place{line: 1, column: 1}}
	h.markup(0, len(p.HTML), true)
	return h.diags
}

// place is a byte offset in a file, with the line and the column (in characters)
// of that byte, both from 1.
type place struct{ off, line, column int }

// to returns the place of the byte at off, which is not before p.
func (p place) to(data []byte, off int) place {
	passed := data[p.off:off]
	if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
		p.line, p.column = p.line+bytes.Count(passed, []byte("\n")), 1
		passed = passed[i+1:]
	}
	return place{off, p.line, p.column + utf8.RuneCount(passed)}
}

// host reads the HTML of a partial.
type host struct {
	file    string
	data    []byte
	base    string
	diags   []diag.Diagnostic
	reached place // where the last diagnostic begins; the next one counts lines from there, so that each line is counted once
}

// attributes matches one attribute in the text behind a tag's name. The groups
// are the attribute's name and its value, perhaps in quotes.
var attributes = regexp.MustCompile(`[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?`)

// attribute is an attribute of a tag; start and end are byte offsets in the file.
type attribute struct {
	name, value string
	start, end  int
}

// markup checks the HTML in the bytes from start to end. With outer it also
// checks the content of noscript elements, which the tokenizer returns as text.
func (h *host) markup(start, end int, outer bool) {
	z := html.NewTokenizer(bytes.NewReader(h.data[start:end]))
	inside := false // the text is that of a noscript element
	for at := start; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		raw := z.Raw()
		from, to := at, at+len(raw)
		at = to
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := string(name)
			attrs := h.attributes(from+max(1, bytes.IndexAny(raw, " \t\n\f\r/>")), to)
			h.tag(tag, attrs, from, to)
			inside = tag == "noscript"
		case html.TextToken:
			if inside && outer { // a browser without scripts reads this text as markup
				h.markup(from, to, false)
			}
			inside = false
		default:
			inside = false
		}
	}
}

func (h *host) attributes(start, end int) []attribute {
	var list []attribute
	for _, m := range attributes.FindAllSubmatchIndex(h.data[start:end], -1) {
		a := attribute{name: strings.ToLower(string(h.data[start+m[2] : start+m[3]])), start: start + m[2], end: start + m[1]}
		if m[4] >= 0 {
			a.value = html.UnescapeString(strings.Trim(string(h.data[start+m[4]:start+m[5]]), `"'`))
		}
		list = append(list, a)
	}
	return list
}

// framed are elements that the policy forbids altogether: it allows no source
// for them.
var framed = []string{"iframe", "frame", "object", "embed", "audio", "video", "applet"}

// loads are the elements and attributes that make a browser ask for a file.
var loads = map[string][]string{
	"img": {"src", "srcset"}, "source": {"src", "srcset"}, "input": {"src", "formaction"}, "image": {"href", "xlink:href"}, "use": {"href", "xlink:href"},
	"script": {"src"}, "body": {"background"}, "table": {"background"}, "td": {"background"}, "form": {"action"}, "button": {"formaction"},
}

// tag reports what the policy refuses of an element with its attributes.
func (h *host) tag(tag string, attrs []attribute, start, end int) {
	get := func(name string) string {
		if i := slices.IndexFunc(attrs, func(a attribute) bool { return a.name == name }); i >= 0 {
			return strings.TrimSpace(attrs[i].value)
		}
		return ""
	}
	rel := strings.Fields(strings.ToLower(get("rel")))
	sources := loads[tag]
	switch {
	case tag == "style":
		h.report("host-html/style", start, end)
		return
	case tag == "script" && get("src") == "" && !isData(get("type")):
		h.report("host-html/script", start, end)
	case slices.Contains(framed, tag):
		h.report("host-html/frame", start, end, "name", tag)
		return
	case tag == "base":
		h.report("host-html/base", start, end)
		return
	case tag == "link" && slices.Contains(rel, "manifest"):
		h.report("host-html/frame", start, end, "name", "link rel=manifest")
		return
	case tag == "link" && (slices.Contains(rel, "stylesheet") || slices.ContainsFunc(rel, func(r string) bool { return strings.Contains(r, "icon") })):
		sources = []string{"href"}
	}
	for _, a := range attrs {
		value := strings.TrimSpace(a.value)
		switch {
		case a.name == "style":
			h.report("host-html/style", a.start, a.end)
		case strings.HasPrefix(a.name, "on") && len(a.name) > 2:
			h.report("host-html/event", a.start, a.end, "name", a.name)
		case strings.HasPrefix(strings.ToLower(value), "javascript:"):
			h.report("host-html/script", a.start, a.end)
		case a.name == "srcset" && slices.Contains(sources, a.name):
			for candidate := range strings.SplitSeq(value, ",") {
				if fields := strings.Fields(candidate); len(fields) > 0 && h.address(fields[0], true, a) {
					break
				}
			}
		case slices.Contains(sources, a.name):
			h.address(value, true, a)
		case slices.Contains([]string{"href", "action", "src"}, a.name):
			h.address(value, false, a)
		}
	}
}

// isData reports whether a script element with this type attribute holds data,
// such as JSON, which browsers do not run.
func isData(kind string) bool {
	kind = strings.ToLower(kind)
	return kind != "" && kind != "module" && kind != "importmap" && !strings.Contains(kind, "javascript") && !strings.Contains(kind, "ecmascript")
}

// address reports an address that cannot work: a relative one, which would mean
// another file on every page, or, if the browser loads from it (asked), one on
// another host, which the policy refuses. The result is whether it was reported.
func (h *host) address(text string, asked bool, a attribute) bool {
	if text == "" || strings.HasPrefix(text, "#") {
		return false
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return false // browsers read even malformed addresses, so it is no fault for sure
	case u.Scheme == "" && u.Host == "" && !strings.HasPrefix(text, "/"):
		h.report("host-html/relative", a.start, a.end, "text", text)
	case !asked || u.Scheme == "" && u.Host == "":
		return false
	case h.base == "":
		h.report("host-html/unknown", a.start, a.end, "text", text)
	case !h.own(u):
		h.report("host-html/foreign", a.start, a.end, "text", text)
	default:
		return false
	}
	return true
}

// own reports whether an address lies on the site's own host, so that the
// policy's 'self' allows it.
func (h *host) own(u *url.URL) bool {
	base, err := url.Parse(h.base)
	return err == nil && strings.EqualFold(u.Host, base.Host) &&
		(u.Scheme == "" || u.Scheme == base.Scheme || u.Scheme == "https" && base.Scheme == "http")
}

func (h *host) report(key string, start, end int, args ...any) {
	h.reached = h.reached.to(h.data, start)
	last := h.reached.to(h.data, end)
	span := source.At(h.reached.line, h.reached.column)
	span.EndLine, span.EndColumn = int32(last.line), int32(last.column)
	h.diags = append(h.diags, diag.New(key, span.In(h.file), args...))
}
