package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// How a site is read over the network.
const (
	answerWait = 30 * time.Second // for a whole answer of a small file
	slowest    = 64 << 10         // bytes a second: what a large one may take longer
	attempts   = 4
	firstPause = 500 * time.Millisecond // before it is tried again; twice as long each time
	redirects  = 5
)

// web is a site at an address.
type web struct {
	base   *url.URL
	client *http.Client
}

// Web is the site at an address, http or https.
func Web(address string) (Site, error) {
	base, err := url.Parse(address)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("%q is no address of a site", address)
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
	}
	w := &web{base: base, client: &http.Client{}}
	w.client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		switch {
		case len(via) > redirects:
			return errRedirected
		case req.URL.Host != base.Host || !strings.HasPrefix(req.URL.Path, base.Path):
			return errRedirected
		}
		return nil
	}
	return w, nil
}

// Files: a web host does not list its files.
func (w *web) Files() ([]string, error) { return nil, nil }

// errRedirected says that the host leads on to another site, or in circles.
var errRedirected = errors.New("redirected out of the site")

// statusError is an answer that is none.
type statusError struct {
	url    string
	status int
}

func (e *statusError) Error() string { return fmt.Sprintf("%s: HTTP status %d", e.url, e.status) }

func (w *web) Read(ctx context.Context, path string, most int64) (data []byte, err error) {
	for i := range attempts {
		if i > 0 {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(firstPause << (i - 1)):
			}
		}
		data, err = w.once(ctx, path, most)
		var s *statusError
		if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrLarge) || errors.Is(err, errRedirected) || errors.As(err, &s) && s.status < 500 && s.status != http.StatusTooManyRequests {
			return data, err
		}
	}
	return nil, err
}

func (w *web) once(ctx context.Context, path string, most int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWait+time.Duration(most/slowest)*time.Second)
	defer cancel()
	to := w.base.JoinPath(path)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, to.String(), nil)
	if err != nil {
		return nil, err
	}
	res, err := w.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() {
		_, _ = io.CopyN(io.Discard, res.Body, 4<<10) // so that the connection is used again
		res.Body.Close()
	}()
	switch res.StatusCode {
	case http.StatusOK:
		return readAll(res.Body, to.String(), most)
	case http.StatusNotFound, http.StatusGone:
		return nil, &fs.PathError{Op: "get", Path: to.String(), Err: fs.ErrNotExist}
	}
	return nil, &statusError{to.String(), res.StatusCode}
}
