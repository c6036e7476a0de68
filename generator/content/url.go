package content

import (
	"html"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"

	"annals/generator/files"
)

// schemes are the ones to which a link may lead. What is not listed is
// refused: nobody can list all that a browser would run.
var schemes = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true}

// maxDecodings is how often an address may be encoded. Honest addresses are
// encoded once or twice.
const maxDecodings = 5

// SafeURL returns an address as it may stand in href, or false if it may not.
//
// The rules are:
//
//   - Accepted are paths relative to the page, with query and fragment, and
//     absolute addresses with the scheme https, http, mailto or tel.
//   - Refused are addresses that begin with a slash (they leave an archive
//     that lies below another site's path) or hold a user name, a backslash
//     or a control character, and hidden files.
//   - An address is judged as written, as a browser would clean it, and after
//     every round of decoding of entities and percent signs: all must pass.
//
// The result is percent-encoded where that is needed and still has to be
// escaped for HTML like any other text.
func SafeURL(raw string) (string, bool) {
	s := strings.Trim(raw, " \t\r\n")
	if !utf8.ValidString(s) || strings.ContainsFunc(s, control) {
		return "", false
	}
	form := s
	for range maxDecodings {
		if !allowed(form) {
			return "", false
		}
		next := unescapePercent(html.UnescapeString(form))
		if next == form {
			return string(util.URLEscape([]byte(s), false)), true
		}
		form = next
	}
	return "", false
}

// SafeImage is SafeURL for images: a file in the page's folder or below it.
func SafeImage(raw string) (string, bool) {
	s, ok := SafeURL(raw)
	if !ok || s == "" {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Path == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	if p := path.Clean(u.Path); p == ".." || strings.HasPrefix(p, "../") {
		return "", false
	}
	switch strings.ToLower(path.Ext(u.Path)) {
	case ".png", ".jpg":
		return s, true
	}
	return "", false
}

// Destination returns the address that a link or image of Markdown means:
// without the escapes and entities of Markdown. It is not safe yet.
func Destination(raw []byte) string {
	return string(Resolve(raw))
}

// unescapePercent decodes the percent signs that two digits follow. Others
// stay: one that is malformed must not hide those that are not.
func unescapePercent(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if c, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b = append(b, byte(c))
				i += 2
				continue
			}
		}
		b = append(b, s[i])
	}
	return string(b)
}

// allowed judges one form of an address.
func allowed(s string) bool {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, control) || strings.ContainsRune(s, '\\') {
		return false
	}
	// A browser drops white space before the address, and tabs and line
	// breaks anywhere: judge without any of it, too.
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || unicode.IsSpace(r) || files.Invisible(r) {
			return -1
		}
		return r
	}, s)
	return allowedAsWritten(s) && (bare == s || allowedAsWritten(bare))
}

func allowedAsWritten(s string) bool {
	end := strings.IndexAny(s, ":/?#")
	if end >= 0 && s[end] == ':' {
		scheme, rest := strings.ToLower(s[:end]), s[end+1:]
		if !schemes[scheme] {
			return false
		}
		if scheme == "mailto" || scheme == "tel" {
			return rest != "" && !strings.HasPrefix(rest, "/")
		}
		authority, found := strings.CutPrefix(rest, "//")
		if n := strings.IndexAny(authority, "/?#"); n >= 0 {
			authority = authority[:n]
		}
		return found && authority != "" && !strings.ContainsAny(authority, "@<>\"'`")
	}
	if strings.HasPrefix(s, "/") {
		return false
	}
	p, _, _ := strings.Cut(s, "#")
	p, _, _ = strings.Cut(p, "?")
	for part := range strings.SplitSeq(p, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." {
			return false
		}
	}
	return true
}

// control reports whether a character has no place in an address at all.
func control(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || files.Directional(r)
}
