// Package htmltext writes text so that HTML reads it as text, in elements and
// in quoted attributes. All markup that is not made by html/template escapes
// what it shows here.
package htmltext

// signs are what stands for a byte, or "" for the byte itself.
type signs [256]string

var plain = signs{0: "\uFFFD", '"': "&quot;", '&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;"}

var likeTemplate = signs{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// Append appends text for prose and drawings.
func Append[T string | []byte](b []byte, text T) []byte { return write(b, text, &plain) }

// Of returns the text as Append writes it.
func Of(text string) string {
	for i := range len(text) {
		if plain[text[i]] != "" {
			return string(Append(nil, text))
		}
	}
	return text
}

// Join appends markup, part by part, as it stands.
func Join(b []byte, parts ...string) []byte {
	for _, p := range parts {
		b = append(b, p...)
	}
	return b
}

// AppendAsTemplate appends text exactly as html/template writes it.
func AppendAsTemplate(b []byte, text string) []byte { return write(b, text, &likeTemplate) }

func write[T string | []byte](b []byte, text T, signs *signs) []byte {
	start := 0
	for i := range len(text) {
		if s := signs[text[i]]; s != "" {
			b = append(append(b, text[start:i]...), s...)
			start = i + 1
		}
	}
	return append(b, text[start:]...)
}
