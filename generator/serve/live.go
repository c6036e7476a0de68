package serve

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
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

// liveAddress is the script's, with a hash of it: the next version of the
// program has another.
var liveAddress = fmt.Sprintf("/.annals/live.js?v=%x", sha256.Sum256(liveScript))[:len("/.annals/live.js?v=")+10]

// heartbeat finds out that a browser has gone without saying so.
const heartbeat = 20 * time.Second

// live answers what the live script asks for.
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
		writeAll(w, r, types[".js"], http.StatusOK, liveScript)
	case "live.css":
		writeAll(w, r, types[".css"], http.StatusOK, liveStyle)
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

// report answers with the diagnostics as JSON.
func (s *Server) report(w http.ResponseWriter, r *http.Request) {
	items, held := s.hub.items()
	errors := 0
	for _, i := range items {
		if i.Severity == "error" {
			errors++
		}
	}
	key := "marked"
	if held {
		key = "held"
	}
	data, err := json.Marshal(struct {
		Errors int    `json:"errors"`
		Held   bool   `json:"held"`
		Title  string `json:"title"`
		Close  string `json:"close"`
		Items  []Item `json:"items"`
	}{errors, held, diag.Fill(words()[key], "n", errors).In(s.lang), words()["close"].In(s.lang), items})
	if err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	writeAll(w, r, types[".json"], http.StatusOK, data)
}

// events is the stream of server-sent events for one page: "reload" when it
// has to be loaded again, "diagnostics" when those have changed.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	page := ""
	if name, isFolder, ok := siteName(query.Get("page")); ok {
		if isFolder {
			name = path.Join(name, sitemap.IndexFile)
		}
		if s.isFile(name) {
			page = name
		}
	}
	since := query.Get("since")
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		since = id // the browser has lost the stream and comes back
	}
	stream := s.hub.join(page, since)
	if stream == nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	defer s.hub.leave(stream)

	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // that of the server is meant for requests
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
		case <-stream.wake:
			version, reload, report, ok := s.hub.take(stream)
			if !ok {
				return
			}
			text := ""
			if report {
				text += "event: diagnostics\nid: " + version + "\ndata: \n\n"
			}
			if reload {
				text += "event: reload\nid: " + version + "\ndata: \n\n"
			}
			if text != "" && !send(text) {
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
