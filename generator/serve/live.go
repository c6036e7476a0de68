package serve

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"annals/generator/diag"
	"annals/generator/lang"
	"annals/generator/sitemap"
)

//go:embed live.js
var liveScript []byte

//go:embed live.css
var liveStyle []byte

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("serve/words.json", wordsJSON)

// liveAddress is the URL of the live script. It includes a hash of the script,
// so that browsers do not use the script of another version of the program.
var liveAddress = fmt.Sprintf("/.annals/live.js?v=%x", sha256.Sum256(liveScript))[:len("/.annals/live.js?v=")+10]

// heartbeat is how often a stream without news writes a comment, to notice that
// the browser has closed the connection.
const heartbeat = 20 * time.Second

// live answers the requests of the live script.
func (s *Server) live(w http.ResponseWriter, r *http.Request, name string) {
	if !fromOwnPage(r) {
		refuse(w, http.StatusForbidden)
		return
	}
	switch name {
	case "live.js":
		if r.URL.RequestURI() == liveAddress {
			w.Header().Set("Cache-Control", forGood)
		}
		writeAll(w, r, sitemap.ContentType(name), http.StatusOK, liveScript)
	case "live.css":
		writeAll(w, r, sitemap.ContentType(name), http.StatusOK, liveStyle)
	case "diagnostics":
		s.report(w, r)
	case "events":
		if r.Method == http.MethodGet {
			s.events(w, r)
			return
		}
		refuse(w, http.StatusMethodNotAllowed)
	default:
		refuse(w, http.StatusNotFound)
	}
}

// report answers with JSON whether a page, given by its path and the version at
// which it was loaded, must be reloaded, and with the diagnostics. If the page need
// not be reloaded and has these diagnostics already, the status is 204.
func (s *Server) report(w http.ResponseWriter, r *http.Request) {
	now := s.hub.now()
	query := r.URL.Query()
	reload := query.Has("page") && s.stale(query.Get("page"), query.Get("since"))
	if !reload && query.Get("seen") == now.diagnostics {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	errors := 0
	for _, i := range now.items {
		if i.Severity == "error" {
			errors++
		}
	}
	key := "marked"
	if now.held {
		key = "held"
	}
	data, err := json.Marshal(struct {
		Reload      bool   `json:"reload"`
		Version     string `json:"version"`
		Diagnostics string `json:"diagnostics"`
		Errors      int    `json:"errors"`
		Held        bool   `json:"held"`
		Title       string `json:"title"`
		Close       string `json:"close"`
		Items       []Item `json:"items"`
	}{reload, now.version, now.diagnostics, errors, now.held, diag.Fill(words()[key], "n", errors).In(s.lang), words()["close"].In(s.lang), now.items})
	if err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	writeAll(w, r, sitemap.ContentType(".json"), http.StatusOK, data)
}

// events is the stream of server-sent events. It sends a message at the start, and
// whenever pages should ask what has changed.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	stream := s.hub.join()
	if stream == nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	defer s.hub.leave(stream)

	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // the server's read deadline is meant for requests, not for streams
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(text string) bool {
		control.SetWriteDeadline(time.Now().Add(answerTimeout))
		_, err := w.Write([]byte(text))
		return err == nil && control.Flush() == nil
	}
	if !send("retry: 500\n\n") {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			if !send(":\n\n") {
				return
			}
		case <-stream:
			if s.hub.isClosed() || !send("data: "+s.hub.version()+"\n\n") {
				return
			}
		}
	}
}

func writeAll(w http.ResponseWriter, r *http.Request, contentType string, status int, data []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(data)
	}
}
