package acceptance

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"annals/generator"
)

// The table of docs/performance.md, each run in a process of its own:
//
//	go test ./generator/acceptance -run '^$' -bench Table -benchtime 1x -timeout 2h -sizes 1000,10000,100000
//	go test ./generator/acceptance -run '^$' -bench Table -benchtime 1x -archives copy/of/one,copy/of/another
var (
	sizes = flag.String("sizes", "1000", "numbers of reports for BenchmarkTable, with commas")
	child = flag.String("child", "", "write an archive of BenchmarkTable, of a number of reports, a colon and its folder, and exit")
	where = flag.String("where", "", "folder for BenchmarkTable's archives; a temporary one if empty")
)

// BenchmarkBuild measures a cold build into an empty folder.
func BenchmarkBuild(b *testing.B) {
	dir := b.TempDir()
	fullCorpus(1, 250, 4).write(b, dir, rand.New(rand.NewPCG(1, 1)))
	for i := 0; b.Loop(); i++ {
		out := filepath.Join(b.TempDir(), "public")
		b.StopTimer()
		if err := os.RemoveAll(filepath.Join(dir, ".annals")); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		build(b, dir, out)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/report")
}

// BenchmarkCheck reads and checks 1,000 reports.
func BenchmarkCheck(b *testing.B) {
	dir := b.TempDir()
	fullCorpus(1, 250, 4).write(b, dir, rand.New(rand.NewPCG(1, 1)))
	for b.Loop() {
		if res, err := generator.Check(b.Context(), generator.Options{Dir: dir}); err != nil || len(res.Diagnostics) > 0 {
			b.Fatal(err, res)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/report")
}

// BenchmarkKeep measures a build in which nothing has changed, of 250 agencies
// without findings, and of 250 with a warning each. Findings are kept from the last
// build too, so that the second takes little more than the first.
func BenchmarkKeep(b *testing.B) {
	for _, blank := range []bool{false, true} {
		name := "right"
		if blank {
			name = "warnings"
		}
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			c := fullCorpus(1, 250, 4)
			for file, text := range c.files {
				if blank && path.Base(file) == "2021.md" {
					c.files[file] = strings.Replace(text, "  enforcement: 0\n", "  enforcement: \"\"\n", 1)
				}
			}
			c.write(b, dir, rand.New(rand.NewPCG(1, 1)))
			time.Sleep(3 * time.Second) // until the files are old enough for their times to be trusted
			out := filepath.Join(dir, "public")
			build(b, dir, out)
			for b.Loop() {
				build(b, dir, out)
			}
		})
	}
}

func build(b *testing.B, dir, out string) {
	res, err := generator.Build(b.Context(), generator.Options{Dir: dir, Out: out})
	if err != nil || !res.Published {
		b.Fatal(err, res)
	}
}

// BenchmarkTable measures, for each size, a check, a cold build, a build with
// nothing changed, and some with a sentence or a number of one report changed:
// seconds of wall and CPU, CPU a report, the peak of memory, and the files and
// bytes of the site.
func BenchmarkTable(b *testing.B) {
	if b.N > 1 {
		return
	}
	if *child != "" {
		writeArchive(b)
		return
	}
	annals := program(b)
	fmt.Printf("\n%s, %d processors\n%9s  %-13s %8s %8s %10s %8s\n", runtime.Version(), runtime.NumCPU(),
		"reports", "run", "wall s", "CPU s", "ms/report", "peak MB")
	for _, dir := range tableArchives(b) {
		reports := reportsOf(b, dir)
		n := float64(len(reports))
		row := func(name, command string) {
			wall, cpu, peak := measure(b, annals, command, "--quiet", "--dir", dir)
			fmt.Printf("%9d  %-13s %8.2f %8.2f %10.3f %8d\n", len(reports), name, wall, cpu, cpu*1000/n, peak>>20)
		}
		row("check", "check")
		row("cold", "build")
		files, bytes := sizeOf(b, filepath.Join(dir, "public"))
		fmt.Printf("%9d  %.2f files and %.1f KB a report\n", len(reports), float64(files)/n, float64(bytes)/1024/n)
		row("unchanged", "build")
		for i := range 3 {
			file := reports[len(reports)/2+i]
			replaceIn(b, file, "## 总体情况\n", fmt.Sprintf("## 总体情况\n\n第%d次补充说明。\n", i))
			row("a sentence", "build")
			replaceIn(b, file, "permits: ", "permits: 1") // one more digit
			row("a number", "build")
		}
	}
}

// tableArchives returns the archives of -archives, or makes some.
func tableArchives(b *testing.B) (dirs []string) {
	if *archives != "" {
		return strings.Split(*archives, ",")
	}
	for n := range strings.SplitSeq(*sizes, ",") {
		dir := *where
		if dir == "" {
			dir = b.TempDir()
		}
		dir = filepath.Join(dir, n)
		// In a process of its own, because the system counts the memory of this
		// process to the processes that it starts.
		measure(b, os.Args[0], "-test.run", "^$", "-test.bench", "Table", "-test.benchtime", "1x", "-test.timeout", "2h", "-child", n+":"+dir)
		dirs = append(dirs, dir)
	}
	return dirs
}

func writeArchive(b *testing.B) {
	text, dir, _ := strings.Cut(*child, ":")
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	fullCorpus(7, n/4, 4).write(b, dir, rand.New(rand.NewPCG(1, 1)))
}

// reportsOf lists the reports of an archive.
func reportsOf(b *testing.B, dir string) (list []string) {
	year := regexp.MustCompile(`^[0-9]{4}\.md$`)
	err := filepath.WalkDir(filepath.Join(dir, "content", "agencies"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && year.MatchString(e.Name()) {
			list = append(list, path)
		}
		return err
	})
	if err != nil || len(list) < 6 {
		b.Fatal(dir, len(list), err)
	}
	return list
}

// sizeOf counts the files below a folder, and their bytes.
func sizeOf(b *testing.B, dir string) (files int, bytes int64) {
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			files++
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files, bytes
}

// replaceIn replaces the first occurrence of a text in a file.
func replaceIn(b *testing.B, file, old, text string) {
	data, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	changed := strings.Replace(string(data), old, text, 1)
	if changed == string(data) {
		b.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(file, []byte(changed), 0o644); err != nil {
		b.Fatal(err)
	}
}

// measure runs a program and returns the seconds, CPU seconds and bytes that it
// took by the system's accounting.
func measure(b *testing.B, program string, args ...string) (wall, cpu float64, peak int64) {
	cmd := exec.CommandContext(b.Context(), program, args...)
	cmd.Stderr = os.Stderr
	began := time.Now()
	if out, err := cmd.Output(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	wall = time.Since(began).Seconds()
	s := cmd.ProcessState
	return wall, (s.UserTime() + s.SystemTime()).Seconds(), peakMemory(s)
}

// fullCorpus makes a corpus whose reports have as much prose as real ones, about
// 1,500 characters.
func fullCorpus(seed uint64, agencies, years int) *corpus {
	c := makeCorpus(seed, agencies, years)
	rng := rand.New(rand.NewPCG(seed, 9))
	for name, text := range c.files {
		if before, after, ok := strings.Cut(text, "\n## 存在的主要问题及改进情况\n"); ok {
			c.files[name] = before + prose(rng) + "\n## 存在的主要问题及改进情况\n" + after
		}
	}
	return c
}

var (
	nouns = strings.Fields("政府信息 规范性文件 政策解读 财政预决算 行政许可 办事指南 权责清单 重点项目 民生实事 食品抽检 环境质量 安全生产 土地征收 公共资源交易 政府采购 惠农补贴 义务教育 就业培训 图书馆 文化馆 耕地保护 生态修复 老旧小区 营商环境 信用监管 意见征集 门户网站 公开专栏 会议纪要 统计公报 审计整改 数据目录")
	verbs = strings.Fields("梳理 更新 发布 归集 公示 解读 答复 核查 整理 移交 修订 汇编 回应 督办 评估 通报 培训 审核 清理 归档")
)

func prose(rng *rand.Rand) string {
	var b strings.Builder
	for _, head := range []string{"主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"} {
		fmt.Fprintf(&b, "\n### %s\n\n", head)
		for range 8 {
			fmt.Fprintf(&b, "围绕%s和%s，%s相关内容%d条，其中%s类%d条。", nouns[rng.IntN(len(nouns))], nouns[rng.IntN(len(nouns))],
				verbs[rng.IntN(len(verbs))], rng.IntN(900), nouns[rng.IntN(len(nouns))], rng.IntN(90))
		}
		b.WriteString("\n")
	}
	return b.String()
}
