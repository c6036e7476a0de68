// Package pdf tells what stands where on the pages of a PDF.
//
// The file is read by PDFium, the engine of Chromium, as a WebAssembly program: it
// runs without a compiler or a library of the system, has no file, no clock and no
// network, and no more memory than it is given. It is started for the first PDF
// only. On amd64 and arm64 the engine is compiled once (about four seconds and
// 350 MiB) and kept in the user's cache folder, from which it starts in a tenth of a second;
// elsewhere it is interpreted, which takes some fifty times as long.
//
// No file is trusted. One holds at most MaxPages pages with MaxGlyphs characters
// and MaxObjects objects, and the engine is stopped after Limit.
package pdf

import (
	"context"
	"embed"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"annals/generator/importer/layout"
)

// The limits of a document. Reports have some ten pages with 20,000 characters.
const (
	MaxPages   = 200
	MaxGlyphs  = 100_000
	MaxObjects = 100_000         // texts, lines, pictures
	MaxMemory  = 256 << 20       // bytes of the engine while it reads a document
	Limit      = 2 * time.Second // of the processor, after the engine's start
	Wait       = 2 * time.Minute // however busy the machine is
)

// What can be wrong with a document.
var (
	ErrEncrypted = errors.New("the file needs a password")
	ErrDamaged   = errors.New("the file is no PDF that can be read")
	ErrTooLarge  = errors.New("the document has too many pages, characters or objects")
	ErrTooSlow   = errors.New("reading the document takes too long")
)

// fonts is the folder tree in which the engine looks for fonts. It drops a text of
// one character that takes no room on the page, and takes the room from the font. A
// PDF need not hold its fonts, and China's usual ones are often left out: then the
// engine takes the one that is here, in which every character is the same box, and
// what is read is the same on every machine.
//
//go:embed usr
var fonts embed.FS

// engine compiles PDFium, or takes it from the cache folder. One document at a time
// is read, so that the memory is that of one.
var engine = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(MaxMemory >> 16).
		WithCloseOnContextDone(true)
	if folder, err := os.UserCacheDir(); err == nil {
		// Without a cache the engine is compiled again, and nothing else changes. The
		// cache's own folders have the version of the compiler in their names.
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "annals", "pdfium")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		Context: experimental.WithMemoryAllocator(context.Background(), &memory{}), MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config, FSConfig: wazero.NewFSConfig().WithFSMount(fonts, "/"), RandomSource: zeros{},
		Stdout: io.Discard, Stderr: io.Discard,
	})
})

// zeros is the engine's source of random numbers, so that it does the same each time.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// Read returns the pages of the document.
func Read(data []byte) (pages []layout.Page, err error) {
	pool, err := engine()
	if err != nil {
		return nil, err
	}
	instance, err := pool.GetInstance(time.Hour) // its turn comes: every reader is stopped
	if err != nil {
		return nil, err
	}
	done := make(chan struct{})
	stopped := make(chan bool)
	go func() { stopped <- watch(instance, done) }()
	r := &reader{engine: instance}
	pages, err = r.read(data)
	close(done)
	if <-stopped {
		return nil, ErrTooSlow
	}
	instance.Close()
	return pages, err
}

// watch stops the engine if it takes too long, and reports whether it did.
func watch(engine pdfium.Pdfium, done <-chan struct{}) bool {
	began := processor()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	wait := time.NewTimer(Wait)
	defer wait.Stop()
	for {
		select {
		case <-done:
			return false
		case <-tick.C:
			if processor()-began < Limit {
				continue
			}
		case <-wait.C:
		}
		engine.Kill()
		return true
	}
}

// reader reads one document.
type reader struct {
	engine  pdfium.Pdfium
	glyphs  int
	objects int
}

func (r *reader) read(data []byte) (pages []layout.Page, err error) {
	doc, err := r.engine.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, ErrEncrypted
	case err != nil:
		return nil, ErrDamaged
	}
	n, err := r.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, ErrDamaged
	}
	if n.PageCount > MaxPages {
		return nil, ErrTooLarge
	}
	for i := range n.PageCount {
		p, err := r.page(doc.Document, i)
		if err != nil {
			return nil, err
		}
		pages = append(pages, *p)
	}
	return pages, nil
}

// page reads a page: its characters as they stand in the file's coordinates, then
// its drawings, then both turned so that the text is upright.
func (r *reader) page(doc references.FPDF_DOCUMENT, index int) (*layout.Page, error) {
	loaded, err := r.engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: index})
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	at := requests.Page{ByReference: &loaded.Page}
	width, err := r.engine.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: at})
	if err != nil {
		return nil, ErrDamaged
	}
	s := &sheet{width: width.Width}
	if err := r.characters(at, s); err != nil {
		return nil, err
	}
	if err := r.drawings(at, s); err != nil {
		return nil, err
	}
	if len(s.unseen)*len(s.characters) > 50_000_000 {
		return nil, ErrTooLarge
	}
	return s.upright(), nil
}
