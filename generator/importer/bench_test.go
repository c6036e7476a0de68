package importer

import (
	"os"
	"testing"
)

func BenchmarkImport(b *testing.B) {
	forms := loadForms(b)
	for _, name := range []string{"official.html", "lo.docx", "one-per-line.txt"} {
		data, err := os.ReadFile("testdata/reports/" + name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Import(Options{File: name, Data: data, Agencies: agencies, Forms: forms})
			}
		})
	}
}
