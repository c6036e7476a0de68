package verify_test

import (
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"annals/generator/verify"
)

// serve is a web host with a site, whose answers may be changed.
func serve(t *testing.T, dir string, change func(w http.ResponseWriter, r *http.Request) (done bool)) string {
	t.Helper()
	site := http.StripPrefix("/nb/", http.FileServer(http.Dir(dir)))
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if change == nil || !change(w, r) {
			site.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(host.Close)
	return host.URL + "/nb/"
}

func verifiedWeb(t *testing.T, address string, opt verify.Options) (list []verify.Finding, res *verify.Result, err error) {
	t.Helper()
	site, err := verify.Web(address)
	if err != nil {
		t.Fatal(err)
	}
	opt.Found = func(f verify.Finding) { list = append(list, f) }
	opt.Workers = 4
	res, err = verify.Run(t.Context(), site, opt)
	return list, res, err
}

// A site at an address is verified as its folder is: although the host leads
// index.html on to its folder, and fails now and then.
func TestWeb(t *testing.T) {
	a := newArchive(t)
	var count atomic.Int64
	address := serve(t, a.site, func(w http.ResponseWriter, r *http.Request) bool {
		if count.Add(1)%40 == 7 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		}
		return false
	})
	list, res, err := verifiedWeb(t, strings.TrimSuffix(address, "/"), verify.Options{Key: a.vkey})
	if err != nil || len(list) > 0 || res.Reports == 0 {
		t.Errorf("%+v %+v %v", list, res, err)
	}
}

// What could not be read is no finding, and no proof either.
func TestHostsThatFail(t *testing.T) {
	a := newArchive(t)
	for name, change := range map[string]func(w http.ResponseWriter, r *http.Request) bool{
		"forbidden": func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasSuffix(r.URL.Path, ".csv") {
				w.WriteHeader(http.StatusForbidden)
				return true
			}
			return false
		},
		"elsewhere": func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasSuffix(r.URL.Path, "tables.csv") {
				http.Redirect(w, r, "http://127.0.0.2:1/nb/tables.csv", http.StatusFound)
				return true
			}
			return false
		},
		"another folder": func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasSuffix(r.URL.Path, "report.json") {
				http.Redirect(w, r, "/other/report.json", http.StatusFound)
				return true
			}
			return false
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			list, _, err := verifiedWeb(t, serve(t, a.site, change), verify.Options{})
			if err == nil || errors.Is(err, fs.ErrNotExist) || len(list) > 0 {
				t.Errorf("%+v %v", list, err)
			}
		})
	}
	endless := func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(r.URL.Path, "tile/") {
			return false
		}
		for range 100 {
			if _, err := w.Write(make([]byte, 1<<10)); err != nil {
				break
			}
		}
		return true
	}
	if list, _, err := verifiedWeb(t, serve(t, a.site, endless), verify.Options{}); err != nil || len(list) != 1 || list[0].What != verify.Tree {
		t.Errorf("a tile without end: %+v %v", list, err)
	}
	if _, _, err := verifiedWeb(t, serve(t, t.TempDir(), nil), verify.Options{}); !errors.Is(err, verify.ErrNoProof) {
		t.Errorf("a site without releases: %v", err)
	}
	for _, address := range []string{"ftp://a/", "http:///x", "http://a:b@c/", "http://a/?x", "x"} {
		if _, err := verify.Web(address); err == nil {
			t.Errorf("%s is an address of a site", address)
		}
	}
}
