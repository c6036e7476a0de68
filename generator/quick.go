package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/site"
)

// mostQuick is how many agencies may be ahead of the output folder. Their
// pages are in memory; a checkout of hundreds is Full's business.
const mostQuick = 24

// Quick checks the agencies to which the files belong, and makes their pages
// if there is no error anywhere; paths are relative to the archive's folder.
// It returns false where only Full can tell what the change means. What it
// shows is right but for the pages that span several agencies.
func (s *Session) Quick(paths []string) (*Result, bool, error) {
	s.told = append(s.told, paths...)
	return s.quick(paths)
}

func (s *Session) quick(paths []string) (*Result, bool, error) {
	if s.last == nil || s.last.renderer == nil {
		return nil, false, nil
	}
	b := s.last.again()
	units, ok := b.touched(paths)
	if !ok {
		return nil, false, nil
	}
	work := maps.Clone(s.hidden)
	for _, u := range units {
		work[u.agency.Path] = struct{}{}
	}
	ahead := maps.Clone(work)
	for name := range s.fresh {
		ahead[name] = struct{}{}
	}
	if len(ahead) > mostQuick {
		return nil, false, nil
	}
	made := map[*unit]judged{}
	for _, u := range units {
		made[u] = b.judgeAgain(u)
		s.hidden[u.agency.Path] = struct{}{}
	}
	res := b.result()
	if b.blocked() {
		return res, true, nil
	}
	for _, name := range slices.Sorted(maps.Keys(work)) {
		u := b.byPath[name]
		if u == nil {
			return nil, false, nil
		}
		j, ok := made[u]
		if !ok {
			j = b.judgeAgain(u)
		}
		files, err := s.files(b, u, j)
		if err != nil {
			return nil, false, err
		}
		s.show(u, files)
	}
	res.Published = true
	return res, true, nil
}

// judgeAgain checks an agency in place of what is known of it.
func (b *build) judgeAgain(u *unit) judged {
	own := map[string]bool{}
	for _, f := range u.contentFiles() {
		own[f.Path] = true
	}
	// A Full counts dead links among what is found about no agency.
	b.found = slices.DeleteFunc(slices.Clone(b.found), func(d diag.Diagnostic) bool { return d.Rule == deadLink && own[d.Place.File] })
	u.entries, u.reports, u.restless = nil, nil, false
	j := b.judge(u)
	u.reports = append(u.reports, b.deadLinks([]*unit{u}, false)...)
	return j
}

const deadLink = "dead-link"

// blocked reports whether an error keeps the site from being shown.
func (b *build) blocked() bool {
	b.fail(b.found)
	for _, u := range b.units {
		b.fail(u.found)
		for _, d := range u.reports {
			if !b.site.Mark || d.Rule == deadLink {
				b.fail([]diag.Diagnostic{d})
			}
		}
	}
	return b.failed.Load()
}

// files makes the files of an agency. Attachments, which may be large, are
// left out where the output folder has them as they are. A report that is a
// draft now has none: what it had is nil.
func (s *Session) files(b *build, u *unit, j judged) (pages, error) {
	list := pages{}
	for _, r := range u.folder.Reports {
		names := []string{"index.html", "report.json", "tables.csv"}
		for _, a := range r.Attachments {
			names = append(names, path.Base(a.Path))
		}
		for _, name := range names {
			list[site.ReportFile(u.agency, r.Year, name)] = nil
		}
	}
	emit := func(name string, data []byte) error {
		list[name] = append([]byte{}, data...)
		return nil
	}
	return list, b.agencyFiles(u, j, emit, func(name string, data []byte) error {
		if there, err := s.onDisk(name); err == nil && bytes.Equal(there, data) {
			delete(list, name)
			return nil
		}
		return emit(name, data)
	})
}

// show puts an agency's files over those of the output folder.
func (s *Session) show(u *unit, files pages) {
	was := s.fresh[u.agency.Path]
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, data := range files {
		old, ok := was[name]
		if !ok {
			old, _ = s.onDisk(name)
			// The Full that runs may have put it there this moment.
			_, unsure := s.staged[name]
			ok = s.run == nil || !unsure
		}
		if !ok || !bytes.Equal(old, data) {
			s.changed[name] = struct{}{}
		}
	}
	s.fresh[u.agency.Path] = files
	delete(s.hidden, u.agency.Path)
}

// compare takes back what Full has told of files that were shown before, and
// are the same still; the others are changed.
func (s *Session) compare(before pages) {
	now := s.Fresh()
	for name, old := range before {
		data, ok := now[name]
		if !ok {
			data, _ = s.onDisk(name)
		}
		if bytes.Equal(old, data) {
			delete(s.changed, name)
		} else {
			s.changed[name] = struct{}{}
		}
	}
}

func (s *Session) onDisk(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(s.opt.Out, filepath.FromSlash(name)))
}

// touched finds the agencies to which the files belong, and the governments
// that are compared with them. All files must be reports and attachments that
// the last Full has read: a new one, one that is gone, or an agency's own file
// may mean anything.
func (b *build) touched(paths []string) ([]*unit, bool) {
	var list []*unit
	add := func(u *unit) {
		if !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	for _, p := range paths {
		p = filepath.ToSlash(p)
		dir, ok := strings.CutPrefix(p, "content/agencies/")
		if !ok {
			return nil, false
		}
		u := b.owner(dir, p)
		info, err := fs.Lstat(b.files, p)
		if u == nil && errors.Is(err, fs.ErrNotExist) && !b.known(dir) {
			continue // an editor's temporary file, come and gone
		}
		if u == nil || err != nil || !info.Mode().IsRegular() {
			return nil, false
		}
		add(u)
	}
	for _, u := range list {
		for a := u.agency.Parent; a != nil; a = a.Parent {
			if a.Kind == archive.Government {
				add(b.byAgency[a])
				break
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *unit) int { // those below first
		return strings.Count(b.agency.Path, "/") - strings.Count(a.agency.Path, "/")
	})
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
func (b *build) again() *build {
	return &build{project: b.project, exporter: b.exporter, started: time.Now()}
}

// lockWait is how long a build waits for another one to end.
const lockWait = 3 * time.Second
