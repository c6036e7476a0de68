package privacy

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func kinds(text string) string {
	var list []string
	for _, n := range Find([]byte(text)) {
		list = append(list, string(n.Kind))
	}
	return strings.Join(list, " ")
}

// numbers are texts with personal numbers, however they may be written, and what
// they are. Every number here is made up.
var numbers = [...]struct{ text, want string }{
	{"请联系张某，手机13812345678。", "mobile"},
	{"请联系张某，手机１３８１２３４５６７８。", "mobile"},
	{"手机138 1234 5678。", "mobile"},
	{"手机138-1234-5678。", "mobile"},
	{"手机138—1234—5678。", "mobile"},
	{"手机138 - 1234 - 5678。", "mobile"},
	{"手机138.1234.5678。", "mobile"},
	{"手机138**1234**5678。", "mobile"},
	{"手机138 **1234** 5678。", "mobile"},
	{"手机13**81**2345678。", "mobile"},
	{"手机138`1234`5678。", "mobile"},
	{"手机&#49;3812345678。", "mobile"},
	{"手机1&#x33;812345678。", "mobile"},
	{"手机&#65297;3812345678。", "mobile"},
	{"手机138&nbsp;1234&ensp;5678。", "mobile"},
	{"手机1 3 8 1 2 3 4 5 6 7 8。", "mobile"},
	{"手机[138](https://example.org/a)12345678。", "mobile"},
	{"手机138<b>1234</b>5678。", "mobile"},
	{"手机138\n12345678。", "mobile"},
	{"手机\U0001d7cf3812345678。", "mobile"},
	{"手机+8613812345678。", "mobile"},
	{"手机0086-138-1234-5678。", "mobile"},
	{"手机+86 138 1234 5678", "mobile"},
	{"手机13812345678 13912345678", "mobile mobile"},
	{"电话（138 1234 5678、139 1234 5678）", "mobile mobile"},
	{"1. 13812345678", "mobile"},
	{"| 张某 | 13812345678 |", "mobile"},
	{"[拨打](tel:13812345678)", "mobile"},
	{"    13812345678", "mobile"},

	{"身份证110101199003077715", "identity"},
	{"110101199003077715", "identity"},
	{"110101 19900307 7715", "identity"},
	{"110101-19900307-7715", "identity"},
	{"１１０１０１１９９００３０７７７１５", "identity"},
	{"11010119900307**7715**", "identity"},
	{"34052419800101001X", "identity"},
	{"34052419800101001x。", "identity"},
	{"340524 19800101 001 X", "identity"},
	{"身份证号：110101900307771", "identity"},
	{"| 姓名 | 身份证号 |\n| --- | --- |\n| 张某 | 110101900307771 |", "identity"},

	{"卡号6222021234567890128", "card"},
	{"银行卡：6222 0212 3456 7890 128", "card"},
	{"银行卡 4111-1111-1111-1111", "card"},
	{"项目 4111111111111111 完成", "digits"},
}

// TestFind: personal numbers are found, and other figures are left alone.
func TestFind(t *testing.T) {
	for _, c := range numbers {
		if got := kinds(c.text); got != c.want {
			t.Errorf("%q: found %q, want %q", c.text, got, c.want)
		}
	}
	for _, text := range [...]string{
		"手机138****5678。", "手机138XXXX5678。", "手机138 **** 5678",
		"电话12345、0311-12345678，邮编050000",
		"https://example.org/13812345678/a", "<https://example.org/13812345678>", "[文件](13812345678.pdf)", "邮箱13812345678@qq.com",
		"收入13812345678元", "编号ZB13812345678",
		"12 135 1200 3400 56", "- 138\n- 1234\n- 5678", "| 138 | 1234 | 5678 |",
		"国办发〔2021〕30号，2024年1月1日至2024年12月31日", "10812345678 138123456789 12345678901",
		"身份证110101199003077714", "990101199003077719", "110101199013077719", "110101********7715", "编号：110101900307771",
		"卡号4111111111111112", "卡号4111 **** **** 1111", "统一社会信用代码4111111111111111", "91110108551385082Q", "0000000000000000",
		"2021 2022 2023 2024 2025", "20210101123456789",
	} {
		if got := kinds(text); got != "" {
			t.Errorf("%q: found %q", text, got)
		}
	}
}

