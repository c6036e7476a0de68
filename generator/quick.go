package generator

import (
	"bytes"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

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
		if u == nil { // it was moved or removed
			delete(s.hidden, name)
			continue
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
	list := pages{site.AgencyFile(u.agency, site.AgencyData): nil}
	for _, r := range u.folder.Reports {
		names := []string{"index.html", site.ReportData, "tables.csv"}
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

// again is the build with which a part of the archive is made once more.
func (b *build) again() *build {
	return &build{project: b.project, exporter: b.exporter}
}
