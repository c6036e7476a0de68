package verify_test

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/generator/verify"
)

// A thousand, and four hundred of them in HTML alone:
// go test ./generator/verify -run TestEveryChangeIsFound -changes 1000
var changes = flag.Int("changes", 100, "changes of TestEveryChangeIsFound")

// change changes a file. It returns nil if the file has nothing to change in this way.
type change func(rng *rand.Rand, data []byte) []byte

// one changes one of the places that match; now gets the submatches.
func one(pattern string, now func(rng *rand.Rand, m []string) string) change {
	find := regexp.MustCompile(`(?s)` + pattern)
	return func(rng *rand.Rand, data []byte) []byte {
		all := find.FindAllSubmatchIndex(data, -1)
		if len(all) == 0 {
			return nil
		}
		at := all[rng.IntN(len(all))]
		var m []string
		for i := 0; i < len(at); i += 2 {
			if at[i] < 0 {
				m = append(m, "")
			} else {
				m = append(m, string(data[at[i]:at[i+1]]))
			}
		}
		return append(append(append([]byte{}, data[:at[0]]...), now(rng, m)...), data[at[1]:]...)
	}
}

func always(text string) func(*rand.Rand, []string) string {
	return func(_ *rand.Rand, m []string) string {
		text := text
		for i := range m {
			text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i), m[i])
		}
		return text
	}
}

