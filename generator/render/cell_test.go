package render_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"annals/generator/render"
	"annals/generator/testdata/browsertest"
)

// The key for Tab and the arrow keys, as KeyEvent has them.
const (
	keyTab    = "\t"
	keyEnter  = "\r"
	keyEscape = "\u001b"
	keyRight  = "\u0303"
	keyDown   = "\u0301"
)

const (
	gov2022 = "agencies/x/gov/2022/index.html"
	panel   = `document.getElementById("cell-panel")`
	atCell  = `document.activeElement.id`
	filled  = panel + `.open && ` + panel + `.querySelector("[data-part=around]").hidden === false && ` + panel + `.querySelector("[role=status]").textContent === ""`
)

// part is what a part of the panel says.
func part(t *testing.T, x *browsertest.Tab, name string) string {
	t.Helper()
	text := browsertest.Eval[string](t, x, panel+`.querySelector("[data-part=`+name+`]").innerText`)
	return strings.Join(strings.Fields(text), " ")
}

const record = `document.getElementById("report-checked")`

// opened opens the record of what was checked, which then has each equation with its
// numbers; those of the year before are in it too.
func opened(t *testing.T, x *browsertest.Tab) {
	t.Helper()
	browsertest.Eval[int](t, x, record+`.querySelector("summary").click(), 0`)
	x.Await(t, record+`.querySelector("li a") && `+record+`.querySelector("[role=status]").textContent === ""`)
	text := strings.Join(strings.Fields(browsertest.Eval[string](t, x, record+`.innerText`)), " ")
	for _, want := range []string{"由程序核对", "总计等于六类申请人之和 一、本年新收政府信息公开申请数量 22 ≠ 22 + 44 + ", " 不成立", "上年结转与上年报告一致 自然人 44 ", " (2021)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the record has no %q: %.300s", want, text)
		}
	}
	lines := browsertest.Eval[int](t, x, record+`.querySelectorAll("li a").length`)
	if lines != 51 {
		t.Errorf("the record has %d equations", lines)
	}
}

// A click on a number, or a key, opens its years, its equations, those above
// and below, its address and a citation; afterwards the focus is where it was.
func TestEveryNumberOpens(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		x := open(t)
		x.Before(t, `navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }`)
		x.Visit(t, base+gov2022)
		opened(t, x)
		browsertest.Eval[int](t, x, `document.getElementById("requests.new.total").click(), 0`)
		x.Await(t, filled)
		for name, wants := range map[string][]string{
			"years":     {"2023 100", "2022 22", "2021 21", "2020 60"},
			"equations": {"总计等于六类申请人之和 不成立", "22 总计 = 22 自然人 + 44 商业企业", "≥ 3 下级之和"},
			"around":    {"下级合计（3 个机关中的 1 个） 3", "某县财政局 3", "某县从不公布局 未公布"},
		} {
			for _, want := range wants {
				if got := part(t, x, name); !strings.Contains(got, want) {
					t.Errorf("%s has no %q: %s", name, want, got)
				}
			}
		}
		address := "https://www.example.gov.cn/zfxxgk/nb/agencies/x/gov/2022/#requests.new.total"
		browsertest.Eval[int](t, x, panel+`.querySelector("[data-copy=panel-address]").click(), 0`)
		x.Await(t, `window.copied && `+panel+`.querySelector("[role=status]").textContent === "已复制。"`)
		if got := browsertest.Eval[string](t, x, `window.copied`); got != address {
			t.Errorf("copied %q", got)
		}
		browsertest.Eval[int](t, x, `window.copied = "", `+panel+`.querySelector("[data-copy=panel-citation]").click(), 0`)
		x.Await(t, `window.copied`)
		today := browsertest.Eval[string](t, x, `new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10)`)
		want := "某县人民政府：《某县人民政府2022年政府信息公开工作年度报告》，2023-04-03，一、本年新收政府信息公开申请数量 · 申请人情况 · 总计：22，" + address + "（访问日期：" + today + "）"
		if got := browsertest.Eval[string](t, x, `window.copied`); got != want {
			t.Errorf("the citation is %q, want %q", got, want)
		}
		// A term leads to its own cell, and Escape back to the one where it began.
		browsertest.Eval[int](t, x, panel+`.querySelector('a[href="#requests.new.business"]').click(), 0`)
		x.Await(t, filled+` && `+panel+`.querySelector(".panel-value").textContent === "44"`)
		x.Press(t, keyEscape)
		x.Await(t, `!`+panel+`.open && `+atCell+` === "requests.new.total"`)
		check(t, x, base, "")
	})
}

