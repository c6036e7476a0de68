//go:build unix

package importer_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"annals/generator/beneath"
	"annals/generator/importer"
)

// TestReportComesLast: the report is written after the original, because it
// refers to it.
func TestReportComesLast(t *testing.T) {
	dir := newArchive(t)
	doc := filepath.Join(t.TempDir(), "zz.docx")
	put(t, doc, read(t, "testdata/reports/lo.docx"))
	var order []string
	restore := beneath.Intercept(func(op, path string) error {
		if op == "link" {
			order = append(order, filepath.Base(path))
		}
		return nil
	})
	run(t, importer.Batch{Root: dir, Paths: []string{doc}, Agency: "qinghe/water", Year: 2024})
	restore()
	if got := strings.Join(order, " "); got != "original.docx index.md" {
		t.Errorf("written were %s", got)
	}
}

// TestPipeIsNoDocument: a named pipe is refused and not read, because reading
// it could block for ever.
func TestPipeIsNoDocument(t *testing.T) {
	dir := newArchive(t)
	pipe := filepath.Join(t.TempDir(), "a.docx")
	if err := unix.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	list := run(t, importer.Batch{Root: dir, Paths: []string{pipe}, Agency: "qinghe/water", Year: 2024})
	if len(list) != 1 || rules(list[0].Diags) != "import-file" || list[0].File != "" {
		t.Errorf("%+v", list)
	}
}
