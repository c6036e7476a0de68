package archive

import (
	"slices"
	"strings"

	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/privacy"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// personal looks for the personal numbers of a document that will be published. A
// finding cannot be accepted; the digits are taken out, or masked by the key redact,
// which has been done before. Mobile numbers that are an agency's contact, or stand
// in its contact or in a preface, are meant to be published.
type personal struct {
	doc       *content.Document
	published []string              // mobile numbers in the agency's contact
	own       func(key string) bool // a key of the front matter that holds figures
	found     []diag.Diagnostic
}

// contactKey is the key of an agency below which its telephones stand.
const contactKey = "contact"

// check looks through the whole document.
func (p *personal) check() []diag.Diagnostic {
	for i := range p.doc.Front.Items {
		if n := &p.doc.Front.Items[i]; p.own == nil || !p.own(n.Key) {
			p.front(n, n.Key == contactKey)
		}
	}
	body := p.doc.Body
	first := int32(0) // the line of the first heading
	for _, s := range body.Sections {
		if s.Heading != "" {
			first = s.Span.Line
			break
		}
	}
	for _, n := range privacy.Find(body.Source[body.Start:]) {
		at := body.Span(body.Start+n.Start, body.Start+n.End)
		p.add(n, at, at.Line < first)
	}
	return p.found
}

// front looks through a value of the front matter and all below it.
func (p *personal) front(n *yamlpos.Node, contact bool) {
	if n.Kind == yamlpos.Scalar {
		for _, x := range privacy.Find([]byte(n.Text)) {
			p.add(x, n.Span, contact)
		}
	}
	for i := range n.Items {
		p.front(&n.Items[i], contact)
	}
}

// add reports a number, unless it is a telephone that stands where offices write theirs.
func (p *personal) add(n privacy.Number, at source.Span, office bool) {
	if n.Kind == privacy.Mobile && (office || slices.Contains(p.published, n.Digits[len(n.Digits)-mobileDigits:])) {
		return
	}
	d := diag.New("personal-data/"+string(n.Kind), at.In(p.doc.File), "n", strings.Count(n.Key, "*"), "key", n.Key)
	if n.Kind == privacy.Digits {
		d.Severity = diag.Warning
	}
	p.found = append(p.found, d)
}

// mobileDigits is how many digits a mobile number has, without what stands before it.
const mobileDigits = 11

// names looks for personal numbers in the names of a report's files.
func (p *personal) names(list []content.Attachment) {
	for i, a := range list {
		if !a.Kept && len(privacy.Find([]byte(a.Name))) > 0 {
			p.found = append(p.found, diag.New("personal-data/name", source.At(1, 1).In(p.doc.File), "n", i+1))
		}
	}
}

// phones lists the mobile numbers in a contact.
func (c *Contact) phones() (list []string) {
	for _, s := range [...]string{c.Office, c.Address, c.Phone} {
		for _, n := range privacy.Find([]byte(s)) {
			if n.Kind == privacy.Mobile {
				list = append(list, n.Digits[len(n.Digits)-mobileDigits:])
			}
		}
	}
	return list
}
