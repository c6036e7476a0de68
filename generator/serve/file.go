package serve

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
	"unicode"

	"annals/generator/htmltext"
	"annals/generator/sitemap"
)

// Folder is the site in a directory. The directory may be replaced while it is
// served. Links that lead out of it, and everything that is no plain file or
// folder, are treated as missing.
func Folder(dir string) fs.FS { return folder(dir) }

type folder string

func (f folder) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	// Call Stat first, because opening a pipe would wait for its other end.
	fi, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !fi.Mode().IsRegular() && !fi.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return root.Open(name)
}

// siteName returns the name of the file or folder for the path of a URL; folder
// reports whether it ends with a slash. ok is false for a name that no file of a
// site can have, and for one that some system takes for another name.
func siteName(p string) (name string, folder, ok bool) {
	name, ok = strings.CutPrefix(p, "/")
	if !ok || strings.ContainsAny(name, `\:`) || strings.ContainsFunc(name, unicode.IsControl) || len(name) > 4096 {
		return "", false, false
	}
	if name == "" {
		return ".", true, true
	}
	name, folder = strings.CutSuffix(name, "/")
	if !fs.ValidPath(name) || name == "." {
		return "", false, false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part[0] == '.' && part != ".well-known" || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return "", false, false
		}
	}
	return name, folder, true
}

// onDesk answers with a page of the one who edits, if that is asked for.
func (s *Server) onDesk(w http.ResponseWriter, r *http.Request) bool {
	if r.URL.Path+"/" == DeskFolder {
		w.Header().Set("Location", DeskFolder)
		w.WriteHeader(http.StatusMovedPermanently)
		return true
	}
	name, ok := strings.CutPrefix(r.URL.Path, DeskFolder)
	if !ok {
		return false
	}
	version := s.hub.version()
	data, ok := s.desk(name)
	switch {
	case !ok:
		s.notFound(w, r)
	case path.Ext(name) != "":
		writeAll(w, r, sitemap.ContentType(name), http.StatusOK, data)
	default:
		s.page(w, r, data, version, http.StatusOK)
	}
	return true
}

// file answers with a file of the site.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	name, isFolder, ok := siteName(r.URL.Path)
	if !ok {
		s.notFound(w, r)
		return
	}
	if isFolder {
		name = path.Join(name, sitemap.IndexFile)
	}
	version := s.hub.version() // taken before reading: if the file changes in between, the page reloads once more
	f, err := s.site.Open(name)
	if err != nil {
		s.notFound(w, r)
		return
	}
	defer f.Close()
	fi, err := f.Stat()
	switch {
	case err != nil:
		s.notFound(w, r)
	case fi.IsDir() && !isFolder && s.isFile(path.Join(name, sitemap.IndexFile)):
		to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", to.String())
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusMovedPermanently)
	case !fi.Mode().IsRegular():
		s.notFound(w, r)
	case sitemap.IsPage(name):
		data, err := io.ReadAll(f)
		if err != nil {
			refuse(w, http.StatusInternalServerError)
			return
		}
		s.page(w, r, data, version, http.StatusOK)
	default:
		w.Header().Set("Content-Type", sitemap.ContentType(name))
		if path.Ext(name) == ".html" { // an original that the settings publish: nothing of it runs here
			w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
			w.Header().Set("Content-Disposition", "attachment")
		}
		if sitemap.Hashed(name) {
			w.Header().Set("Cache-Control", forGood)
		}
		// The file's time is not sent, because browsers compare whole seconds and
		// would keep a file that was changed twice within one.
		http.ServeContent(w, r, "", time.Time{}, f.(io.ReadSeeker))
	}
}

func (s *Server) isFile(name string) bool {
	fi, err := fs.Stat(s.site, name)
	return err == nil && fi.Mode().IsRegular()
}

// notFound answers with the site's own "not found" page. Its links are
// absolute, because it is shown at any address; they are changed from the
// site's base URL to this server.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	version := s.hub.version()
	f, err := s.site.Open(sitemap.NotFound.Path())
	if err != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		refuse(w, http.StatusInternalServerError)
		return
	}
	if base := s.address(); base != "" {
		data = bytes.ReplaceAll(data, htmltext.Append([]byte(`="`), base), []byte(`="/`))
	}
	s.page(w, r, data, version, http.StatusNotFound)
}

// address returns the site's base URL, which it reads from robots.txt; "" if there
// is none.
func (s *Server) address() string {
	robots, _ := fs.ReadFile(s.site, sitemap.RobotsFile)
	for line := range strings.Lines(string(robots)) {
		if base, ok := strings.CutPrefix(strings.TrimSpace(line), "Sitemap: "); ok {
			return strings.TrimSuffix(base, sitemap.SitemapFile)
		}
	}
	return ""
}

// page answers with HTML and the element that loads the live script.
func (s *Server) page(w http.ResponseWriter, r *http.Request, data []byte, version string, status int) {
	writeAll(w, r, "text/html; charset=utf-8", status, inject(data, version))
}

// forGood is said of a file with the hash of its bytes in its name. Browsers may
// cache it, so that they reload a changed page sooner.
const forGood = "private, max-age=86400, immutable"

// inject puts the script element before the last </body>, or at the end.
func inject(page []byte, version string) []byte {
	element := `<script src="` + liveAddress + `" data-version="` + version + `" defer></script>`
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(element))
	out = append(out, page[:at]...)
	out = append(out, element...)
	return append(out, page[at:]...)
}
