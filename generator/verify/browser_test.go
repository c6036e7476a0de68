package verify_test

import (
	"net/http"
	"strings"
	"testing"

	"annals/generator/testdata/browsertest"
)

const ended = `document.querySelector("#verify-app p[role=status]") !== null`

// The page verifies a report over plain http, below any path: what agrees, what does
// not, with both values, and what was not checked.
func TestVerifyInABrowser(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	a.second(t)
	var replaced map[string]string // by path: text in place of another
	host := http.FileServer(http.Dir(a.site))
	base := browsertest.Serve(t, "/a/deep/path/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for path, change := range replaced {
			if strings.TrimPrefix(r.URL.Path, "/") == path {
				was, now, _ := strings.Cut(change, "→")
				_, _ = w.Write([]byte(strings.Replace(string(readTree(t, a.site)[path]), was, now, 1)))
				return
			}
		}
		host.ServeHTTP(w, r)
	}))
	const report = "agencies/anping/c/2024/"
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		x := open(t)
		x.Visit(t, base+report)
		link := browsertest.Eval[string](t, x, `document.querySelector("#report-versions ~ p a[href*=verify]").href`)
		for name, c := range map[string]struct {
			change       map[string]string
			says, agrees string
		}{
			"as it was": {nil, "核对过的都相符", "200 个数字与记录一致"},
			"a figure": {map[string]string{report + "index.html": `id="proactive.permits" headers="A8 A11 A10" colspan="3">8<→id="proactive.permits" headers="A8 A11 A10" colspan="3">80<`},
				"不符 proactive.permits 显示为 80，记录是 8", "第 "},
			"the title":     {map[string]string{report + "index.html": "<h1>安平县→<h1>太平县"}, "标题显示为 太平县", "第 "},
			"a style":       {map[string]string{report + "index.html": "</head>→<style>td{}</style></head>"}, "不符 " + report + "index.html 不是生成时的文件", "report.json 与生成时的文件一致"},
			"data":          {map[string]string{report + "report.json": "[8]→[9]"}, "不符 " + report + "report.json 不是生成时的文件", "tables.csv 与生成时的文件一致"},
			"the record":    {map[string]string{"agencies/anping/c/record.jsonl": `"permits":8→"permits":80`}, "record.jsonl 不是生成时的文件", "校验点的签名与公钥相符"},
			"a tile":        {map[string]string{"tile/0/000.p/16": "a→b"}, "不在校验点的记录里", "校验点的签名与公钥相符"},
			"the signature": {map[string]string{"checkpoint": "\n16\n→\n17\n"}, "校验点不是用这把公钥的密钥签名的", "未核对 以前留存的校验点"},
		} {
			if name == "a tile" && !strings.Contains(string(readTree(t, a.site)["tile/0/000.p/16"]), "a") {
				continue
			}
			replaced = c.change
			x.Visit(t, link)
			x.Await(t, ended)
			said := x.Shown(t)
			if !strings.Contains(said, c.says) || !strings.Contains(said, c.agrees) || !strings.Contains(said, "未核对 其他报告") {
				t.Errorf("%s: %s", name, said)
			}
		}
		replaced = nil
		x.Faults() // of pages that were changed
		x.Visit(t, link)
		x.Await(t, ended)
		x.Visit(t, base+"verify/?report=agencies/anping/gone/2024/")
		x.Await(t, ended)
		if said := x.Shown(t); !strings.Contains(said, "相符 报告已于 2026-02-02 撤下：机关撤回") {
			t.Errorf("a withdrawn report: %s", said)
		}
		if faults := x.Faults(); len(faults) > 0 {
			t.Errorf("faults of the page: %q", faults)
		}
		for _, wrong := range []string{"x", "agencies/../2024/", "agencies/anping/nobody/2024/", "agencies/anping/c/1999/"} {
			x.Visit(t, base+"verify/?report="+wrong)
			x.Await(t, ended)
			if said := x.Shown(t); !strings.Contains(said, "有不符之处") {
				t.Errorf("%s: %s", wrong, said)
			}
		}
	})
}
