// Package office finds what an office document or PDF holds besides what it
// shows: the names of authors, tracked changes, comments, and hidden text, sheets,
// rows and columns. Whoever publishes the file publishes these too.
//
// The package only lists what it finds; the callers decide what to report. A
// part that cannot be read is listed as Unread. The cost of a file is bounded: at
// most maxInflated bytes of it are unpacked, and each is scanned once.
package office

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
)

// Kind is a kind of content that a document holds without showing it.
type Kind string

// The kinds, in the order in which Traces returns them.
const (
	Author     Kind = "author"     // names of people
	Changes    Kind = "changes"    // insertions and deletions that are still marked
	Comments   Kind = "comments"   // remarks beside the text
	Text       Kind = "text"       // pieces of hidden text
	Sheets     Kind = "sheets"     // hidden sheets, by name
	Rows       Kind = "rows"       // hidden rows with something in them
	Columns    Kind = "columns"    // hidden columns with something in them
	Properties Kind = "properties" // custom properties of the file, by name
	Unread     Kind = "unread"     // a part that could not be looked through, by name
)

var kinds = []Kind{Author, Changes, Comments, Text, Sheets, Rows, Columns, Properties, Unread}

// Trace is what was found of one kind in a file.
type Trace struct {
	Kind  Kind
	Count int      // how many, or 0 where only names are known
	Names []string // sorted, each once, at most mostNames
}

const (
	mostNames   = 5
	maxEntries  = 2_000
	maxInflated = 64 << 20 // bytes of all parts that are looked at
	maxPart     = 32 << 20 // bytes of one of them
)

// Traces scans the bytes of a file of the kind "docx", "xlsx", "ofd" or "pdf". For
// any other kind it returns nil.
func Traces(kind string, data []byte) []Trace {
	c := &collector{found: map[Kind]*Trace{}}
	switch kind {
	case "docx", "xlsx", "ofd":
		c.zip(kind, data)
	case "pdf":
		c.pdf(data)
	}
	var list []Trace
	for _, k := range kinds {
		if t := c.found[k]; t != nil {
			slices.Sort(t.Names)
			t.Names = slices.Compact(t.Names)
			t.Names = t.Names[:min(len(t.Names), mostNames)]
			list = append(list, *t)
		}
	}
	return list
}

type collector struct {
	found  map[Kind]*Trace
	left   int64 // bytes that may still be unpacked
	styles map[string]bool
}

func (c *collector) of(k Kind) *Trace {
	if c.found[k] == nil {
		c.found[k] = &Trace{Kind: k}
	}
	return c.found[k]
}

// count adds n to the count of a kind.
func (c *collector) count(k Kind, n int) {
	if n > 0 {
		c.of(k).Count += n
	}
}

// name adds a name to a kind, unless it is empty. The list is kept short, because
// a file could hold a million names.
func (c *collector) name(k Kind, name string) {
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > 40 {
		name = string(r[:40]) + "…"
	}
	t := &Trace{}
	if name != "" {
		t = c.of(k)
	}
	if name != "" && len(t.Names) < 4*mostNames && !slices.Contains(t.Names, name) {
		t.Names = append(t.Names, name)
	}
}

func (c *collector) zip(kind string, data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxEntries {
		c.name(Unread, "zip")
		return
	}
	c.left = maxInflated
	// Styles come first: they say which text is hidden.
	slices.SortStableFunc(z.File, func(a, b *zip.File) int { return order(a.Name) - order(b.Name) })
	for _, f := range z.File {
		look := c.look(kind, strings.TrimPrefix(strings.ToLower(f.Name), "/"))
		if look == nil {
			continue
		}
		part, ok := c.open(f)
		if !ok {
			c.name(Unread, f.Name)
			continue
		}
		look(part)
	}
}

func order(name string) int {
	if strings.EqualFold(name, "word/styles.xml") {
		return 0
	}
	return 1
}

// look returns the function that scans the part of a document with a name, or nil
// if the part is of no interest.
func (c *collector) look(kind, name string) func(part []byte) {
	base := name[strings.LastIndexByte(name, '/')+1:]
	switch {
	case !strings.HasSuffix(name, ".xml"):
		return nil
	case name == "docprops/core.xml":
		return c.core
	case name == "docprops/app.xml":
		return c.app
	case name == "docprops/custom.xml":
		return c.custom
	case kind == "ofd" && name == "ofd.xml":
		return c.ofd
	case kind == "ofd" && strings.Contains(name, "annot"):
		return c.elements(Comments, "Annot")
	case kind == "docx" && strings.HasPrefix(base, "comments") && !strings.HasPrefix(base, "commentsids") && !strings.HasPrefix(base, "commentsext"):
		return c.comments
	case base == "people.xml":
		return c.people
	case kind == "docx" && base == "styles.xml":
		return c.hiddenStyles
	case kind == "docx" && strings.HasPrefix(name, "word/") &&
		(strings.HasPrefix(base, "document") || strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer") ||
			strings.HasPrefix(base, "footnotes") || strings.HasPrefix(base, "endnotes")):
		return c.text
	case kind == "xlsx" && base == "workbook.xml":
		return c.workbook
	case kind == "xlsx" && strings.HasPrefix(name, "xl/worksheets/"):
		return c.sheet
	case kind == "xlsx" && (strings.HasPrefix(base, "comments") || strings.HasPrefix(name, "xl/threadedcomments/")):
		return c.comments
	case kind == "xlsx" && strings.HasPrefix(name, "xl/persons/"):
		return c.people
	case kind == "xlsx" && strings.HasPrefix(base, "revisionlog"):
		return c.revisions
	}
	return nil
}

// open unpacks a part. It counts the bytes that come out, because the size in a
// zip's header may be false.
func (c *collector) open(f *zip.File) ([]byte, bool) {
	r, err := f.Open()
	if err != nil {
		return nil, false
	}
	defer r.Close()
	limit := min(maxPart, c.left)
	var b bytes.Buffer
	b.Grow(int(min(f.UncompressedSize64, uint64(limit), 1<<20)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(r, limit+1))
	c.left = max(0, c.left-n)
	if err != nil || n > limit || n >= 2 && (b.Bytes()[0] >= 0xfe || b.Bytes()[0] == 0 || b.Bytes()[1] == 0) {
		return nil, false // the first bytes of UTF-16: office programs do not write it, and scan cannot read it
	}
	return b.Bytes(), true
}
