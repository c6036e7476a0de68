package locale

import (
	"reflect"
	"strings"
	"testing"

	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// TestComplete: every language has every word and pattern, but those that
// only a script without spaces has.
func TestComplete(t *testing.T) {
	list, err := read()
	if err != nil {
		t.Fatal(err)
	}
	optional := map[string]bool{"Numerals": true, "Zeros": true, "Variants": true, "Units": true, "Inner": true,
		"Two": true, "Powers": true, "Idioms": true, "NoUnits": true, "Years": true, "Months": true, "Days": true, "Wording": true}
	for _, l := range list {
		var walk func(v reflect.Value, path string)
		walk = func(v reflect.Value, path string) {
			for i := range v.NumField() {
				f, name := v.Field(i), v.Type().Field(i).Name
				if p, ok := f.Interface().(Pattern); ok && !f.IsZero() {
					p.Regexp() // panics on one that is none
				}
				if f.Kind() == reflect.Pointer && !f.IsNil() {
					f = f.Elem()
				}
				switch {
				case f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[Pattern]():
					walk(f, path+name+".")
				case f.IsZero() && !optional[name]:
					t.Errorf("%s has no %s%s", l.Language, path, name)
				}
			}
		}
		walk(reflect.ValueOf(*l), "")
	}
}

// TestStrict: a key that is unknown, given twice or of another kind is an error with their place.
func TestStrict(t *testing.T) {
	for text, want := range map[string]string{
		"language: zh\nlabel:\n  nubmer: x\n":     "x.yaml: yaml: unmarshal errors:\n  line 3: field nubmer not found",
		"language: zh\nlanguage: zh\n":            "line 2: mapping key \"language\" already defined at line 1",
		"variants: 5\nlabel: {counter: [a, b]}\n": "line 2: cannot unmarshal",
	} {
		err := yamlpos.Strict("x.yaml", []byte(text), &Locale{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestUnnumbered(t *testing.T) {
	for _, c := range []struct {
		tag         lang.Tag
		label, want string
	}{
		{lang.ZH, "一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"},
		{lang.ZH, "（七）总计", "总计"},
		{lang.ZH, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"},
		{lang.ZH, "7.属于行政执法案卷", "属于行政执法案卷"},
		{lang.ZH, "三公经费", "三公经费"},
		{lang.ZH, "十", "十"},
		{lang.ZH, "规章", "规章"},
		{lang.ZH, "12306 投诉", "12306 投诉"},
		{lang.ZH, "（注）", "（注）"},
		{lang.EN, "I. Received", "I. Received"},
		{lang.EN, "1. State secrets", "State secrets"},
		{lang.EN, "(2) Released (in part)", "Released"},
		{lang.EN, "24 hour cases", "24 hour cases"},
	} {
		if got := For(c.tag).Unnumbered(c.label); got != c.want {
			t.Errorf("Unnumbered(%q) = %q, want %q", c.label, got, c.want)
		}
	}
}

func TestFigures(t *testing.T) {
	for text, want := range map[string]string{
		"二〇二四年十二月三十一日": "2024年12月31日",
		"二○二四年十月二十日":   "2024年10月20日",
		"2024年一月九日":    "2024年1月9日",
		"十一":           "11",
		"May":          "May",
	} {
		if got := For(lang.ZH).Figures(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := For(lang.EN).Figures("二月 9"); got != "二月 9" {
		t.Errorf("%q", got)
	}
}
