package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/lang"
)

// corpus makes an archive whose text is repetitive as offices write, with
// place names of their own, digits, Latin words, wide and traditional forms.
func corpus(seed uint64, counties, years int) []Agency {
	rng := rand.New(rand.NewPCG(seed, 1))
	pick := func(s string) string {
		list := strings.Fields(s)
		return list[int(float64(len(list))*rng.Float64()*rng.Float64())]
	}
	chars := []rune("安保昌长成川春大德定东丰福甘高古广贵海汉杭合河黑横衡洪湖华淮怀惠吉济佳嘉建江金晋荆景静康昆兰乐丽凉辽临灵柳龙娄泸洛重行单")
	place := func(suffix string) string {
		return string(chars[rng.IntN(len(chars))]) + string(chars[rng.IntN(len(chars))]) + suffix
	}
	nouns := "政府信息 规范性文件 政策解读 重点项目 民生实事 義務教育 ＡＰＰ iPhone版 微信公众号 依申请公开 不予公开 村务公开 老旧小区 充电设施 電梯加裝 PM2.5 數據目錄 便民手册"
	sentence := func(local []string) string {
		forms := []func() string{
			func() string {
				return fmt.Sprintf("围绕%s和%s，全年更新内容%d条。", pick(nouns), pick(nouns), rng.IntN(900))
			},
			func() string {
				return fmt.Sprintf("在%s設立服务点%d处，", local[rng.IntN(len(local))], rng.IntN(40))
			},
			func() string {
				return fmt.Sprintf("%s 与 %s 情况（见《%s目录》）已公示", local[rng.IntN(len(local))], pick(nouns), pick(nouns))
			},
			func() string {
				return string([]rune{chars[rng.IntN(len(chars))], chars[rng.IntN(len(chars))], chars[rng.IntN(len(chars))]})
			},
		}
		return forms[rng.IntN(len(forms))]()
	}
	var out []Agency
	for c := range counties {
		county := fmt.Sprintf("p%d/x%02d", c/12, c)
		if c%12 == 0 {
			out = append(out, Agency{Path: fmt.Sprintf("p%d", c/12), Name: place("省"), Kind: "region"})
		}
		name := place("县")
		out = append(out, Agency{Path: county, Name: name, Kind: "government", Short: name[:6]})
		var local []string
		for range 9 {
			local = append(local, place(pick("村 镇 水库 广场 中学")))
		}
		for d, dept := range strings.Fields("财政局 文化和旅游局 重庆路街道办事处 教育局 水务局") {
			a := Agency{Path: fmt.Sprintf("%s/d%d", county, d), Name: name + dept, Kind: "department"}
			if d == 1 {
				a.Short, a.Former = "文旅局", []string{name + "旅游局"}
			}
			out = append(out, a)
		}
		for i := len(out) - 5; i < len(out); i++ {
			a := &out[i]
			for y := 2024; y > 2024-years; y-- {
				if rng.IntN(10) == 0 {
					continue
				}
				r := Report{Year: y, URL: fmt.Sprintf("agencies/%s/%d/", a.Path, y), Title: fmt.Sprintf("%s%d年政府信息公开工作年度报告", a.Name, y)}
				for range 1 + rng.IntN(4) {
					s := Section{Text: ""}
					if rng.IntN(3) == 0 {
						s.Heading = pick(nouns)
					}
					for range 1 + rng.IntN(6) {
						s.Text += sentence(local)
						if rng.IntN(4) == 0 {
							s.Text += "\n"
						}
					}
					r.Sections = append(r.Sections, s)
				}
				if rng.IntN(4) == 0 {
					r.Footnotes = []string{"注：" + sentence(local)}
					r.Attachments = []string{"附件" + place("") + ".docx"}
				}
				a.Reports = append(a.Reports, r)
			}
		}
	}
	return out
}

// sources makes the agencies' blobs.
func sources(agencies []Agency) ([]Source, func(i int) ([]byte, error)) {
	list, blobs := make([]Source, len(agencies)), make([][]byte, len(agencies))
	for i := range agencies {
		blobs[i] = Part(&agencies[i])
		list[i] = Source{agencies[i].Path, sumOf(blobs[i])}
	}
	return list, func(i int) ([]byte, error) { return blobs[i], nil }
}

var testLabels = []Label{{Text: lang.Text{ZH: "（一）予以公开", EN: "Granted"}, URL: "explore/?cell=requests.granted"}}

// built returns the index of the agencies as a file system.
func built(t testing.TB, agencies []Agency) fstest.MapFS {
	t.Helper()
	return builtIn(t, agencies, volumeReports)
}

// builtIn is built in volumes of a size.
func builtIn(t testing.TB, agencies []Agency, volume int) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	list, load := sources(agencies)
	err := build(list, Options{Load: load, Labels: testLabels}, func(path string, data []byte) error {
		if f, ok := fsys[path]; ok && string(f.Data) != string(data) {
			t.Errorf("%s is written twice, differently", path)
		}
		fsys[path] = &fstest.MapFile{Data: data}
		return nil
	}, volume)
	if err != nil {
		t.Fatal(err)
	}
	return fsys
}

// sample returns queries: substrings of the corpus, pairs of them, and ones
// that do not occur.
func sample(rng *rand.Rand, agencies []Agency, n int) (out []string) {
	text := func() []rune {
		for {
			a := &agencies[rng.IntN(len(agencies))]
			if len(a.Reports) == 0 {
				continue
			}
			r := &a.Reports[rng.IntN(len(a.Reports))]
			s := r.Title
			if k := rng.IntN(8); k > 0 {
				s = r.Sections[rng.IntN(len(r.Sections))].Text
			}
			lines := strings.Split(s, "\n")
			if line := strings.TrimSpace(lines[rng.IntN(len(lines))]); line != "" {
				return []rune(line)
			}
		}
	}
	cut := func() string {
		for {
			s := text()
			size := min(1+rng.IntN(12), len(s))
			at := rng.IntN(len(s) - size + 1)
			if q := strings.Trim(string(s[at:at+size]), ` "`); q != "" {
				return q
			}
		}
	}
	for len(out) < n {
		switch q := cut(); rng.IntN(6) {
		case 0:
			out = append(out, q+" "+cut())
		case 1:
			out = append(out, `"`+q+`"`)
		case 2: // likely absent, from characters that occur
			r := []rune(q + cut())
			rng.Shuffle(len(r), func(i, j int) { r[i], r[j] = r[j], r[i] })
			out = append(out, strings.ReplaceAll(string(r[:min(len(r), 8)]), `"`, ""))
		default:
			out = append(out, q)
		}
	}
	return out
}