// inHTML are changes of the page of a report, and what must be told of each.
var inHTML = map[string]struct {
	change
	told []verify.What // one of these; none: any
}{
	"a figure":              {one(`(<td id="[a-z_.]+" [^>]*>)(\d+)`, func(r *rand.Rand, m []string) string { return m[1] + m[2] + fmt.Sprint(r.IntN(10)) }), []verify.What{verify.Cell}},
	"a zero":                {one(`(<td id="[a-z_.]+" [^>]*>)0<`, always("$1-<")), []verify.What{verify.Cell}},
	"no figure":             {one(`(<td id="[a-z_.]+" [^>]*>)\d+`, always("$1")), []verify.What{verify.Cell}},
	"a hidden figure":       {one(`(<td id="[a-z_.]+" [^>]*>)(\d+)`, always(`$1<span class="sr">$2</span>7`)), []verify.What{verify.Cell}},
	"a figure for eyes":     {one(`(<td id="[a-z_.]+" [^>]*>)(\d+)`, always(`$1<span hidden>$2</span>8`)), []verify.What{verify.Cell}},
	"a wide digit":          {one(`(<td id="[a-z_.]+" [^>]*>)0<`, always("$1０<")), []verify.What{verify.Cell}},
	"a figure twice":        {one(`(<td id="([a-z_.]+)" [^>]*>)(\d+)</td>`, always(`$1$3</td><td id="$2">$39</td>`)), []verify.What{verify.Cell}},
	"an id of another":      {one(`<td id="([a-z_.]+)\.total"`, always(`<td id="$1.other2"`)), []verify.What{verify.Cell}},
	"a row left out":        {one(`<tr id="[a-z_.]+">.*?</tr>`, always("")), []verify.What{verify.Cell}},
	"a mark beside":         {one(`(<td id="[a-z_.]+" [^>]*>)(\d+)<`, always(`$1$2<sup>9</sup><`)), nil},
	"a heading of a row":    {one(`(<th id="[^"]*" scope="row"[^>]*>)([^<]+)`, always(`$1其他事项`)), nil},
	"a heading of a column": {one(`(<th id="[^"]*" scope="col"[^>]*>)([^<]+)`, always(`$1商业`)), nil},
	"a key figure":          {one(`(<dd><a href="#[a-z_.]+">)(\d+)`, always(`$1$21`)), []verify.What{verify.Cell}},
	"a style over it":       {one(`(<td id="[a-z_.]+" [^>]*>)(\d+)`, always(`$1$2<b style="position:absolute;left:0;background:#fff"></b>`)), nil},
	"something over it":     {one(`<main`, always(`<div style="position:absolute;top:400px;left:200px">99</div><main`)), nil},
	"a style":               {one(`</head>`, always(`<style>#requests\.new\.total::after{content:"9"}</style></head>`)), nil},
	"a style sheet":         {one(`</head>`, always(`<link rel="stylesheet" href="x.css"></head>`)), nil},
	"a script":              {one(`</body>`, always(`<script src="../../x.js"></script></body>`)), nil},
	"another base":          {one(`<title>`, always(`<base href="https://evil.example/"><title>`)), nil},
	"a way elsewhere":       {one(`<title>`, always(`<meta http-equiv="refresh" content="0;url=https://evil.example/"><title>`)), nil},
	"a hidden part":         {one(`<section id="(part-[a-z]+)"`, always(`<section hidden id="$1"`)), nil},
	"words for readers":     {one(`(<td id="[a-z_.]+") `, always(`$1 aria-label="7" `)), nil},
	"a class":               {one(`class="part"`, always(`class="part sr"`)), nil},
	"the other direction":   {one(`(<td id="[a-z_.]+") ([^>]*>\d\d)`, always(`$1 dir="rtl" $2`)), nil},
	"a comment":             {one(`<main`, always(`<!-- x --><main`)), nil},
	"a character":           {one(`(<div class="prose"[^>]*>.*?<p>[^<]{2})([^<])`, always(`$1换$2`)), []verify.What{verify.Text}},
	"a digit in the text":   {one(`本机关2024年`, always(`本机关2025年`)), []verify.What{verify.Text}},
	"a paragraph left out":  {one(`(<div class="prose"[^>]*>)<p>[^<]*</p>`, always(`$1`)), []verify.What{verify.Text}},
	"a paragraph more":      {one(`(<div class="prose"[^>]*>)`, always(`$1<p>经核实，以上均已整改。</p>`)), []verify.What{verify.Text}},
	"a part left out":       {one(`<div class="prose".*?</div>`, always(``)), []verify.What{verify.Text}},
	"a part more":           {one(`<p class="signature">`, always(`<div class="prose"><p>补充。</p></div><p class="signature">`)), []verify.What{verify.Text}},
	"the title":             {one(`<h1>([^<]+)`, always(`<h1>$1（修订）`)), []verify.What{verify.Title}},
	"no title":              {one(`<h1>[^<]+</h1>`, always(``)), []verify.What{verify.Title}},
	"the window's title":    {one(`<title>[^<]+`, always(`<title>某局`)), []verify.What{verify.Title}},
	"the date":              {one(`(class="byline".*?)(20\d\d-\d\d-\d)(\d)`, always(`$1$28`)), []verify.What{verify.Published}},
	"the date below":        {one(`(class="signature".*?)(20\d\d-\d\d-\d)(\d)`, always(`$1$28`)), []verify.What{verify.Published}},
	"on time":               {one(`(class="byline">.*?)按时`, always(`$1逾期`)), nil},
	"a download":            {one(`href="tables.csv"`, always(`href="../2023/tables.csv"`)), nil},
	"a note":                {one(`本机关无行政许可事项`, always(`本机关有行政许可事项`)), []verify.What{verify.Note}},
	"an agency":             {one(`(class="byline"><a href="[^"]*">)[^<]+`, always(`$1某局`)), nil},
	"a bar":                 {one(`(<rect [^>]*width=")(\d+)`, always(`$11$2`)), nil},
	"a space":               {one(`<main `, always(`<main  `)), nil},
}

