package render_test

import (
	"bytes"
	"encoding/json"
	"image/color"
	"image/png"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"annals/generator/render"
	"annals/generator/testdata/browsertest"
)

// graceful lists features of styles that the oldest browser lacks and pages can do
// without. The reasons are in layouts/floor_test.go, whose table needs no browser.
var graceful = map[string]bool{
	"text-underline-offset: .2em": true, "text-decoration-thickness: 1px": true, "text-decoration-thickness: 2px": true,
	"text-wrap: balance": true, "text-size-adjust: 100%": true,
}

// Every selector and declaration of the styles is tested in the oldest browser.
func TestOldestBrowserKnowsTheStyles(t *testing.T) {
	t.Parallel()
	x := browsertest.OpenOldest(t)
	x.Visit(t, "about:blank")
	for _, name := range []string{"../../layouts/assets/style.css", "../serve/live.css"} {
		css, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(string(css))
		if err != nil {
			t.Fatal(err)
		}
		type asked struct {
			Rules   int
			Unknown []string
		}
		got := browsertest.Eval[asked](t, x, `(() => {
			const text = `+string(text)+`.replace(/\/\*[^]*?\*\//g, "").replace(/@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g, "");
			const out = { Rules: 0, Unknown: [] };
			for (const [, selector, body] of text.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
				out.Rules++;
				// Commas within parentheses separate no selectors.
				for (const one of selector.trim().split(/,(?![^()]*\))/)) {
					if (!one.startsWith("@") && !CSS.supports("selector(" + one.trim() + ")")) out.Unknown.push(one.trim());
				}
				for (const d of body.split(/;(?![^"]*"[^"]*(?:"[^"]*"[^"]*)*$)/)) {
					const at = d.indexOf(":"), name = d.slice(0, at).trim(), value = d.slice(at + 1).replace("!important", "").trim();
					if (name && !name.startsWith("--") && !CSS.supports(name, value)) out.Unknown.push(name + ": " + value);
				}
			}
			return out;
		})()`)
		if got.Rules < 10 {
			t.Errorf("%s: only %d rules were read", name, got.Rules)
		}
		for _, u := range got.Unknown {
			if !graceful[u] {
				t.Errorf("%s: Chromium 86 does not know %q", name, u)
			}
		}
	}
}

// Essential content is visible without the newer features of styles.
func TestMarginsAndFaults(t *testing.T) {
	t.Parallel()
	base := serve(t, write(t, render.Rich(t)))
	browsertest.InBoth(t, func(t *testing.T, open func(testing.TB) *browsertest.Tab) {
		x := open(t)
		found := slices.ContainsFunc(views, func(view string) bool {
			x.Visit(t, base+view)
			return browsertest.Eval[bool](t, x, `document.querySelector(".official .mark.fault") !== null`)
		})
		if !found {
			t.Fatal("no page has a fault")
		}
		type box struct{ Left, Right, X, Y float64 }
		got := browsertest.Eval[box](t, x, `(() => {
			const css = getComputedStyle(document.querySelector("main.wrap, .wrap"));
			const td = document.querySelector(".official .mark.fault").closest("td");
			document.documentElement.style.scrollBehavior = "auto";
			td.scrollIntoView({ block: "center", inline: "center" });
			const r = td.getBoundingClientRect();
			return { Left: parseFloat(css.paddingLeft), Right: parseFloat(css.paddingRight), X: r.left + 4, Y: r.top + 4 };
		})()`)
		if got.Left < 16 || got.Right < 16 {
			t.Errorf("a page has margins of %v and %v", got.Left, got.Right)
		}
		shot, err := chromedp.Run(x, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			t.Fatal(err)
		}
		paper := color.NRGBAModel.Convert(picture.At(int(got.X), int(got.Y)))
		if want := (color.NRGBA{0xfb, 0xe9, 0xe7, 0xff}); paper != want {
			t.Errorf("a cell with a fault is %v, want %v", paper, want)
		}
	})
}