// TestMasked: whatever is found is found no more once its message's entry of redact
// is written, and each line keeps the number of its characters.
func TestMasked(t *testing.T) {
	for _, c := range numbers {
		text := []byte(c.text)
		for _, masked := range [][]byte{Mask(text), redacted(t, c.text)} {
			if got := kinds(string(masked)); got != "" {
				t.Errorf("%q: there is still %s in %q", c.text, got, masked)
			}
			if utf8.RuneCount(masked) != utf8.RuneCount(text) {
				t.Errorf("%q has %d characters, %q %d", c.text, utf8.RuneCount(text), masked, utf8.RuneCount(masked))
			}
			for _, n := range Find(text) {
				if strings.Contains(string(masked), n.Digits[3:]) {
					t.Errorf("%q: digits are left in %q", c.text, masked)
				}
			}
		}
	}
}

func redacted(t *testing.T, text string) []byte {
	t.Helper()
	var list []Pattern
	for _, n := range Find([]byte(text)) {
		if strings.ContainsAny(n.Key, "0123456789") {
			t.Errorf("%q: the key %q has digits", text, n.Key)
		}
		list = append(list, Compile(n.Key))
	}
	counts := make([]int, len(list))
	masked := Redact([]byte(text), list, counts)
	for i, n := range counts {
		if n == 0 {
			t.Errorf("%q: entry %d, of the message, masks nothing", text, i)
		}
	}
	return masked
}

// TestRedact: an entry masks the digits that it names as *, wherever they stand.
func TestRedact(t *testing.T) {
	for _, c := range [...]struct{ key, text, want string }{
		{"***********", "手机13812345678。", "手机＊＊＊＊＊＊＊＊＊＊＊。"},
		{"***********", "手机138-1234-5678。", "手机＊＊＊-＊＊＊＊-＊＊＊＊。"},
		{"***-****-****", "手机13812345678。", "手机＊＊＊＊＊＊＊＊＊＊＊。"},
		{"138****5678", "手机13812345678，13912345678。", "手机138＊＊＊＊5678，13912345678。"},
		{"＊＊＊＊＊＊＊＊＊＊＊", "手机１３８１２３４５６７８。", "手机＊＊＊＊＊＊＊＊＊＊＊。"},
		{"张某***********", "张 某 **138**12345678，李某13912345678", "张 某 **＊＊＊**＊＊＊＊＊＊＊＊，李某13912345678"},
		{"***********", "&#49;38&#x31;2345678", "&#42;＊＊&#x2a;＊＊＊＊＊＊＊"},
		{"***********", "[电话](tel:13812345678)", "[电话](tel:＊＊＊＊＊＊＊＊＊＊＊)"},
		{"***********", "<https://example.org/13812345678>", "<https://example.org/＊＊＊＊＊＊＊＊＊＊＊>"},
		{"***********", "138123456789", "138123456789"},
		{"***********", "1. 13812345678 2", "1. ＊＊＊＊＊＊＊＊＊＊＊ 2"},
		{"***********", "2023 2024 135 2", "2023 2024 135 2"},
		{"******************", "34052419800101001X", "＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊"},
		{"申请人（**岁）", "申请人（56岁）56岁", "申请人（＊＊岁）56岁"},
		{"0311-********", "电话0311-12345678", "电话0311-＊＊＊＊＊＊＊＊"},
		{"没有", "没有13812345678", "没有13812345678"},
	} {
		if got := string(Redact([]byte(c.text), []Pattern{Compile(c.key)}, make([]int, 1))); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.key, c.text, got, c.want)
		}
	}
}

// TestAnyText: no text makes the scanner fail or run on, and what it masks keeps
// its lines.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"1", "38", "1234", "5678", "110101199003077715", "&#49;", "&#x", " ", "-", "**", "](", ")", "[", "<a>",
			"\n", "X", "１", "\xff", "\xe4", "字", "@", "://", "|", "*", "元", "\\", "."})).Draw(t, "text")
		text := strings.Join(parts, "")
		masked := Mask([]byte(text))
		if utf8.RuneCount(masked) != utf8.RuneCount([]byte(text)) || strings.Count(string(masked), "\n") != strings.Count(text, "\n") {
			t.Fatalf("%q became %q", text, masked)
		}
		for _, n := range Find([]byte(text)) {
			counts := make([]int, 1)
			if Redact([]byte(text), []Pattern{Compile(n.Key)}, counts); counts[0] == 0 {
				t.Fatalf("%q: %q masks nothing", text, n.Key)
			}
		}
	})
}
