package session

import (
	"bytes"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// mostAhead is the most agencies whose pages may be newer than the output
// folder. These pages are in memory, so a checkout that changes hundreds of
// agencies is left to BuildAll.
const mostAhead = 24

// BuildTouched checks the agencies to which the files belong, and makes their
// pages if there is no error anywhere; paths are relative to the archive's
// folder. It returns false where the change may affect more than these
// agencies, so that only BuildAll can handle it. Pages that span several
// agencies stay as they were until the next BuildAll.
func (s *Session) BuildTouched(paths []string) (*generator.Result, bool, error) {
	s.saved = append(s.saved, paths...)
	return s.buildTouched(paths)
}

func (s *Session) buildTouched(paths []string) (*generator.Result, bool, error) {
	if s.last == nil || !s.last.Renders() {
		return nil, false, nil
	}
	agencies, ok := s.last.Touched(paths)
	if !ok {
		return nil, false, nil
	}
	for _, name := range slices.Sorted(maps.Keys(s.held)) {
		a := s.last.Agency(name)
		switch {
		case a == nil: // it was moved or removed
			delete(s.held, name)
		case !slices.Contains(agencies, a):
			agencies = append(agencies, a)
		}
	}
	ahead := maps.Clone(s.held)
	for name := range s.ahead {
		ahead[name] = struct{}{}
	}
	for _, a := range agencies {
		ahead[a.Path] = struct{}{}
	}
	if len(ahead) > mostAhead {
		return nil, false, nil
	}
	built, made := s.last.Rejudge(agencies)
	s.last = built
	res := built.Result()
	for _, m := range made {
		s.held[m.Agency.Path] = struct{}{}
	}
	if built.Blocked() {
		return res, true, nil
	}
	for _, m := range made {
		files, err := s.render(m)
		if err != nil {
			return nil, false, err
		}
		s.show(m.Agency, files)
	}
	res.Published = true
	return res, true, nil
}

// render makes the files of an agency. Attachments, which may be large, are
// left out where the output folder has them as they are. The files of a report
// that has become a draft are nil in the result.
func (s *Session) render(m *site.Agency) (pages, error) {
	a := m.Agency
	list := pages{site.AgencyFile(a, sitemap.AgencyData): nil}
	for _, r := range s.last.Folder(a).Reports {
		names := slices.Clone(sitemap.ReportFiles)
		for _, x := range r.Attachments {
			names = append(names, path.Base(x.Path))
		}
		for _, name := range names {
			list[site.ReportFile(a, r.Year, name)] = nil
		}
	}
	emit := func(name string, data []byte) error {
		list[name] = append([]byte{}, data...)
		return nil
	}
	return list, s.last.Render(m, emit, func(name string, data []byte) error {
		if there, err := s.onDisk(name); err == nil && bytes.Equal(there, data) {
			delete(list, name)
			return nil
		}
		return emit(name, data)
	})
}

// show makes an agency's files take precedence over those of the output folder.
func (s *Session) show(a *archive.Agency, files pages) {
	was := s.ahead[a.Path]
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, data := range files {
		old, ok := was[name]
		if !ok {
			old, _ = s.onDisk(name)
			// The file on disk cannot be compared if the running BuildAll may
			// just have written it.
			_, unsure := s.staged[name]
			ok = s.running == nil || !unsure
		}
		if !ok || !bytes.Equal(old, data) {
			s.changed[name] = struct{}{}
		}
	}
	s.ahead[a.Path] = files
	delete(s.held, a.Path)
}

// compare corrects s.changed for the files that were shown before a BuildAll: a
// file with the same bytes as in before is removed from it, any other is added.
func (s *Session) compare(before pages) {
	now := s.Ahead()
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
