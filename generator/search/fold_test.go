package search

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"政府信息公開", "政府信息公开"},
		{"裡裏里", "里里里"},
		{"髮發发", "发发发"},
		{"ＡＢＣ１２３，（一）", "abc123,(一)"},
		{"iPhone", "iphone"},
		{"㎡ ① ㈱ ﬁ Ⅳ", "m2 1 (株) fi iv"},
		{"…", "..."},
		{"　两端　 空格\t和\n换行 ", "两端 空格 和 换行"},
		{"零\u200b宽\u00ad度\ufeff", "零宽度"},
		{"e\u0301", "é"},
		{"\xff政", "\ufffd政"},
		{"﨑", "﨑"}, // a unified ideograph among the compatibility ones
		{"豈", "岂"}, // a compatibility ideograph, then simplified
		{"𠀀", "𠀀"},
	} {
		if got := Fold(c.text); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFoldIsStable(t *testing.T) {
	table := folding()
	for r := rune(1); r <= lastFolded; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		for _, x := range table.of(r) {
			if y := table.of(x); y != string(x) {
				t.Fatalf("%q folds to %q, which folds to %q", r, x, y)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := Fold(s); Fold(once) != once && norm.NFC.IsNormalString(once) {
			t.Fatalf("Fold(%q) = %q, and again %q", s, once, Fold(once))
		}
	})
}

// Every character of the table for the browser is folded as Fold does.
func TestFoldFiles(t *testing.T) {
	han, other, err := foldFiles(true)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, data := range [][]byte{han, other} {
		var f foldFile
		if err := json.Unmarshal(data, &f); err != nil {
			t.Fatal(err)
		}
		from, to := []rune(f.From), []rune(f.To)
		if len(from) != len(to) {
			t.Fatalf("%d characters, %d results", len(from), len(to))
		}
		for i := range from {
			if folding().of(from[i]) != string(to[i]) {
				t.Errorf("%q: the table has %q, Fold %q", from[i], to[i], folding().of(from[i]))
			}
		}
		for from, to := range f.Multi {
			if folding().of([]rune(from)[0]) != to {
				t.Errorf("%q: the table has %q", from, to)
			}
		}
		n += len(from) + len(f.Multi)
	}
	if n < 8000 {
		t.Errorf("the table has only %d characters", n)
	}
	if !strings.Contains(string(han), "後") || strings.Contains(string(other), "後") {
		t.Error("the table of ideographs lacks 後")
	}
}

func TestMark(t *testing.T) {
	for _, c := range []struct {
		text   string
		terms  []string
		window bool
		want   string
	}{
		{"政府信息公開", terms("信息公开"), false, "政府[信息公開]"},
		{"ＡＢ　　ｃ", terms(`"ab c"`), false, "[ＡＢ　　ｃ]"},
		{"哈哈哈", terms("哈哈"), false, "[哈哈哈]"},
		{"５㎡房", terms("5m2"), false, "[５㎡]房"},
		{"一㎡", terms("2"), false, "一[㎡]"},
		{strings.Repeat("前", 40) + "中" + strings.Repeat("后", 200), terms("中"), true, "…" + strings.Repeat("前", 24) + "[中]" + strings.Repeat("后", 85) + "…"},
		{"没有", terms("有没"), true, "没有"},
	} {
		var b strings.Builder
		for _, s := range mark(c.text, c.terms, c.window) {
			if s.Hit {
				b.WriteString("[" + s.Text + "]")
			} else {
				b.WriteString(s.Text)
			}
		}
		if b.String() != c.want {
			t.Errorf("%q, %q: %s, want %s", c.text, c.terms, b.String(), c.want)
		}
	}
}

func TestTerms(t *testing.T) {
	for query, want := range map[string][]string{
		"":               nil,
		"  \t　":          nil,
		"公开 年报":          {"公开", "年报"},
		"年报 年報":          {"年报"},
		`"a  b" c`:       {"a b", "c"},
		`＂政府　信息＂`:        {"政府 信息"},
		`5"x "未闭合`:       {`"未闭合`, `5"x`},
		`""`:             nil,
		`" "`:            nil,
		"__proto__":      {"__proto__"},
		"\x00\x1d\u200b": nil,
		`危及“三安全一稳定”`:     {`危及“三安全一稳定”`},
	} {
		if got := terms(query); !slices.Equal(got, want) {
			t.Errorf("terms(%q) = %q, want %q", query, got, want)
		}
	}
}

// In the blocks that the table skips, folding changes only what plain promises.
func TestPlainBlocks(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if plain(r) && utf8.ValidRune(r) && foldOnce(string(r), nil) != string(r) {
			t.Errorf("%U folds to %q", r, foldOnce(string(r), nil))
		}
	}
}