func TestPanelIsAccessible(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	x := browsertest.Open(t)
	axe, err := os.ReadFile(filepath.Join(tools, "node_modules/axe-core/axe.min.js"))
	if err != nil {
		t.Skip("axe-core is not installed: npm ci --prefix generator/render/testdata/npm")
	}
	for _, width := range []int64{320, 1280} {
		if err := chromedp.Do(x, chromedp.EmulateViewport(width, 800)); err != nil {
			t.Fatal(err)
		}
		x.Visit(t, base+gov2022)
		browsertest.Eval[int](t, x, string(axe)+";0")
		opened(t, x)
		for _, view := range []string{"light", "dark", "contrast", "large"} {
			browsertest.Eval[int](t, x, `document.documentElement.className = "`+view+`", 0`)
			for _, v := range violations(t, x) {
				t.Errorf("%s %d, the record: axe: %s", view, width, v)
			}
		}
		if browsertest.Eval[bool](t, x, `document.documentElement.scrollWidth > innerWidth`) {
			t.Errorf("%d: the record is wider than the page", width)
		}
		browsertest.Eval[int](t, x, `document.getElementById("requests.new.total").click(), 0`)
		x.Await(t, filled)
		for _, view := range []string{"light", "dark", "contrast", "large"} {
			browsertest.Eval[int](t, x, `document.documentElement.className = "`+view+`", 0`)
			for _, v := range violations(t, x) {
				t.Errorf("%s %d: axe: %s", view, width, v)
			}
		}
		if browsertest.Eval[bool](t, x, panel+`.scrollWidth > `+panel+`.clientWidth`) {
			t.Errorf("%d: the panel is wider than its place: %v", width, browsertest.Eval[[]string](t, x, `Array.from(`+panel+`.querySelectorAll("*")).filter(n => n.getBoundingClientRect().right > `+panel+`.clientWidth).map(n => n.outerHTML.slice(0, 200))`))
		}
	}
}

// A table is one stop of the Tab key. Arrows lead on, Enter and Space open.
func TestKeysLeadThroughATable(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		x := open(t)
		x.Visit(t, base+gov2022)
		if n := browsertest.Eval[int](t, x, `document.querySelectorAll('table.official [tabindex="0"]').length`); n != 3 {
			t.Errorf("three tables are %d stops", n)
		}
		browsertest.Eval[int](t, x, `document.querySelector('#requests [tabindex="0"]').focus(), 0`)
		for _, step := range [][2]string{{keyRight, "requests.new.business"}, {keyDown, "requests.carried_in.business"}, {keyDown, "requests.results.granted.business"}} {
			x.Press(t, step[0])
			if got := browsertest.Eval[string](t, x, atCell); got != step[1] {
				t.Errorf("the key leads to %q, want %s", got, step[1])
			}
		}
		for _, key := range []string{keyEnter, " "} {
			x.Press(t, key)
			x.Await(t, filled)
			if got := browsertest.Eval[string](t, x, atCell); got != "panel-title" {
				t.Errorf("in the panel the focus is on %q", got)
			}
			x.Press(t, keyEscape)
			x.Await(t, `!`+panel+`.open && `+atCell+` === "requests.results.granted.business"`)
		}
		x.Press(t, keyTab)
		if browsertest.Eval[bool](t, x, `document.activeElement.closest("#requests") !== null`) {
			t.Errorf("Tab leads to %q, in the same table", browsertest.Eval[string](t, x, atCell))
		}
		// What the page begins with opens its numbers too.
		browsertest.Eval[int](t, x, `document.querySelector(".key a").focus(), document.activeElement.click(), 0`)
		x.Await(t, filled)
		x.Press(t, keyEscape)
		x.Await(t, `document.activeElement === document.querySelector(".key a")`)
		check(t, x, base, "")
	})
}

