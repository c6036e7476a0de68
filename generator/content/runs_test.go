package content

import (
	"strings"
	"testing"
)

// TestRuns: the pieces of a text are the text, and each stands where it says.
func TestRuns(t *testing.T) {
	d, _ := ReadDocument(one("---\nform: cn-2021\n---\n## 甲\n\n### 题 `码 &amp;` 尾\n\n共**5**\n件\\*&lt;\\\n下<https://a.cn/b>~~旧~~[链](x.md)<b>\n\n"+
		"- 一\n- 二\n\n| 三 | 四 |\n|---|---|\n| 五 | 六 |\n\n```\n\t码\n```\n\n<div>\n文\n</div>\n"), file)
	var text strings.Builder
	b := d.Body
	b.Runs(b.Sections[0].Blocks, func(r Run) {
		switch {
		case r.Ends:
			text.WriteByte('\n')
		case string(r.Text) == "\n": // within a paragraph
			text.WriteByte(' ')
		default:
			text.WriteString(strings.TrimSuffix(string(r.Text), "\n"))
			if at := string(b.Source[r.At : r.At+len(r.Text)]); at != string(r.Text) && at[0] != '&' && at[0] != '\\' {
				t.Errorf("%q stands where %q should", at, r.Text)
			}
		}
	})
	// A hard break is the end of a line here and a space there; lines of code are lines.
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	if want := flat(b.Text(b.Sections[0].Blocks)); flat(text.String()) != want {
		t.Errorf("got  %q\nwant %q", flat(text.String()), want)
	}
}
