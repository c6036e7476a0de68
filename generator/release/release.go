// Package release is the record of what an archive has published: the files in
// content/releases, and the rules that hold the content against them.
//
// A release is a file NNNN-YYYY-MM-DD.jsonl, which is written once and never
// changed. Its first line is a header (Header); then comes a line for each
// report that is new or differs from its line before (State), for each report
// that was withdrawn, and for each agency that moved. A file of more than
// MaxFile bytes is continued in NNNN-YYYY-MM-DD.2.jsonl and so on.
//
// The rules are:
//
//   - Every file names the SHA-256 of the file before it, and holds its own
//     (Header.SHA256), so that a file that was changed, cut or left out is
//     noticed. Whoever can write may of course write the whole chain anew; git
//     and the copies that others hold prove the rest.
//   - Files are read once, in order and without holding them: of a line, the
//     record keeps where it stands and its hash (Record). A report whose line
//     would be the same again is compared by that hash alone.
//   - Values are named by the ids of their cells, so that a form may change the
//     order of its rows. A plain 0 is left out; a blank or a token never is.
package release

import (
	"fmt"
	"regexp"
	"strconv"
)

// Folder is where an archive keeps its releases.
const Folder = "content/releases"

// MaxFile is the size in bytes from which on a release is continued in another
// file: hosts of git refuse files of 50 MB or 100 MB.
const MaxFile = 40_000_000

// Header is the first line of a file.
type Header struct {
	Release  int               `json:"release"`
	Part     int               `json:"part,omitempty"` // from 2 on; the first file has none
	Date     string            `json:"date"`           // 2026-01-31
	Previous string            `json:"previous"`       // SHA-256 of the file before, "" for the first of all
	Program  string            `json:"program"`        // that wrote it
	Forms    map[string]string `json:"forms"`          // by id: SHA-256 of the form's file
	Rules    string            `json:"rules"`          // SHA-256 of the rules of the program
	SHA256   string            `json:"sha256"`         // of this file, with zeros in place of these 64 digits
}

// name is what the name of a file says.
type name struct {
	number, part int
	date         string
}

var names = regexp.MustCompile(`^(\d{4,})-(\d{4}-\d{2}-\d{2})(?:\.([2-9]|[1-9]\d+))?\.jsonl$`)

func parseName(base string) (n name, ok bool) {
	m := names.FindStringSubmatch(base)
	if m == nil {
		return n, false
	}
	n.number, _ = strconv.Atoi(m[1])
	n.date, n.part = m[2], 1
	if m[3] != "" {
		n.part, _ = strconv.Atoi(m[3])
	}
	return n, n.number > 0 && Number(n.number) == m[1]
}

// FileName is the name, in Folder, of a file of a release.
func FileName(number int, date string, part int) string {
	if part > 1 {
		return fmt.Sprintf("%s-%s.%d.jsonl", Number(number), date, part)
	}
	return fmt.Sprintf("%s-%s.jsonl", Number(number), date)
}

// Number writes the number of a release as file names do: 0001.
func Number(n int) string { return fmt.Sprintf("%04d", n) }
