//go:build unix

package cost

import (
	"os"
	"strings"
	"sync"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/check"
	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/form"
	"annals/generator/format"
	"annals/generator/importer"
	"annals/generator/lang"
)

// A kind is a kind of file of an archive, or of documents that are imported.
type kind struct {
	name       string
	head, tail string // the text of the file before and after the shape
	shapes     []shape
	read       func(string) // reads the text, without a disk
}

// right is a report without mistakes.
var right = sync.OnceValue(func() string {
	data, err := os.ReadFile("../../check/testdata/2024.md")
	if err != nil {
		panic(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
})

func kinds() []kind {
	const report = "content/agencies/a/2024.md"
	forms, _ := form.Load(fstest.MapFS{})
	front, _, _ := strings.Cut(right()[4:], "\n---\n")
	front = "---\n" + front + "\n"
	a := &archive.Agency{Path: "a", Name: "甲局", Kind: archive.Department}
	reads := func(text string) {
		if doc, _ := content.ParseDocument(report, []byte(text)); doc != nil {
			if r, found := archive.ReadReport(a, 2024, doc, nil, forms, lang.ZH); r != nil {
				more, _ := check.Years([]*archive.Report{r})
				check.Accept(r, append(found, more...))
			}
		}
		format.Source(report, []byte(text), forms, format.Options{Fill: true})
	}
	imports := func(name string) func(string) {
		return func(text string) {
			importer.Import(importer.Options{File: name, Data: []byte(text), Forms: forms, Agency: "a", Year: 2024, Agencies: []importer.Agency{{Path: "a", Name: "甲局"}}})
		}
	}
	agencies := func(text string) {
		if doc, _ := content.ParseDocument("content/agencies/a/_index.md", []byte(text)); doc != nil {
			archive.ReadAgency("a", doc)
		}
	}
	const title = "甲局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
	return []kind{
		{"body", right(), "", markdown, reads},
		{"front", "---\n", "---\n", yaml, reads},
		{"tables", front, "---\n", yaml, reads},
		{"agency", "---\nname: 甲局\nkind: department\n", "---\n", yaml, agencies},
		{"settings", "", "", yaml, func(text string) {
			config.Load(fstest.MapFS{config.File: {Data: []byte(text)}})
		}},
		{"form", "", "", yaml, func(text string) {
			form.Load(fstest.MapFS{form.Folder + "/f.yaml": {Data: []byte(text)}})
		}},
		{"text", title, "", code, imports("x.txt")},
		{"sheet", title, "", code, imports("x.csv")},
		{"web page", title, "", code, imports("x.html")},
	}
}
