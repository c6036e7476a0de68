package serve

import (
	"io/fs"
	"net/http/httptest"
	"testing"

	"annals/generator/bug"
)

type broken struct{}

func (broken) Open(string) (fs.File, error) { panic("by mistake") }

// TestPanic: a mistake in an answer is told and ends neither the server nor,
// without a word, the connection.
func TestPanic(t *testing.T) {
	var told *bug.Panic
	s, err := New(Options{Site: broken{}, Failed: func(p *bug.Panic) { told = p }})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "http://127.0.0.1:1313/", nil)
	s.ServeHTTP(w, r)
	if w.Code != 500 || told == nil || told.Value != "by mistake" {
		t.Errorf("%d, %v", w.Code, told)
	}
}
