//go:build unix

package importer

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// importFileVariable is the environment variable with the document to import. If
// it is set, which TestCost does, the test program imports that and runs no tests.
const importFileVariable = "ANNALS_TEST_IMPORT"

func TestMain(m *testing.M) {
	if name := os.Getenv(importFileVariable); name != "" {
		importAlone(name)
		return
	}
	m.Run()
}

func importAlone(name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	Import(Options{File: filepath.Base(name), Data: data, Agencies: agencies, Forms: loadForms(&testing.T{}), Agency: "qinghe/water", Year: 2024})
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		os.Stdout.Write(status)
	}
}

// costly are documents that stay within all limits and need as much time and
// memory as these allow.
func costly(t testing.TB) []file {
	const label = "一、本年新收政府信息公开申请数量"
	row := strings.Repeat("<td>"+label+"</td>", 64)
	nested := strings.Repeat("<table><tr><td>", 100)
	return []file{
		{"headings.txt", "", []byte(strings.Repeat("一、总体情况\n二、主动公开政府信息情况\n", 4_900))},
		{"labels.txt", "", []byte("三、收到和处理政府信息公开申请情况\n" + strings.Repeat(label+"\n", 9_500))},
		{"values.txt", "", []byte("三、收到和处理政府信息公开申请情况\n" + strings.Repeat(label+" 1 2 3 4 5 6 21\n", 9_500))},
		{"one-line.txt", "", bytes.Repeat([]byte("公开"), 600_000)},
		{"words.txt", "", bytes.Repeat([]byte("总计 1 "), 300_000)},
		{"years.txt", "", bytes.Repeat([]byte("2024年度报告。"), 190_000)},
		{"dates.txt", "", []byte(strings.Repeat("青禾县水务局2025年1月1日\n", 9_500))},
		{"bars.md", "", []byte(strings.Repeat(strings.Repeat("|"+label, 20)+"|\n", 1_900))},
		{"tabs.txt", "", []byte(strings.Repeat("（三）不予公开\t1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0\n", 1_990))},
		{"cells.html", "", []byte("<table>" + strings.Repeat("<tr>"+row+"</tr>", 700) + "</table>")},
		{"tables.html", "", []byte(strings.Repeat("<table><tr><td>规章<td>1<td>2<td>3<tr><td>行政许可<td>4</table>", 9_500))},
		{"nested.html", "", []byte(nested + strings.Repeat("<p>1</p>", 9_500) + nested)},
		{"inline.html", "", []byte(strings.Repeat("<b><i>", 60_000))},
		{"runs.docx", "", pack(t, word(strings.Repeat("<w:p>"+strings.Repeat("<w:r><w:t>公开</w:t></w:r>", 20)+"</w:p>", 9_500)))},
		{"strings.xlsx", "", pack(t, append(sheet("<sheetData>"+strings.Repeat(`<row><c t="s"><v>0</v></c><c><v>1</v></c></row>`, 1_900)+"</sheetData>"),
			entry{"xl/sharedStrings.xml", strings.NewReader("<sst>" + strings.Repeat("<si><t>公开</t></si>", 800_000) + "</sst>")})...)},
		{"tail.xlsx", "", pack(t, sheet(`<sheetData><row><c><v>1</v></c><c><v>2</v></c></row>`+strings.Repeat(`<row><c t="str"><v>注</v></c></row>`, 100_000)+`</sheetData>`)...)},
		{"prose.txt", "", []byte(strings.Repeat("本机关依照《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外。"+strings.Repeat("主动公开各类信息12件。", 20)+"\n", 6_000))},
		{"pictures.html", "", []byte("<p>" + strings.Repeat("<img alt=图>", 150_000) + "公开</p>")},
		{"titles.html", "", []byte(strings.Repeat("<meta name=ArticleTitle content=信息公开年报>", 60_000) + "<p>公开</p>")},
		{"empty-fields.csv", "", []byte("公开" + strings.Repeat(",", 4_000_000) + "\n")},
		{"sheet.csv", "", []byte(strings.Repeat(label+",1,2,3,4,5,6,21\n", 1_990))},
	}
}

// TestCost imports each in a process of its own, which may take at most 2 s of
// processor time, and 256 MiB more than for a harmless document.
func TestCost(t *testing.T) {
	const (
		processor = 2 * time.Second
		memory    = 256 << 20
	)
	dir := t.TempDir()
	_, base := cost(t, filepath.Join(dir, "base.txt"), []byte("青禾县水务局2024年政府信息公开工作年度报告\n"))
	if base == 0 {
		t.Fatal("the memory of a child cannot be read")
	}
	for _, f := range append(refused(t), costly(t)...) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			used, peak := cost(t, filepath.Join(t.TempDir(), f.name), f.data)
			t.Logf("%v, %d MiB more", used, (peak-base)>>20)
			if used > processor || peak-base > memory {
				t.Errorf("takes %v of the processor and %d MiB", used, (peak-base)>>20)
			}
		})
	}
}

// ownPeak is what Linux says of a process's own memory. Its usage, as the parent is
// told of it, begins with that of the parent.
var ownPeak = regexp.MustCompile(`VmHWM:\s+([0-9]+) kB`)

// cost returns what the import of a file takes: processor time, and the largest
// resident set in bytes.
func cost(t *testing.T, name string, data []byte) (time.Duration, int64) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), importFileVariable+"="+name)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("no resource usage")
	}
	peak := usage.Maxrss
	if runtime.GOOS != "darwin" {
		peak <<= 10
	}
	if m := ownPeak.FindSubmatch(out); m != nil {
		kib, _ := strconv.ParseInt(string(m[1]), 10, 64)
		peak = kib << 10
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peak
}

// TestCostPDF imports hostile PDFs, each in a process of its own: 2 s of the
// processor after the engine's start, which a harmless one shows, and 512 MiB, the
// engine included.
func TestCostPDF(t *testing.T) {
	const (
		processor = 2*time.Second + time.Second/2 // the engine is looked at now and then
		memory    = 512 << 20
	)
	harmless := written(func(p *paper) { p.paragraph("青禾县水务局2024年政府信息公开工作年度报告") })
	cost(t, filepath.Join(t.TempDir(), "first.pdf"), harmless) // the engine may be compiled now
	start, _ := cost(t, filepath.Join(t.TempDir(), "base.pdf"), harmless)
	for _, f := range hostilePDFs() {
		t.Run(f.name, func(t *testing.T) {
			used, peak := cost(t, filepath.Join(t.TempDir(), f.name), f.data)
			t.Logf("%v, %d MiB", used-start, peak>>20)
			if used-start > processor || peak > memory {
				t.Errorf("takes %v of the processor and %d MiB", used-start, peak>>20)
			}
		})
	}
}
