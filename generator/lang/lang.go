// Package lang holds the two languages in which Annals speaks, Chinese and
// English, and the text that exists in both.
//
// A Text travels with a diagnostic, a form's label or a page's word until the
// last moment, when a printer or a layout picks a language; nothing before
// that knows which one the reader wants.
package lang

// Tag names a language.
type Tag string

// The languages of the program. Chinese is the default everywhere.
const (
	ZH Tag = "zh"
	EN Tag = "en"
)

// Text is one text in both languages. Where one is missing the other stands
// in for it: an official label that nobody has translated is shown as it is.
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

// Same returns a Text that reads alike in both languages, as names do.
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
