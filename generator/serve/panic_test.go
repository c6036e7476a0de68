package serve

import (
	"io/fs"
	"net/http/httptest"
	"testing"

	"annals/generator/bug"
)

type broken struct{}

func (broken) Open(string) (fs.File, error) { panic("by mistake") }

// TestPanic: a panic while answering a request is reported and answered, and does
// not end the server.
func TestPanic(t *testing.T) {
	var reported *bug.Panic
	s, err := New(Options{Site: broken{}, Failed: func(p *bug.Panic) { reported = p }})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "http://127.0.0.1:1313/", nil)
	s.ServeHTTP(w, r)
	if w.Code != 500 || reported == nil || reported.Value != "by mistake" {
		t.Errorf("%d, %v", w.Code, reported)
	}
}
