package verify

import "strconv"

// What is the kind of a finding.
type What string

// The kinds of findings.
const (
	Missing   What = "missing"   // a file is not there
	Malformed What = "malformed" // a file is not what it should be
	Signature What = "signature" // the signature is not by the key, or of another text
	Tree      What = "tree"      // a tile is not of the tree of the checkpoint
	Origin    What = "origin"    // the older checkpoint is of another site: Was, Is
	History   What = "history"   // the tree does not continue the older checkpoint
	Line      What = "line"      // a line is not that of the tree: Was is its number
	Uncovered What = "uncovered" // Was lines of the tree stand in no record, the first is Is
	Bytes     What = "bytes"     // a file is not as it was written
	Extra     What = "extra"     // a file that the site does not have
	Moved     What = "moved"     // lines of another agency, which did not move here: Was
	Cell      What = "cell"      // a figure: Was in the record, Is in the file
	Title     What = "title"
	Published What = "published"
	Text      What = "text"
	Announced What = "announced" // as Cell, but the site announces a correction that no release has
	Rewritten What = "rewritten" // the text that the site publishes is not that of the last release
	Withdrawn What = "withdrawn" // a page that does not say that its report was withdrawn, or data of one
	Note      What = "note"      // a note to a cell that the page does not have
	Attached  What = "attached"  // an attachment is not that of the record
)

// Finding is something that is not as the record has it.
type Finding struct {
	What What   `json:"what"`
	File string `json:"file"`
	Cell string `json:"cell,omitempty"`
	Was  string `json:"was,omitempty"` // in the record
	Is   string `json:"is,omitempty"`  // in the file
}

func size(n int64) string { return strconv.FormatInt(n, 10) }
