package acceptance

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"annals/generator/explain"
	"annals/generator/format"
)

// Each number of a report without mistakes is changed in turn. check --fix must
// either restore the report or leave it as it is.
func TestFixesAreCertain(t *testing.T) {
	const file = "content/agencies/anping/government/2024.md"
	was := explain.Base()[file]
	front, _, _ := strings.Cut(was[4:], "\n---\n")
	numbers := regexp.MustCompile(`[\[ ](\d+)[],\n]`).FindAllStringSubmatchIndex(front, -1)
	restored, left := 0, 0
	for n := 0; n < len(numbers); n += 3 {
		from, to := numbers[n][2]+4, numbers[n][3]+4
		value, err := strconv.Atoi(was[from:to])
		if err != nil {
			t.Fatal(err)
		}
		files := explain.Base()
		files[file] = was[:from] + strconv.Itoa(value+7) + was[to:]
		fixes := format.Fixes(checkFiles(t, files, explain.Example{}))
		for name, list := range fixes {
			if name != file {
				t.Errorf("%s is changed for a number in %s", name, file)
			}
			out, _ := format.Fix([]byte(files[name]), list)
			switch string(out) {
			case was:
				restored++
			case files[name]:
				left++
			default:
				t.Errorf("%q made %d became\n%s", was[from:to], value+7, out)
			}
		}
		if len(fixes) == 0 {
			left++
		}
	}
	if restored < 5 || left < 5 {
		t.Errorf("%d numbers came back, %d were left: the test proves nothing", restored, left)
	}
}
