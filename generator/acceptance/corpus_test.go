package acceptance

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// corpus is an invented archive: departments in counties of cities of provinces,
// each with a report a year, without mistakes in itself or against the year before.
// The same seed makes the same archive.
type corpus struct {
	files map[string]string // below the folder that holds content/
	last  []string          // of every agency the report of the last year
}

// applicants is the number of columns of the requests, without the total.
const applicants = 6

// outcomes are the rows of results below their groups.
var outcomes = []struct {
	group  string
	leaves []string
}{
	{"granted", nil},
	{"partly_granted", nil},
	{"refused", []string{"state_secret", "prohibited_by_law", "security_and_stability", "third_party_rights", "internal_affairs", "process_information", "enforcement_file", "administrative_query"}},
	{"unavailable", []string{"not_held", "needs_creation", "unclear_after_correction"}},
	{"not_processed", []string{"petition_or_complaint", "duplicate", "publication_requested", "excessive", "reconfirmation"}},
	{"other", []string{"not_corrected_in_time", "fee_unpaid_in_time", "other"}},
}

// makeCorpus makes agencies with a report for each of the years that end with 2024.
func makeCorpus(seed uint64, agencies, years int) *corpus {
	rng := rand.New(rand.NewPCG(seed, 0))
	c := &corpus{files: map[string]string{
		"content/site.yaml": "title: 政府信息公开年度报告档案\nbase_url: https://example.org/\nlanguage: zh-CN\n",
		"content/about.md":  "---\ntitle: 关于\n---\n\n本档案由程序编成。\n",
	}}
	const perCounty, perCity, perProvince = 5, 3, 2 // departments, counties, cities
	for i := range agencies {
		county := i / perCounty
		city := county / perCity
		province := city / perProvince
		dir := "content/agencies"
		for _, region := range []struct{ folder, name string }{
			{fmt.Sprintf("p%d", province), fmt.Sprintf("第%d省", province+1)},
			{fmt.Sprintf("c%d", city), fmt.Sprintf("第%d市", city+1)},
			{fmt.Sprintf("x%d", county), fmt.Sprintf("第%d县", county+1)},
		} {
			dir += "/" + region.folder
			c.files[dir+"/_index.md"] = "---\nname: " + region.name + "\nkind: region\n---\n"
		}
		dir += fmt.Sprintf("/d%d", i)
		name := fmt.Sprintf("第%d县第%d局", county+1, i+1)
		c.files[dir+"/_index.md"] = "---\nname: " + name + "\nkind: department\n---\n"
		made := maker{rng: rng, name: name, busy: []int{0, 1, 4, 20, 60}[rng.IntN(5)], inForce: rng.IntN(40), permits: rng.IntN(800)}
		for y := 2024 - years + 1; y <= 2024; y++ {
			file := dir + "/" + strconv.Itoa(y) + ".md"
			c.files[file] = made.report(y)
			if y == 2024 {
				c.last = append(c.last, file)
			}
		}
	}
	return c
}

// write writes the corpus to a folder, its files in random order.
func (c *corpus) write(t testing.TB, dir string, order *rand.Rand) {
	t.Helper()
	names := make([]string, 0, len(c.files))
	for name := range c.files {
		names = append(names, name)
	}
	slices.Sort(names)
	order.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), c.files[name])
	}
}

// maker makes an agency's reports, one year after the other.
type maker struct {
	rng     *rand.Rand
	name    string
	busy    int
	inForce int             // documents in force at the end of the last year
	permits int             // of a usual year
	open    [applicants]int // requests carried out of the last year
}

func (m *maker) report(year int) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	issued, repealed := m.rng.IntN(7), m.rng.IntN(3)
	repealed = min(repealed, m.inForce+issued)
	m.inForce += issued - repealed
	line("---\nform: cn-2021\npublished: %d-01-%02d", year+1, 5+m.rng.IntN(26))
	line("proactive:\n  regulations: [0, 0, 0]\n  normative_documents: [%d, %d, %d]", issued, repealed, m.inForce)
	line("  permits: %d\n  penalties: %d\n  enforcement: 0\n  fees: %s", m.permits+m.rng.IntN(100), m.rng.IntN(90), []string{"0", "12.5", "140.26"}[m.rng.IntN(3)])
	m.requests(line)
	line("reviews:")
	for _, kind := range []string{"reconsideration", "litigation_direct", "litigation_after_reconsideration"} {
		cells := make([]int, 4)
		for i := range cells {
			cells[i] = m.rng.IntN(3)
		}
		line("  %s: %s", kind, withTotal(cells))
	}
	line("---\n\n## 总体情况\n\n%d年，%s主动公开政府信息%d条，依申请公开、政府信息管理和平台建设各有专人。", year, m.name, m.rng.IntN(9000))
	line("\n### 监督保障\n\n全年培训%d次。\n\n## 存在的主要问题及改进情况\n\n图解偏少，将予增加。", m.rng.IntN(9))
	line("\n## 其他需要报告的事项\n\n未收取信息处理费。")
	return b.String()
}

// requests assigns every request of the year to an outcome or to the next year.
func (m *maker) requests(line func(string, ...any)) {
	var fresh, total, out [applicants]int
	results := map[string]*[applicants]int{}
	var rows []string
	for _, o := range outcomes {
		for _, leaf := range append([]string{""}, o.leaves...) {
			if leaf == "" && o.leaves != nil {
				continue
			}
			rows = append(rows, o.group+"/"+leaf)
			results[o.group+"/"+leaf] = new([applicants]int)
		}
	}
	for c := range applicants {
		fresh[c] = m.rng.IntN(m.busy + 1)
		for range fresh[c] + m.open[c] {
			if m.rng.IntN(20) == 0 {
				out[c]++
				continue
			}
			results[rows[min(m.rng.IntN(len(rows)), m.rng.IntN(len(rows)))]][c]++
			total[c]++
		}
	}
	line("requests:\n  new: %s\n  carried_in: %s\n  results:", withTotal(fresh[:]), withTotal(m.open[:]))
	for _, o := range outcomes {
		if o.leaves == nil {
			line("    %s: %s", o.group, withTotal(results[o.group+"/"][:]))
			continue
		}
		line("    %s:", o.group)
		for _, leaf := range o.leaves {
			line("      %s: %s", leaf, withTotal(results[o.group+"/"+leaf][:]))
		}
	}
	line("    total: %s\n  carried_out: %s", withTotal(total[:]), withTotal(out[:]))
	m.open = out
}

// withTotal writes a row of cells with their sum behind them.
func withTotal(cells []int) string {
	sum := 0
	text := make([]string, 0, len(cells)+1)
	for _, n := range cells {
		sum += n
		text = append(text, strconv.Itoa(n))
	}
	return "[" + strings.Join(append(text, strconv.Itoa(sum)), ", ") + "]"
}
