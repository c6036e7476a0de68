package generator

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"annals/generator/cache"
	"annals/generator/output"
)

// Session builds an archive again and again, for one who edits it.
//
// A change of files that the last build has read is shown at once by Quick:
// it checks and writes the pages of the agencies concerned and leaves alone
// what spans the archive. Whatever else a change may touch, Full makes right
// afterwards; it is an ordinary incremental build.
type Session struct {
	opt   Options
	dir   *output.Dir
	store *cache.Store
	last  *build  // of the last Full that was published, else nil
	res   *Result // of the last build

	mu      sync.Mutex
	changed []string
}

// NewSession locks the output folder until Close.
func NewSession(opt Options) (*Session, error) {
	s := &Session{opt: opt}
	var err error
	s.dir, err = output.Open(output.Options{
		Dir: opt.Out, State: filepath.Join(opt.Dir, stateFolder), Wait: lockWait, First: assetFolders, Staged: s.staged,
	})
	if err != nil {
		return nil, err
	}
	s.store = cache.Open(filepath.Join(opt.Dir, stateFolder))
	return s, nil
}

// Close releases the output folder.
func (s *Session) Close() error {
	err := s.store.Close()
	if e := s.dir.Close(); e != nil {
		err = e
	}
	return err
}

func (s *Session) staged(path string) {
	s.mu.Lock()
	s.changed = append(s.changed, path)
	s.mu.Unlock()
}

// Changed returns the files of the site that were written since the last
// call, sorted.
func (s *Session) Changed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.changed
	s.changed = nil
	slices.Sort(list)
	return slices.Compact(list)
}

// Full brings the whole site up to date.
func (s *Session) Full(ctx context.Context) (*Result, error) {
	s.last = nil
	b, res, err := run(ctx, s.opt, s.dir, s.store)
	if err != nil {
		return nil, err
	}
	s.res = res
	if res.Published {
		s.last = b
		s.store.Next()
	}
	return res, nil
}

// Quick brings the pages of the agencies up to date whose files have changed;
// paths are relative to the archive's folder. It returns false where only Full
// can tell what the change means. What it has published is right but for the
// pages that span several agencies.
func (s *Session) Quick(ctx context.Context, paths []string) (*Result, bool, error) {
	if s.last == nil {
		return nil, false, nil
	}
	units, ok := s.last.touched(paths)
	if !ok {
		return nil, false, nil
	}
	out, err := s.dir.Update()
	if err != nil {
		return nil, false, err
	}
	b := s.last.again(out)
	for _, u := range units {
		if err := ctx.Err(); err != nil {
			return nil, false, errors.Join(err, out.Abort())
		}
		u.entries, u.reports, u.restless = nil, nil, false
		u.forget()
		j := b.judge(u)
		u.reports = append(u.reports, b.deadLinks([]*unit{u}, false)...)
		if !b.site.Mark {
			b.fail(u.reports)
		}
		if b.failed.Load() {
			continue
		}
		if err := b.renderUnit(u, j); err != nil {
			return nil, false, errors.Join(err, out.Abort())
		}
	}
	s.res = b.result()
	if b.failed.Load() {
		s.last = nil // there are errors: from now on Full decides
		return s.res, true, out.Abort()
	}
	stats, err := out.Commit()
	s.res.Published, s.res.Output = true, stats
	return s.res, true, err
}

// touched finds the agencies to which the files belong. All of them must be
// reports and attachments that the build has read: a new one, one that is
// gone, or an agency's own file may mean anything.
func (b *build) touched(paths []string) ([]*unit, bool) {
	var list []*unit
	for _, p := range paths {
		dir, ok := strings.CutPrefix(filepath.ToSlash(p), "content/agencies/")
		if !ok {
			return nil, false
		}
		u := b.owner(dir, filepath.ToSlash(p))
		info, err := fs.Lstat(b.files, filepath.ToSlash(p))
		if u == nil && errors.Is(err, fs.ErrNotExist) && !b.known(dir) {
			continue // an editor's temporary file, come and gone
		}
		if u == nil || err != nil || !info.Mode().IsRegular() {
			return nil, false
		}
		if !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list, true
}

// owner finds the agency of which the file is a report or an attachment.
func (b *build) owner(below, file string) *unit {
	for {
		cut := strings.LastIndexByte(below, '/')
		if cut < 0 {
			return nil
		}
		below = below[:cut]
		u := b.byPath[below]
		if u == nil {
			continue
		}
		for _, f := range u.contentFiles() {
			if f.Path == file && (u.folder.Index == nil || file != u.folder.Index.Path) {
				return u
			}
		}
		return nil
	}
}

// known reports whether an agency's folder, or the _index.md of one, was
// there in the last build.
func (b *build) known(below string) bool {
	_, folder := b.byPath[below]
	_, index := b.byPath[strings.TrimSuffix(below, "/_index.md")]
	return folder || index && strings.HasSuffix(below, "/_index.md")
}

// again is the build with which a part of the archive is made once more.
func (b *build) again(out *output.Build) *build {
	return &build{project: b.project, store: b.store, exporter: b.exporter, started: time.Now(), out: out}
}

// lockWait is how long a build waits for another one to end.
const lockWait = 3 * time.Second
