package archive

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"annals/generator/content"
	"annals/generator/form"
)

// What was read of a document stays when its memory becomes the next one's:
// in the archive, and in what was told.
func TestNothingOfADocumentIsKept(t *testing.T) {
	front := func(i int) string {
		return fmt.Sprintf(`---
title: 报告%[1]d
published: 2025-01-%02[1]d
source: {url: "https://example.cn/%[1]d"}
accept:
  - {rule: rule-%[1]d, cell: requests.new.total, reason: 原因%[1]d}
notes:
  - {cell: requests.new.total, note: 说明%[1]d}
corrections:
  - {date: 2025-02-%02[1]d, cell: requests.new.total, was: %[1]d, note: 更正%[1]d}
key%[1]d: [%[1]d]
requests:
  new: [%[1]d, x%[1]d, 0, 0, 0, 0, %[1]d]
  row%[1]d: 1
---
`, i)
	}
	files := fstest.MapFS{}
	name := func(i int) string { return fmt.Sprintf("content/agencies/a/20%02d.md", i) }
	for i := 21; i < 26; i++ {
		files[name(i)] = &fstest.MapFile{Data: []byte(front(i))}
	}
	forms, _ := form.Load(fstest.MapFS{})
	state := func(i int) string {
		doc, _ := content.ReadDocument(files, name(i))
		r, found := ReadReport(&Agency{Name: "甲"}, 2024, doc, nil, forms)
		if doc.Front != nil || r == nil || len(found) < 5 {
			t.Fatalf("%s: %v, %v", name(i), r, found)
		}
		said := func() string {
			return fmt.Sprint(r.Title, r.Published, r.Source, r.Accepts, r.Notes, r.Corrections, r.Facts, r.Rows, found)
		}
		first := said()
		for k := 21; k < 26; k++ {
			other, _ := content.ReadDocument(files, name(k))
			ReadReport(&Agency{}, 2024, other, nil, forms)
		}
		if diff := cmp.Diff(first, said()); diff != "" {
			t.Errorf("%s changes when others are read:\n%s", name(i), diff)
		}
		return first
	}
	for i := 21; i < 26; i++ {
		if first, again := state(i), state(i); first != again {
			t.Errorf("%s: %s, then %s", name(i), first, again)
		}
	}
}
