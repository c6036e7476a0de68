package site

import "strings"

// PastText is what stands in place of a report's prose where the archive is built
// as of a release (number and date), which has its SHA-256 alone (sum). The text
// itself was in the file then.
func (p *Plan) PastText(number, date, sum, file string) string {
	return strings.NewReplacer("{n}", number, "{date}", date, "{sum}", sum, "{file}", file).Replace(p.Words("as-of-text"))
}
