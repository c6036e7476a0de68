package config

import (
	"net/url"
	"strings"
)

// SetBaseURL sets the address of the site to text, for a flag of the command
// line. Text must be an absolute http or https address of a folder; otherwise
// nothing is set and the result is false.
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
