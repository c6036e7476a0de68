package draft

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// mhtml reads a page that a browser saved as a single MHTML file. The page is
// the first part that is HTML; the other parts are not read.
func (r *reader) mhtml(data []byte) {
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		r.refuse("damaged")
		return
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		r.refuse("damaged")
		return
	}
	if address := m.Header.Get("Snapshot-Content-Location"); strings.HasPrefix(address, "http") {
		r.URL = address
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range MaxEntries {
		part, err := parts.NextRawPart()
		if err != nil {
			break
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if kind != "text/html" {
			continue
		}
		if address := part.Header.Get("Content-Location"); r.URL == "" && strings.HasPrefix(address, "http") {
			r.URL = address
		}
		var body io.Reader = part
		switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
		case "quoted-printable":
			body = quotedprintable.NewReader(part)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		page, err := io.ReadAll(io.LimitReader(body, MaxText+1))
		switch {
		case err != nil:
			r.refuse("damaged")
		case len(page) > MaxText:
			r.refuse("too-large")
		default:
			r.decoded(page, r.html)
		}
		return
	}
	r.refuse("empty")
}
