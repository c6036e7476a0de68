// Package lang defines the two languages of Annals, Chinese and English, and texts
// that exist in both.
//
// A diagnostic, a label of a form or a word of a page is a Text until it is printed.
// Only the printer or the layout chooses the language.
package lang

// Tag names a language.
type Tag string

// The languages of the program. Chinese is the default everywhere.
const (
	ZH Tag = "zh"
	EN Tag = "en"
)

// Text is one text in both languages. If one is missing the other is used for it: an
// official label without a translation is shown as it is.
type Text struct {
	ZH string `json:"zh"`
	EN string `json:"en,omitempty"`
}

// In returns the text in the language t.
func (x Text) In(t Tag) string {
	if x.ZH == "" || t == EN && x.EN != "" {
		return x.EN
	}
	return x.ZH
}

// Same returns a Text that is the same in both languages, such as a name.
func Same(s string) Text { return Text{ZH: s, EN: s} }

// Parse turns a language name as people and environments write it ("zh",
// "zh-CN", "en_US.UTF-8") into a Tag; ok is false for any other language.
func Parse(s string) (t Tag, ok bool) {
	switch {
	case len(s) >= 2 && (s[:2] == "zh" || s[:2] == "ZH"):
		return ZH, true
	case len(s) >= 2 && (s[:2] == "en" || s[:2] == "EN"):
		return EN, true
	}
	return ZH, false
}