// elsewhere are changes of other files, by what the paths of these match.
var elsewhere = map[string]struct {
	path string
	change
	told []verify.What
}{
	"json: a figure":   {`/report\.json$`, one(`("[a-z_.]+":\[[0-9,]*)(\d)([\],])`, func(r *rand.Rand, m []string) string { return m[1] + fmt.Sprint(1+r.IntN(9)) + m[2] + m[3] }), []verify.What{verify.Cell}},
	"json: the title":  {`/report\.json$`, one(`"title":"`, always(`"title":"改`)), []verify.What{verify.Title}},
	"json: the date":   {`/report\.json$`, one(`"published":"20`, always(`"published":"19`)), []verify.What{verify.Published}},
	"json: nothing":    {`/report\.json$`, one(`.*`, always(``)), []verify.What{verify.Malformed}},
	"json: a space":    {`/report\.json$`, one(`$`, always(" ")), []verify.What{verify.Bytes}},
	"csv: a figure":    {`/tables\.csv$`, one(`(\n[a-z_.]+,[^,]*,(?:\d+,)*)(\d+)`, always(`$11$2`)), []verify.What{verify.Cell}},
	"csv: a row":       {`/tables\.csv$`, one(`\n(?:requests|proactive)\.[^\n]*`, always(``)), []verify.What{verify.Cell, verify.Bytes}},
	"csv: a label":     {`/tables\.csv$`, one(`\n([a-z_.]+),[^,\n]*,`, always("\n$1,某,")), []verify.What{verify.Bytes}},
	"csv: cut":         {`/tables\.csv$`, one(`.{40}$`, always(``)), []verify.What{verify.Cell, verify.Bytes, verify.Malformed}},
	"an attachment":    {`/list\.csv$`, one(`1,2`, always(`1,3`)), []verify.What{verify.Bytes}},
	"a line":           {`/record\.jsonl$`, one(`"values":\{"proactive"`, always(`"values":{"proactivf"`)), []verify.What{verify.Line}},
	"a line left out":  {`/record\.jsonl$`, one(`^\{"agency[^\n]*\n`, always(``)), []verify.What{verify.Line, verify.Bytes}},
	"a text":           {`/record\.jsonl$`, one(`图解偏少`, always(`图解偏多`)), []verify.What{verify.Bytes}},
	"a hash of a file": {`/record\.jsonl$`, one(`index\.html":"[0-9a-f]{8}`, always(`index.html":"00000000`)), []verify.What{verify.Bytes}},
	"a list":           {`^proof/000\.txt$`, one(` (\d+),(\d+) `, always(" $2,$1 ")), []verify.What{verify.Bytes}},
	"the inventory":    {`^proof/inventory$`, one(`proof/000`, always("proof/001")), []verify.What{verify.Signature}},
	"the checkpoint":   {`^checkpoint$`, one(`\n\d+\n`, always("\n3\n")), []verify.What{verify.Signature}},
	"no signature":     {`^checkpoint$`, one(`\n\n.*`, always("\n")), []verify.What{verify.Signature}},
	"a tile": {`^tile/0/000\.p/`, func(r *rand.Rand, data []byte) []byte {
		data = bytes.Clone(data)
		data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		return data
	}, []verify.What{verify.Tree}},
	"a tile cut":        {`^tile/0/000\.p/`, func(r *rand.Rand, data []byte) []byte { return data[:r.IntN(len(data))] }, []verify.What{verify.Tree}},
	"a header":          {`^proof/releases\.txt$`, one(`"program":"`, always(`"program":"x`)), []verify.What{verify.Line}},
	"a header left out": {`^proof/releases\.txt$`, one(`^[^\n]*\n`, always(``)), []verify.What{verify.Uncovered}},
	"a tombstone":       {`gone/2024/index\.html$`, one(`机关撤回`, always(`暂缓公布`)), []verify.What{verify.Withdrawn}},
	"a file left out":   {`^agencies/.*/2024/(index\.html|tables\.csv|report\.json)$`, nil, []verify.What{verify.Missing}},
	"a record left out": {`/record\.jsonl$`, nil, []verify.What{verify.Missing}},
	"a style":           {`^assets/style\..*\.css$`, one(`$`, always(`td::after{content:"9"}`)), []verify.What{verify.Bytes}},
	"a script":          {`^assets/.*\.js$`, one(`$`, always(`;0`)), []verify.What{verify.Bytes}},
	"a total":           {`^(index|years/.*/index|agencies/index|agencies/anping/index)\.html$`, one(`>(\d+)<`, always(`>9$1<`)), []verify.What{verify.Bytes}},
	"the search":        {`^search/`, one(`.$`, always(``)), []verify.What{verify.Bytes}},
	"all data":          {`^data/.*\.csv$`, one(`,(\d+),`, always(`,7$1,`)), []verify.What{verify.Bytes}},
	"a form":            {`^data/forms/.*\.json$`, one(`"row": "requests`, always(`"row": "request`)), nil},
	"hashes of files":   {`^proof/files/`, one(`^[0-9a-f]`, always("x")), []verify.What{verify.Bytes}},
	"a forged report":   {`/marks/2024/index\.html$`, func(*rand.Rand, []byte) []byte { return nil }, []verify.What{verify.Extra}},
}

