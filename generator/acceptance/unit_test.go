package acceptance

import (
	"slices"
	"strings"
	"testing"

	"annals/generator/explain"
)

// TestUnitSlipIsToldOnce: an amount in the wrong unit is told by last year's figure,
// or by what the text says, and by both once; not as another number of the text too.
func TestUnitSlipIsToldOnce(t *testing.T) {
	const file = "content/agencies/anping/government/culture-tourism/2024.md"
	const last = "content/agencies/anping/government/culture-tourism/2023/index.md"
	for _, c := range []struct {
		name, before, now, says string
		want                    []string
	}{
		{"by last year's figure", "12.5", "125000", "图解偏少", []string{"unit-slip"}},
		{"by the text", "0", "125000", "全年行政事业性收费12.5万元", []string{"unit-slip"}},
		{"by both", "12.5", "125000", "全年行政事业性收费12.5万元", []string{"unit-slip"}},
		{"another number", "12.5", "13.5", "全年行政事业性收费12.5万元", []string{"text-table"}},
		{"no fault", "12.5", "13.5", "全年行政事业性收费13.5万元", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := explain.Base()
			files[last] = strings.Replace(files[last], "fees: 0", "fees: "+c.before, 1)
			files[file] = strings.Replace(files[file], "fees: 0", "fees: "+c.now, 1)
			files[file] = strings.Replace(files[file], "本机关2024年", c.says+"。本机关2024年", 1)
			var got []string
			for _, d := range checkFiles(t, files, explain.Example{}) {
				if d.Rule != "rollup" { // the government's own is less
					got = append(got, d.Rule)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}
