package importer

import (
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/form"
	"annals/generator/lang"
)

// TestEnglishDocument: a report in English is read with the data of the language
// that its form names, although there are Chinese forms for the same years.
func TestEnglishDocument(t *testing.T) {
	const own = `id: returns
title: Annual return on requests
official: Guidance Note 7
report_title: '{agency}: return for {year}'
years: 2019-
sections: [{id: summary, number: 1, label: Summary}, {id: cases, number: 2, label: Requests, table: cases}, {id: remarks, number: 3, label: Remarks}]
tables:
  - id: cases
    columns: [{id: online, label: Online}, {id: postal, label: By post}, {id: overall, label: Overall}]
    rows: [{id: received, label: Received}, {id: released, label: Released}, {id: withheld, label: Withheld}]
`
	const document = "Port Office annual return 2023\n\n1. Summary\n\nA quiet year.\n\n2. Requests\n\n" +
		"\tOnline\tBy post\tOverall\nReceived\t5\t2\t7\nReleased\t2\tN/A\t3\nWithheld\t1 (one pending)\t0\t1\n\nPage 1 of 2\n\n3. Remarks\n\nNone worth telling.\n\nPort Office, 2024-02-01\n"
	forms, diags := form.Load(fstest.MapFS{"content/forms/own.yaml": {Data: []byte(own)}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	res, found := Import(Options{File: "a.txt", Data: []byte(document), Agencies: []Agency{{Path: "port", Name: "Port Office"}}, Forms: forms})
	if res == nil {
		t.Fatal(found)
	}
	text := string(res.Report)
	for _, want := range []string{
		"form: returns\n", "title: \"Port Office annual return 2023\"\n", "published: 2024-02-01\n", "received: [5, 2, 7]", `released: [2, "N/A", 3]`,
		"withheld: [1, 0, 1]", "## Summary\n\nA quiet year.", "## Remarks\n\nNone worth telling.", "As printed: 1 (one pending)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	for _, never := range []string{"Page 1", "##  ", "Port Office, 2024"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in\n%s", never, text)
		}
	}
	for _, d := range found {
		if d.Severity == 0 {
			t.Errorf("%s: %s", d.Rule, d.Message.In(lang.EN))
		}
	}
}
