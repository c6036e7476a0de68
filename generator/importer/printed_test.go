package importer

import (
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/generator/diag"
	"annals/generator/importer/draft"
	"annals/generator/lang"
)

// reportBlocks returns the blocks of the report in testdata, changed by change.
func reportBlocks(t testing.TB, change func(*draft.Cell)) []draft.Block {
	data, err := os.ReadFile("testdata/reports/official.html")
	if err != nil {
		t.Fatal(err)
	}
	d, _ := draft.Read("official.html", data)
	for _, b := range d.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, row := range b.Grid.Rows {
			for i := range row {
				change(&row[i])
			}
		}
	}
	return d.Blocks
}

func onPaper(blocks []draft.Block, s paperStyle) []byte {
	p := newPaper(s)
	for _, b := range blocks {
		switch {
		case b.Grid != nil:
			p.grid(b.Grid)
		case b.Paragraph.Role == draft.Body:
			p.paragraph(b.Paragraph.Text)
		}
	}
	return p.file()
}

// TestPrinted prints the report in many ways, with blank cells and with signs for
// no number, and imports the PDF: each cell has what was printed, or a diagnostic
// tells that it was not read. Few are not.
func TestPrinted(t *testing.T) {
	forms := loadForms(t)
	number := regexp.MustCompile(`^[0-9.]+$`)
	seen, right := 0, 0
	for seed := range 24 {
		rng := rand.New(rand.NewSource(int64(seed)))
		s := paperStyle{
			size: []float64{8, 9, 10.5, 12, 14}[rng.Intn(5)], borders: seed % 4, glyphs: rng.Intn(2) == 0, top: rng.Intn(2) == 0,
			split: rng.Intn(2) == 0, heads: []int{0, 0, 3}[rng.Intn(3)], turned: rng.Intn(4) == 0, margin: rng.Intn(2) == 0, openEdge: rng.Intn(5) == 0,
		}
		if s.heads > 0 {
			s.split = false
		}
		var printed []string
		blocks := reportBlocks(t, func(c *draft.Cell) {
			if !number.MatchString(c.Text) {
				return
			}
			switch rng.Intn(20) {
			case 0:
				c.Text = ""
			case 1:
				c.Text = "/"
			default:
				if len(c.Text) == 1 && c.Text != "0" {
					c.Text = strings.Repeat(c.Text, 1+rng.Intn(2))
				}
			}
			printed = append(printed, c.Text)
		})
		t.Run(fmt.Sprintf("%d %+v", seed, s), func(t *testing.T) {
			data := onPaper(blocks, s)
			if name := os.Getenv("ANNALS_TEST_PDF"); name != "" {
				os.WriteFile(fmt.Sprintf("%s%d.pdf", name, seed), data, 0o644)
			}
			res, diags := Import(Options{File: "printed.pdf", Data: data, Agencies: agencies, Forms: forms})
			if res == nil {
				t.Fatalf("not imported: %v", said(diags))
			}
			var got []string
			for _, f := range res.Account.Figures {
				if f.Found {
					got = append(got, f.Printed)
				} else {
					got = append(got, "?")
				}
			}
			if len(got) != len(printed) {
				t.Fatalf("%d cells, %d were printed", len(got), len(printed))
			}
			missing := 0
			for i, want := range printed {
				seen++
				switch got[i] {
				case want:
					right++
				case "?":
					missing++
				default:
					t.Errorf("%s is %q, %q was printed", res.Account.Figures[i].Cell.ID, got[i], want)
				}
			}
			if missing > 0 && diag.Errors(diags) == 0 {
				t.Errorf("%d cells are missing and nothing says so", missing)
			}
			if missing > 0 {
				t.Logf("%d missing: %v", missing, said(diags))
			}
		})
	}
	if right*1000 < seen*995 {
		t.Errorf("%d of %d cells", right, seen)
	}
}

func said(diags []diag.Diagnostic) (list []string) {
	for _, d := range diags {
		list = append(list, d.Message.In(lang.ZH))
	}
	slices.Sort(list)
	return list
}
