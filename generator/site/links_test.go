package site_test

import (
	"testing"
	"testing/fstest"

	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/testdata/sitetest"
)

func TestDeadLinks(t *testing.T) {
	forms, _ := form.Load(fstest.MapFS{})
	fsys := sitetest.Rich(forms)
	fsys["content/links.md"] = &fstest.MapFile{Data: []byte(`---
title: 链接
---

## 一节

[好](about.md) [好](agencies/x/gov/_index.md) [好](agencies/x/gov/) [好](agencies/x/gov/2022.md#requests.new.total)
[好](agencies/x/gov/2022.md#part-overview) [好](agencies/x/gov/2022.md#part-preface) [好](agencies/x/gov/2022.md#c-主动公开-2) [好](agencies/x/gov/2023/original.pdf)
[好](#c-一节) [好](https://example.org/) [好](agencies/x/gov/2022.md#requests.new) [好](agencies/x/gov/2023/index.md)
[坏](nothing.md) [坏](agencies/x/gov/1999.md) [坏](agencies/y/_index.md) [坏](agencies/x/gov/2022.md#requests.new.nobody)
[坏](agencies/x/gov/2022.md#main-content) [坏](#c-别处) [坏](agencies/x/gov/2023/other.pdf) [坏](about.md#x)
[坏](agencies/x/gov/2022.md#c-总体情况)
[好](years/2022/) [好](years/) [好](coverage/x/) [好](years/2022/x/gov/) [好](rules/) [好](data/) [好](./)
[坏](years/1999/) [坏](coverage/x/gov/a/) [坏](years/2022/y/) [坏](data/2022/) [坏](coverage/2.html) [坏](404.html) [坏](rules/#x)
`)}
	x := sitetest.Load(t, fsys)
	l := site.Links{Archive: x.Archive, Free: x.Free,
		Has: func(file string) bool { return fsys[file] != nil },
		Read: func(file string) *content.Body {
			if fsys[file] == nil {
				return nil
			}
			doc, _ := content.ReadDocument(fsys, file)
			return doc.Body
		}}
	var refs []site.Ref
	for _, f := range x.Free {
		refs = append(refs, site.Refs(f.Body)...)
	}
	for _, a := range x.Agencies {
		refs = append(refs, site.Refs(a.Agency.Body)...)
		for _, r := range a.Reports {
			refs = append(refs, site.Refs(r.Body)...)
		}
	}
	dead := l.Dead(refs)
	var lines []int32
	for _, d := range dead {
		if d.Place.File != "content/links.md" {
			t.Errorf("%s:%d: %s", d.Place.File, d.Place.Line, d.Message.EN)
			continue
		}
		lines = append(lines, d.Place.Line)
	}
	want := []int32{10, 10, 10, 10, 11, 11, 11, 11, 12, 14, 14, 14, 14, 14, 14, 14}
	if len(lines) != len(want) {
		t.Fatalf("dead links on lines %v, want %v: %v", lines, want, dead)
	}
	for i := range want {
		if lines[i] != want[i] {
			t.Errorf("dead link %d is on line %d, want %d", i, lines[i], want[i])
		}
	}
}