// Where what is above files no report, the sum of those within it stands for it.
func TestRegionStandsAbove(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	x := browsertest.Open(t)
	x.Visit(t, base+gov2022)
	browsertest.Eval[int](t, x, `document.getElementById("requests.new.total").click(), 0`)
	x.Await(t, filled)
	if got := part(t, x, "around"); !strings.Contains(got, "某省合计（1 个机关中的 1 个） 22") {
		t.Errorf("above and below stand %s", got)
	}
}

// Without a server what the page itself knows is there, and said to be all.
func TestNumbersFromTheDisk(t *testing.T) {
	t.Parallel()
	dir := write(t, render.Rich(t))
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		x := open(t)
		x.Visit(t, "file://"+dir+"/"+gov2022)
		browsertest.Eval[int](t, x, `document.getElementById("requests.new.total").click(), 0`)
		x.Await(t, panel+`.querySelector("[role=status]").textContent.includes("请从网站打开")`)
		if got := browsertest.Eval[string](t, x, panel+`.innerText`); !strings.Contains(got, "：22，https://www.example.gov.cn/") || strings.Contains(got, "历年\n") {
			t.Errorf("the panel says %s", got)
		}
	})
}

// The contents stand beside the text and stay in sight; on a phone they are a line.
func TestContentsBesideTheText(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		x := open(t)
		view := func(width int64) {
			if err := chromedp.Do(x, chromedp.EmulateViewport(width, 800)); err != nil {
				t.Fatal(err)
			}
			x.Visit(t, base+gov2022)
		}
		view(1280)
		browsertest.Eval[int](t, x, `document.documentElement.style.scrollBehavior = "auto", document.getElementById("part-reviews").scrollIntoView(), 0`)
		x.Await(t, `document.querySelector(".contents [aria-current]")`)
		type seen struct {
			Top, Right, Left float64
			Current          string
		}
		got := browsertest.Eval[seen](t, x, `(() => {
			const list = document.querySelector(".contents").getBoundingClientRect(), text = document.getElementById("part-reviews").getBoundingClientRect();
			return { Top: list.top, Right: list.right, Left: text.left, Current: document.querySelector(".contents [aria-current]").hash };
		})()`)
		if got.Top < 0 || got.Top > 100 || got.Right > got.Left || got.Current != "#part-reviews" {
			t.Errorf("on a desk %+v", got)
		}
		view(390)
		if h := browsertest.Eval[float64](t, x, `document.querySelector(".contents").getBoundingClientRect().height`); h > 60 {
			t.Errorf("on a phone the contents are %v high", h)
		}
		browsertest.Eval[int](t, x, `document.querySelector(".contents summary").click(), document.querySelector('.contents a[href="#report-data"]').click(), 0`)
		x.Await(t, `location.hash === "#report-data" && !document.getElementById("report-contents").open`)
	})
}

// Without scripts a report has its contents, links to the cells and no promise
// that a click does something.
func TestReportWithoutScripts(t *testing.T) {
	t.Parallel()
	base := "file://" + write(t, render.Rich(t)) + "/"
	x := browsertest.Open(t)
	if _, err := chromedp.Call(x, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	x.Visit(t, base+gov2022)
	html, err := chromedp.Run(x, chromedp.Evaluate[string](`document.body.innerText`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"目录", "“与上年比较”列出上年的数和勾稽等式"} {
		if !strings.Contains(html, want) {
			t.Errorf("without scripts the page has no %q", want)
		}
	}
	for _, not := range []string{"点按任一数字", "复制引用"} {
		if strings.Contains(html, not) {
			t.Errorf("without scripts the page says %q", not)
		}
	}
}
