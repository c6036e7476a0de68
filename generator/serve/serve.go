// Package serve is the server of `annals serve`: it shows a site while its
// content is being edited.
//
//	s, err := serve.New(serve.Options{Site: serve.Folder("public")})
//	go func() { … s.Publish(serve.Update{Changed: paths, Diagnostics: items}) }()
//	err = s.Run(ctx, func(url string) { fmt.Println(url) })
//
// It serves files as they are, except that HTML gets a script element before
// </body>. The script reloads the page when Publish says that it has changed,
// and shows the diagnostics over the page while there are errors; the site
// below is the last good one. Neither the script nor a trace of it is in the
// files that a build writes.
//
// Any page that is open in the editor's browser can send requests to this
// server, and the owner of that page can make a domain resolve to this server's
// address. The rules are:
//
//   - It listens on the loopback interface unless told otherwise.
//   - A request must name the server in Host: localhost, 127.0.0.1, [::1], or
//     a name of Options.Hosts, with any port. (DNS rebinding.)
//   - A request of another site's page is refused unless it goes to a page
//     by a link. No answer may be embedded, framed or read by other origins.
//   - Paths under /.annals/ answer only requests that show by Sec-Fetch-Site,
//     Origin or Referer that they come from a page of this server.
//   - Only GET and HEAD. Only plain files of the site; nothing whose name
//     begins with a dot except .well-known.
//   - Nothing a request says is repeated in an answer.
//
// Below DeskFolder it answers with pages for the one who edits, which are made
// when they are asked for and are in no file.
package serve

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"strings"
	"time"

	"annals/generator/bug"
	"annals/generator/lang"
)

// Options say what is served, and where.
type Options struct {
	Site  fs.FS    // the site, of files that can seek; Folder gives that of a directory
	Addr  string   // host:port; 127.0.0.1:1313 if empty, and 127.0.0.1 if the host is
	Hosts []string // more names under which the server may be asked for
	Lang  lang.Tag // of the overlay's own words

	// Strict, if not nil, are the kinds of files, such as ".pdf", that the server
	// takes: it imitates the strictest hosts (strict.go).
	Strict []string

	// Desk makes the pages of the one who edits, which are in memory alone, by
	// their path below DeskFolder; it is not ok if there is none. It may be nil,
	// and may be called by several goroutines at a time.
	Desk func(path string) (data []byte, ok bool)

	// Failed is called when a request panics, which is a bug in the program; it
	// may be called by several goroutines at a time.
	Failed func(*bug.Panic)
}

// DeskFolder is where the pages of the one who edits are. No file of a site has
// a name that begins with an underscore.
const DeskFolder = "/_import/"

// Server serves one site. It is an http.Handler.
type Server struct {
	site   fs.FS
	addr   string
	guard  guard
	lang   lang.Tag
	strict []string
	desk   func(path string) ([]byte, bool)
	fail   func(*bug.Panic)
	hub    *hub

	listener net.Listener // from Listen on
}

// The limits of the server. The browser of one editor stays far below them.
const (
	headerTimeout = 5 * time.Second
	answerTimeout = 30 * time.Second
	idleTimeout   = 60 * time.Second
	maxHeader     = 32 << 10
	maxStreams    = 256 // open event streams
	graceTime     = 500 * time.Millisecond
)

// New makes a server; it listens when Listen or Run is called.
func New(o Options) (*Server, error) {
	if o.Site == nil {
		return nil, errors.New("serve: no site")
	}
	host, port, err := net.SplitHostPort(cmp.Or(o.Addr, "127.0.0.1:1313"))
	if err != nil {
		return nil, err
	}
	host = cmp.Or(host, "127.0.0.1")
	return &Server{
		site:   o.Site,
		addr:   net.JoinHostPort(host, port),
		guard:  newGuard(host, o.Hosts),
		lang:   o.Lang,
		strict: o.Strict,
		desk:   o.Desk,
		fail:   o.Failed,
		hub:    newHub(rand.Text()),
	}, nil
}

// Listen binds the address before the site is built, so that an address in use
// is an error at once. Requests wait until Run.
func (s *Server) Listen() (err error) {
	s.listener, err = net.Listen("tcp", s.addr)
	return err
}

// Run listens and serves until ctx is done, then ends the open streams and
// returns nil. It calls ready with the server's URL once it listens.
func (s *Server) Run(ctx context.Context, ready func(url string)) error {
	if s.listener == nil {
		if err := s.Listen(); err != nil {
			return err
		}
	}
	listener := s.listener
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       answerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          log.New(io.Discard, "", 0), // errors of broken clients are not logged
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	if ready != nil {
		ready("http://" + listener.Addr().String() + "/")
	}
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.hub.close()
	grace, cancel := context.WithTimeout(context.Background(), graceTime)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		server.Close() // a client that will not finish
	}
	<-failed
	return nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := bug.Recovered(recover()); p != nil && s.fail != nil {
			s.fail(p)
			refuse(w, http.StatusInternalServerError)
		}
	}()
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	if !s.guard.allows(r) {
		refuse(w, http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed)
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/.annals/"); ok {
		s.live(w, r, name)
		return
	}
	if s.desk != nil && s.onDesk(w, r) {
		return
	}
	// A test's recorder has no connection to set a deadline on; a real one has.
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerTimeout))
	if s.strict != nil {
		s.strictly(w, r)
		return
	}
	s.file(w, r)
}

// refuse answers with nothing but the status: no words of the request.
func refuse(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}
