package importer

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"annals/generator/importer/draft"
)

// written is a PDF with what write prints on its first page.
func written(write func(p *paper)) []byte {
	p := newPaper(paperStyle{size: 12})
	write(p)
	return p.file()
}

// TestPDFKinds: what stands on a page in another way than as plain text is not read
// as plain text, and is told.
func TestPDFKinds(t *testing.T) {
	table := func(p *paper, cell func(x, y float64)) {
		p.paragraph("青禾县水务局2024年政府信息公开工作年度报告")
		y := p.y - 20
		for i, label := range []string{"信息内容", "行政许可", "行政处罚"} {
			p.text(70, y-float64(20*i)-14, 12, label)
		}
		p.text(270, y-14, 12, "本年处理决定数量")
		p.text(270, y-54, 12, "7")
		cell(270, y-34)
		for i := range 4 {
			p.rule(62, y-float64(20*i), 500, y-float64(20*i))
		}
		for _, x := range []float64{62, 260, 500} {
			p.rule(x, y-60, x, y)
		}
		p.y = y - 80
	}
	for _, c := range []struct {
		name  string
		write func(p *paper)
		cell  string // of 行政许可
		role  draft.Role
		text  string // that stands in a paragraph of the role
	}{
		{"plain", func(p *paper) { table(p, func(x, y float64) { p.text(x, y, 12, "58") }) }, "58", draft.Body, "年度报告"},
		{"struck", func(p *paper) {
			table(p, func(x, y float64) {
				p.text(x, y, 12, "58")
				p.rule(x-1, y+4, x+13, y+4)
			})
		}, "", draft.Struck, "58"},
		{"struck-part", func(p *paper) {
			table(p, func(x, y float64) {
				p.text(x, y, 12, "58")
				p.rule(x-1, y+4, x+6, y+4)
			})
		}, "8", draft.Struck, "5"},
		{"raised", func(p *paper) {
			table(p, func(x, y float64) {
				p.text(x, y, 12, "12")
				p.text(x+12, y+5, 7, "1")
			})
		}, "12[1]", draft.Body, "年度报告"},
		{"aslant", func(p *paper) {
			table(p, func(x, y float64) {
				p.text(x, y, 12, "58")
				fmt.Fprintf(p.out(), "BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 %.2f Tm <68376587> Tj ET\n", y-40)
			})
		}, "58", draft.Hidden, "样"},
		{"unseen", func(p *paper) {
			table(p, func(x, y float64) {
				p.text(x, y, 12, "58")
				fmt.Fprintf(p.out(), "BT 3 Tr /F 12 Tf %.2f %.2f Td <0039> Tj 0 Tr ET\n", x+40, y)
			})
		}, "58", draft.Hidden, "9"},
		{"two-lines", func(p *paper) {
			table(p, func(x, y float64) {
				p.text(x, y+1, 8, "5")
				p.text(x, y-6, 8, "8")
			})
		}, "5\n8", draft.Body, "年度报告"},
		{"radical", func(p *paper) {
			table(p, func(x, y float64) { p.text(x, y, 12, "58") })
			p.paragraph("⽔务⻅⺠")
		}, "58", draft.Body, "水务见民"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, diags := draft.Read("report.pdf", written(c.write))
			if d == nil {
				t.Fatalf("not read: %v", said(diags))
			}
			cell, texts := "?", ""
			for _, b := range d.Blocks {
				if b.Grid != nil {
					cell = b.Grid.Rows[1][1].Text
				} else if b.Paragraph.Role == c.role {
					texts += b.Paragraph.Text + "\n"
				}
			}
			if cell != c.cell {
				t.Errorf("the cell is %q, want %q", cell, c.cell)
			}
			if !strings.Contains(texts, c.text) {
				t.Errorf("%q is not in the paragraphs of role %d: %q", c.text, c.role, texts)
			}
		})
	}
}

// TestScans: a page that is a picture has no text. That of a machine that read the
// picture is taken, and it is said that it may be wrong.
func TestScans(t *testing.T) {
	picture := "q 400 0 0 600 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
	_, diags := draft.Read("scan.pdf", written(func(p *paper) { p.out().WriteString(picture) }))
	if len(diags) != 1 || variant(t, diags[0]) != "pdf-scan" {
		t.Errorf("a scan: %v", said(diags))
	}
	d, diags := draft.Read("scan.pdf", written(func(p *paper) {
		p.out().WriteString(picture + "BT 3 Tr ET\n")
		p.paragraph("青禾县水务局2024年政府信息公开工作年度报告")
	}))
	if d == nil || len(d.Blocks) == 0 || len(diags) != 1 || !strings.Contains(diags[0].Message.EN, "a machine read") {
		t.Errorf("a scan with text: %v", said(diags))
	}
	d, diags = draft.Read("scan.pdf", written(func(p *paper) {
		p.paragraph("青禾县水务局2024年政府信息公开工作年度报告")
		p.newPage()
		p.out().WriteString(picture)
	}))
	if d == nil || d.Pictures != 1 || len(diags) != 1 || !strings.Contains(diags[0].Message.EN, "page 2 is a scanned picture") {
		t.Errorf("a scan behind a page with text: %v", said(diags))
	}
}

// TestSamePDF: the same file gives the same report, also after another one was read.
func TestSamePDF(t *testing.T) {
	forms := loadForms(t)
	data := onPaper(reportBlocks(t, func(*draft.Cell) {}), paperStyle{size: 10.5})
	var first []byte
	for range 3 {
		res, diags := Import(Options{File: "report.pdf", Data: data, Agencies: agencies, Forms: forms})
		if res == nil {
			t.Fatalf("not imported: %v", said(diags))
		}
		if first == nil {
			first = res.Report
		}
		if !bytes.Equal(res.Report, first) {
			t.Fatalf("now it is\n%s\nwas\n%s", res.Report, first)
		}
		draft.Read("scan.pdf", []byte("%PDF-1.7 and nothing else"))
	}
}
