package search

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

var update = flag.Bool("update", false, "write the vectors for the browser's code anew")

// The browser's code has its own tests, which compare its modules with the results of
// Go. This test writes these results to files, and fails if the files are out of
// date.
func TestVectors(t *testing.T) {
	for name, value := range map[string]any{
		"fold": foldVectors(), "bits": bitsVectors(), "plan": planVectors(t), "pinyin": pinyinVectors(), "inflate": inflateVectors(t), "index": indexVectors(t),
	} {
		want, err := json.MarshalIndent(value, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		path := "../../layouts/assets/src/testdata/" + name + ".json"
		want = append(want, '\n')
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(have, want) {
			t.Errorf("%s is not what this package does now: run `go test ./generator/search -run Vectors -update`, then `npm test` in layouts/assets/src", path)
		}
	}
}

func foldVectors() any {
	texts := []string{
		"", " ", "  a  b ", "政府信息", "ＡＰＰ　１２３", "PM2.5", "義務教育目錄", "é", "e\u0301", "ﬁ", "½", "\u200b零\u00ad宽", "\t制表\n换行\r", "𠀀𠀁", "㈠①", "İ", "ǆ",
		"A\u0000B\u007fC", "－～＂", "臺灣", "ß", "ﷺ", "カﾞ", "가", "\ufe0f☎\ufe0f", "a\u3000\u00a0b",
	}
	changed := map[rune]bool{}
	type text struct {
		Text string `json:"text"`
		Fold string `json:"fold"`
	}
	var list []text
	for _, s := range texts {
		appendFold(nil, norm.NFC.String(s), changed)
		list = append(list, text{s, Fold(s)})
	}
	return map[string]any{"table": folding().file(slices.Sorted(maps.Keys(changed))), "texts": list}
}

func bitsVectors() any {
	type list struct {
		Size uint32   `json:"size"`
		List []uint32 `json:"list"`
		Code []byte   `json:"code"`
	}
	var lists []list
	rng := rand.New(rand.NewPCG(7, 7))
	for _, size := range []uint32{1, 2, 3, 5, 16, 100, 1000, 1 << 20, 1<<25 + 3, 1<<31 + 11} {
		for _, n := range []int{0, 1, 2, 7, 40, 90} {
			if uint32(n) > size || size > 1000 && n*2 > 1<<20 {
				continue
			}
			set := map[uint32]bool{}
			for len(set) < n {
				set[rng.Uint32N(size)] = true
			}
			l := list{Size: size, List: slices.Sorted(maps.Keys(set))}
			if l.List == nil {
				l.List = []uint32{}
			}
			var w bitWriter
			w.list(l.List, size)
			w.flush()
			l.Code = w.out
			lists = append(lists, l)
		}
	}
	type hash struct {
		Seed uint32 `json:"seed"`
		Text string `json:"text"`
		Hash uint32 `json:"hash"`
	}
	var hashes []hash
	for _, s := range []string{"", "a", "政府", "𠀀", "\x01abc"} {
		for _, seed := range []uint32{0x811c9dc5, 0x3c6ef372, 0x9e3779b9} {
			hashes = append(hashes, hash{seed, s, mix(seed, []rune(s))})
		}
	}
	return map[string]any{"lists": lists, "hashes": hashes}
}

func planVectors(t *testing.T) any {
	// Levels as of an archive where the first characters are the most frequent.
	r := &reader{chars: map[rune]int{}}
	chars := []rune("政府信息公开abcdef规范性文件目录0123 \"")
	var dense []rune
	levels := map[string]int{}
	for i, c := range chars {
		r.chars[c] = max(1, 14-i/2)
		levels[string(c)] = r.chars[c]
		if i < 12 {
			dense = append(dense, c)
		}
	}
	r.dense = newCharSet(slices.Sorted(slices.Values(dense)))
	type vector struct {
		Query string   `json:"query"` // folded
		Terms []string `json:"terms"` // sorted
		Grams []string `json:"grams"` // sorted; null for more than the plan can take
		Exact bool     `json:"exact"`
		None  bool     `json:"none"`
	}
	var list []vector
	for _, q := range []string{
		"政", "政府", "政府信", "政府信息公开", "政府 信息", "规范性文件", "政府规范性文件目录", "abc", "abcdef", "政府a", `"政府 信息"`, `"a b" c "d`, `""`, `" "`, "a a a", "政政政政", "没有",
		"政府信息公开目录 规范性文件 abc 012", "0123012301230123", "公开规范公开性文件公开目录公开录件文性范规",
	} {
		p := r.newPlan(terms(q))
		grams := slices.Sorted(slices.Values(p.grams))
		if len(grams) == maxGrams {
			grams = nil
		} else if grams == nil {
			grams = []string{}
		}
		if p.terms == nil {
			p.terms = []string{}
		}
		list = append(list, vector{q, p.terms, grams, p.exact, p.none})
	}
	return map[string]any{"levels": levels, "dense": string(dense), "plans": list}
}

func pinyinVectors() any {
	type vector struct {
		Spelling string `json:"spelling"`
		Query    string `json:"query"`
		Holds    bool   `json:"holds"`
	}
	var list []vector
	for _, name := range []string{"娄烦县", "重庆市长寿区", "西安市", "长治银行", ""} {
		for _, q := range []string{"loufan", "lfx", "oufan", "lx", "chongqing", "zhongq", "cqscsq", "xian", "xianshi", "zhangzhiyinhang", "czyx", "h", "hangx"} {
			s := spellName(name)
			list = append(list, vector{s, q, spelled(s, q)})
		}
	}
	return list
}

func indexVectors(t *testing.T) any {
	agencies := corpus(11, 3, 2)
	agencies[2].Reports[0].Sections = append(agencies[2].Reports[0].Sections, Section{Heading: "政府信息", Text: strings.Repeat("很长的一段文字，分成几块。", 2000)})
	site := built(t, agencies)
	files := map[string][]byte{}
	for name, f := range site {
		if !strings.HasPrefix(name, "search/f/") { // the whole tables of folding; fold.json tests them
			files[strings.TrimPrefix(name, "search/")] = f.Data
		}
	}
	type vector struct {
		Query    string   `json:"query"`
		Year     string   `json:"year"`
		Agency   string   `json:"agency"`
		Kind     string   `json:"kind"`
		Sort     string   `json:"sort"`
		Reports  []string `json:"reports"`
		Agencies []string `json:"agencies"`
		Label    string   `json:"label"`
	}
	var list []vector
	rng := rand.New(rand.NewPCG(3, 4))
	for i, q := range append(sample(rng, agencies, 24), "政府信息", "文旅局", "cz", "caizheng", "（一）予以公开", "分成几块", agencies[1].Name, "龘") {
		f := Filters{}
		switch i % 6 {
		case 1:
			f.Year = 2024
		case 2:
			f.Agency = "p0/x01"
		case 3:
			f.Kind = "department"
		case 4:
			f.Sort = ByYear
		case 5:
			f.Sort = ByName
		}
		r, err := Query(site, q, f)
		if err != nil {
			t.Fatal(err)
		}
		v := vector{Query: q, Agency: f.Agency, Kind: f.Kind, Sort: f.Sort, Reports: urls(r.Reports), Agencies: []string{}}
		if f.Year != 0 {
			v.Year = fmt.Sprint(f.Year)
		}
		for _, a := range r.Agencies {
			v.Agencies = append(v.Agencies, a.Path)
		}
		if r.Label != nil {
			v.Label = r.Label.URL
		}
		list = append(list, v)
	}
	return map[string]any{"files": files, "queries": list}
}
