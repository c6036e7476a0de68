package acceptance

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/lang"
)

// Two archives that differ in nothing but masked digits publish the same bytes,
// and record the same release: no page, index, file or hash depends on a digit, so
// that none can be found by trying. Nor does a diagnostic, or the line below it.
func TestMaskedDigitsAreNowhere(t *testing.T) {
	var sites, records, said []map[string]string
	for _, digits := range []string{"13800000000", "19912345678"} {
		dir := t.TempDir()
		start(t, dir)
		report := filepath.Join(dir, "content/agencies/anping/bureau-2/2024.md")
		// Each kind of text, and each way of writing a number.
		ways := strings.NewReplacer("{whole}", digits, "{dashes}", digits[:3]+"-"+digits[3:7]+"-"+digits[7:], "{spaces}", digits[:3]+" "+digits[3:7]+" "+digits[7:],
			"{bold}", digits[:3]+"**"+digits[3:7]+"**"+digits[7:], "{entity}", "1&#"+map[byte]string{'3': "51", '9': "57"}[digits[1]]+";"+digits[2:],
			"{wide}", strings.Map(func(r rune) rune { return r + 0xfee0 }, digits), "{age}", digits[9:])
		edit(t, report, "form: cn-2021\n", ways.Replace(`form: cn-2021
title: 办理人{whole}
redact:
  - {text: "***********", reason: 个人手机号}
  - {text: 年满**岁, reason: 年龄}
notes: [{cell: proactive.permits, note: 见{wide}}]
corrections: [{date: 2025-03-01, note: 删去{dashes}}]
`))
		edit(t, report, "图解偏少，下一年增加。\n", ways.Replace(`王某年满{age}岁，手机{dashes}、{bold}、{entity}、[{whole}](https://example.org/{whole} "{whole}")，<https://example.org/{whole}>，[见][1]。

### 表{whole}

| 姓名 | 手机 |
|---|---|
| 王某 | {spaces} |

`+"```\n{whole}\n```\n\n`{whole}`"+`，<b>{whole}</b>[^1]

[^1]: {whole}
[1]: https://example.org/{whole}
`))
		opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public")}
		res, err := generator.Release(t.Context(), opt, &generator.Publication{Date: "2026-01-31", Program: "annals"})
		if err != nil || !res.Published {
			t.Fatalf("%v %v", err, res.Diagnostics)
		}
		if len(res.Diagnostics) == 0 {
			t.Error("the tags of HTML are not reported, so that nothing is quoted")
		}
		sites = append(sites, files(t, opt.Out))
		records = append(records, files(t, filepath.Join(dir, "content/releases")))
		var messages bytes.Buffer
		if err := diag.WriteJSON(&messages, res.Diagnostics, lang.ZH); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(report)
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, map[string]string{"messages": messages.String(), "lines": string(content.Shown(report, text))})
	}
	for name, text := range sites[0] {
		if strings.Contains(text, "00000000") && strings.Contains(text, "王某") {
			t.Errorf("%s has the digits", name)
		}
	}
	for _, list := range [][]map[string]string{sites, records, said} {
		if diff := difference(list[0], list[1]); diff != "" {
			t.Error(diff)
		}
	}
}
