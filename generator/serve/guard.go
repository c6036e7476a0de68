package serve

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// guard distinguishes the requests of the editor from requests that a page of
// another site makes the editor's browser send.
type guard struct {
	hosts map[string]bool
	anyIP bool // the server listens on all interfaces
}

func newGuard(listen string, more []string) guard {
	g := guard{hosts: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}}
	if ip, err := netip.ParseAddr(listen); err == nil && ip.IsUnspecified() {
		g.anyIP = true
	} else {
		g.hosts[strings.ToLower(listen)] = true
	}
	for _, h := range more {
		g.hosts[strings.ToLower(h)] = true
	}
	return g
}

// allows reports whether a request may be answered at all.
func (g guard) allows(r *http.Request) bool {
	if !g.knows(r.Host) {
		return false
	}
	if origin := r.Header.Values("Origin"); len(origin) > 0 && !own(r, origin) {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	// A page of another site may link to a page here, but not embed or fetch
	// it.
	return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

// knows reports whether a Host header names this server. If an attacker points
// a domain at this server (DNS rebinding), the browser still sends that domain.
func (g guard) knows(host string) bool {
	name := host
	if h, port, err := net.SplitHostPort(host); err == nil {
		if strings.Trim(port, "0123456789") != "" {
			return false
		}
		name = h
	} else if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		name = host[1 : len(host)-1]
	}
	if g.hosts[strings.ToLower(name)] {
		return true
	}
	if !g.anyIP {
		return false
	}
	// A numeric address cannot be rebound.
	_, err := netip.ParseAddr(name)
	return err == nil
}

// fromOwnPage reports whether a request shows that a page of this server made
// it. Browsers send Sec-Fetch-Site to localhost; to an address of the local
// network they send only a Referer.
func fromOwnPage(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	if origin := r.Header.Values("Origin"); len(origin) > 0 {
		return own(r, origin)
	}
	referer := r.Header.Values("Referer")
	return len(referer) > 0 && own(r, referer)
}

// own reports whether the one value of an Origin or Referer header is a URL of
// the host that the request was sent to.
func own(r *http.Request, values []string) bool {
	if len(values) != 1 {
		return false
	}
	u, err := url.Parse(values[0])
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil && strings.EqualFold(u.Host, r.Host)
}