// Every change of a site is found, and told of in its file; where a figure, the
// text, the title or the date was changed it is said which, with both values.
func TestEveryChangeIsFound(t *testing.T) {
	a := newArchive(t)
	a.second(t)
	rng := rand.New(rand.NewPCG(22, 1))
	site := readTree(t, a.site)
	var pages, paths []string
	for path := range site {
		if paths = append(paths, path); regexp.MustCompile(`^agencies/.*/20\d\d/index\.html$`).MatchString(path) && bytes.Contains(site[path], []byte(`class="byline"`)) {
			pages = append(pages, path)
		}
	}
	slices.Sort(pages)
	slices.Sort(paths)
	html, other := sortedKeys(inHTML), sortedKeys(elsewhere)
	done := map[string]int{}
	for i := range *changes {
		if i%5 < 2 {
			name := html[i/5*2%len(html)+0]
			if i%5 == 1 {
				name = html[(i/5*2+1)%len(html)]
			}
			x := inHTML[name]
			for range 50 { // some pages have nothing of the kind
				path := pages[rng.IntN(len(pages))]
				if now := x.change(rng, site[path]); now != nil && !bytes.Equal(now, site[path]) {
					done[name]++
					a.changed(t, name, path, site[path], now, x.told)
					break
				}
			}
			continue
		}
		name := other[(i/5*3+i%5-2)%len(other)]
		x := elsewhere[name]
		match := slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !regexp.MustCompile(x.path).MatchString(path) })
		for range 50 {
			path := match[rng.IntN(len(match))]
			if name == "a forged report" {
				done[name]++
				a.changed(t, name, strings.Replace(path, "2024", "2022", 1), nil, site[path], x.told)
				break
			}
			var now []byte
			if x.change != nil {
				if now = x.change(rng, site[path]); now == nil || bytes.Equal(now, site[path]) {
					continue
				}
			}
			done[name]++
			a.changed(t, name, path, site[path], now, x.told)
			break
		}
	}
	for _, name := range append(html, other...) {
		if done[name] == 0 && *changes >= 5*max(len(html), len(other)) {
			t.Errorf("%s: nothing to change was found", name)
		}
	}
	if list, _ := verified(t, a.site, verify.Options{Key: a.vkey}); len(list) > 0 {
		t.Errorf("with everything as it was: %+v", list)
	}
}

// changed makes a change, verifies, and takes it back. now is nil to remove the file, was if
// there is none.
func (a *archive) changed(t *testing.T, name, path string, was, now []byte, told []verify.What) {
	t.Helper()
	file := filepath.Join(a.site, filepath.FromSlash(path))
	if now == nil {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	} else {
		write(t, a.site, path, string(now))
	}
	list, _ := verified(t, a.site, verify.Options{Key: a.vkey})
	if was == nil {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	} else {
		write(t, a.site, path, string(was))
	}
	if len(list) == 0 {
		t.Errorf("%s of %s is not found", name, path)
	}
	if told != nil && !slices.ContainsFunc(list, func(f verify.Finding) bool {
		return slices.Contains(told, f.What) && (f.File == path || f.What == verify.Uncovered || f.What == verify.Tree)
	}) {
		t.Errorf("%s of %s: want %v, got %+v", name, path, told, list)
	}
	for _, f := range list {
		if f.What == verify.Cell && (f.Cell == "" || f.Was == f.Is) || f.What == verify.Text && f.Was == f.Is {
			t.Errorf("%s of %s is told as %+v", name, path, f)
		}
	}
}

func sortedKeys[V any](m map[string]V) (list []string) {
	for key := range m {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}
