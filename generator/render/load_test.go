package render

import (
	"os"
	"testing"

	"annals/generator/site"
	"annals/generator/testdata/sitetest"
)

// own is the archive of this repository.
func own(t testing.TB) *sitetest.Loaded { return sitetest.Load(t, os.DirFS("../..")) }

// newRenderer makes a Renderer that no other test has.
func newRenderer(t testing.TB, x *sitetest.Loaded, change func(*Options)) *Renderer {
	t.Helper()
	o := Options{Site: x.Config, Forms: x.Forms.Forms(), Free: x.Free, Nonce: "0a1b2c3d"}
	if change != nil {
		change(&o)
	}
	newest.Store(nil)
	r, diags, err := New(o)
	newest.Store(nil)
	if err != nil || len(diags) > 0 {
		t.Fatalf("New: %v %v", err, diags)
	}
	return r
}

// all renders every page, with stand-ins for the files of other packages that
// pages link to.
func all(t testing.TB, x *sitetest.Loaded, r *Renderer) map[string]string {
	t.Helper()
	out := make(chan [2]string)
	done := make(chan map[string]string)
	go func() {
		files := map[string]string{}
		for f := range out {
			if _, twice := files[f[0]]; twice {
				t.Errorf("%s is written twice", f[0])
			}
			files[f[0]] = f[1]
		}
		done <- files
	}()
	emit := func(path string, data []byte) error {
		out <- [2]string{path, string(data)}
		return nil
	}
	for _, a := range x.Agencies {
		if err := r.Agency(a, emit); err != nil {
			t.Error(err)
		}
	}
	if err := r.Global(x.Archive, x.Free, 2, emit); err != nil {
		t.Error(err)
	}
	if err := r.Data([]site.DataFile{{Href: "agencies.csv", Title: "机关", Rows: 8}},
		[]site.Link{{Href: "forms/f.json", Text: "f"}}, emit); err != nil {
		t.Error(err)
	}
	close(out)
	return <-done
}
