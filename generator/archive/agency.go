package archive

import (
	"slices"
	"strings"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/source"
)

// ReadAgency makes an agency of the front matter of an _index.md. Faults are
// returned as diagnostics; the agency has everything that could be read, so that
// its reports are still checked.
func ReadAgency(path string, doc *content.Document) (*Agency, []diag.Diagnostic) {
	a := &Agency{Path: path, File: doc.File, Body: doc.Body, Name: path, Kind: Department, NameSpan: source.At(1, 1)}
	if doc.Body != nil && len(doc.Body.Sections) == 0 {
		a.Body = nil
	}
	if doc.Front == nil {
		return a, nil
	}
	var found diag.Collector
	v := keys.Agency().Read(keys.Into(&found, doc.File), doc.Front, false)
	if n := v.Value("name"); n != nil {
		a.Name, a.NameSpan = v.Text("name"), n.Span
	}
	if kind := v.Text("kind"); kind != "" {
		a.Kind = Kind(kind)
	}
	a.Short, a.FormerNames = v.Text("short"), v.Texts("former_names")
	a.Aliases = readAliases(v, path)
	a.Since, a.Until = v.Year("since"), v.Year("until")
	if a.Since != 0 && a.Until != 0 && a.Since > a.Until {
		v.Fault("years", v.Value("until"))
	}
	if v.Value("rulemaking") != nil {
		a.Rulemaking = HasNot
		if v.Flag("rulemaking") {
			a.Rulemaking = Has
		}
	}
	for _, c := range v.Maps("contact") {
		a.Contact = Contact{
			Office: c.Text("office"), Address: c.Text("address"), Postcode: c.Text("postcode"), Phone: c.Text("phone"), Email: c.Text("email"),
		}
	}
	v.Close()
	p := personal{doc: doc, published: a.Contact.phones()}
	return a, append(found.List(), p.check()...)
}

// maxAliases is how many folders an agency can have been in: each of them is an
// address of every agency and report below it.
const maxAliases = 20

func readAliases(v *keys.Values, path string) (list []string) {
	for _, old := range v.Texts("aliases") {
		switch old = strings.Trim(old, "/"); {
		case old == path || !content.ValidAgency(old):
			v.Fault("alias", v.Value("aliases"), "text", old)
		case !slices.Contains(list, old):
			list = append(list, old)
		}
	}
	if len(list) > maxAliases {
		v.Fault("aliases", v.Value("aliases"), "n", len(list), "limit", maxAliases)
		return nil
	}
	return list
}
