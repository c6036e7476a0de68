package config

import (
	"net/url"
	"strings"
)

// SetBaseURL sets the address of the site, as the command line may: an
// absolute http or https address of a folder. It reports whether text is one.
func (s *Site) SetBaseURL(text string) bool {
	u, ok := webAddress(text)
	if !ok || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#") {
		return false
	}
	if !strings.HasSuffix(text, "/") {
		text += "/"
	}
	s.BaseURL, s.Domain = text, u.Hostname()
	return true
}

// webAddress parses an absolute http or https address.
func webAddress(text string) (*url.URL, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		strings.ContainsAny(text, " \\\"'<>`") {
		return nil, false
	}
	return u, true
}
