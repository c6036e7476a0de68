package generator

import (
	"context"
	"encoding/hex"
	"errors"
	"path"
	"slices"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/output"
	"annals/generator/release"
	"annals/generator/site"
	"annals/generator/snapshot"
)

// Publication is the release that a build makes.
type Publication struct {
	Date    string // 2026-01-31
	Program string // that makes it, as it names itself

	Number int // set by the build: 0 if nothing is new or has changed since the last release
	Lines  int // of the release: reports that are new or differ, are withdrawn, or agencies that moved
}

// EarlierError says that a release would be dated before the last one.
type EarlierError struct{ Last release.Release }

func (e EarlierError) Error() string {
	return "the last release is of " + e.Last.Date
}

// Release builds the site and makes a release of it. The release is written
// once all pages are made, before the first of them is put in place: what ends
// the run before leaves the record as it was, and what ends it after leaves a
// site that the next build brings up to date.
func Release(ctx context.Context, opt Options, p *Publication) (*Result, error) {
	opt.Release = p
	return Build(ctx, opt)
}

// publish writes the release.
func (b *build) publish() error {
	files := b.drafted()
	if len(files) == 0 {
		return nil
	}
	p := b.opt.Release
	p.Number = len(b.record.Releases) + 1
	for _, o := range b.outcomes {
		p.Lines += len(o.Lines)
	}
	return write(b.opt.Dir, b.record, files)
}

// header is that of the release which is being made.
func (b *build) header() release.Header {
	p := b.opt.Release
	head := release.Header{Date: p.Date, Program: p.Program, Forms: map[string]string{}, Rules: diag.Sum()}
	for _, f := range b.formsInUse() {
		head.Forms[f.ID] = hex.EncodeToString(f.Sum[:])
	}
	return head
}

// compare holds an agency's reports against the record. Of a release that is
// being made it returns the errors alone: what only is to be noticed is in the
// release, and the next build must not remember it as a difference.
func (b *Built) compare(s *source, all []*archive.Report, o *snapshot.Outcome) []diag.Diagnostic {
	releasing := b.opt.Release != nil
	v := b.record.Of(s.agency.Path).Compare(all, releasing, func(year int) bool { return s.report(year) != nil })
	o.Unreleased, o.Lines = v.Unreleased && !releasing, v.Lines
	if releasing {
		v.Found = slices.DeleteFunc(v.Found, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	}
	return v.Found
}

// history returns the record of an agency, with the lines of the release that is
// being made.
func (b *Built) history(s *source, o *snapshot.Outcome) *release.History {
	h := b.record.Of(s.agency.Path)
	if b.opt.Release != nil {
		h = h.With(o.Lines, len(b.record.Releases)+1, b.opt.Release.Date)
	}
	return h
}

// versions puts the versions of an agency's reports on their pages. It returns what
// keeps it from reading them.
func (b *Built) versions(s *source, all []*archive.Report, o *snapshot.Outcome, pages *site.Agency) (found []diag.Diagnostic) {
	h := b.history(s, o)
	pages.Versions, pages.Proven = map[int][]release.Version{}, b.proves()
	for _, r := range all {
		list, err := h.Versions(r.Year)
		if unread := new(release.LineError); errors.As(err, &unread) {
			found = append(found, unread.Diagnostic)
		}
		pages.Versions[r.Year] = list
	}
	return found
}

// moved lists the addresses that lead on to an agency and its reports: those where
// it, or one above it, was before, unless another agency is there now.
func (l *Library) moved(s *source, all []*archive.Report) (list []site.Moved) {
	for a := s.agency; a != nil; a = a.Parent {
		for _, old := range a.Aliases {
			from := old + s.agency.Path[len(a.Path):]
			if l.at(from) != nil || slices.Contains(list, site.Moved{From: from}) {
				continue
			}
			list = append(list, site.Moved{From: from})
			for _, r := range all {
				if !r.Draft {
					list = append(list, site.Moved{From: from, Year: r.Year})
				}
			}
		}
	}
	return list
}

// aliasesOnce reports each alias whose address leads to another agency already:
// to one with the same alias, or below an alias of one above that.
func (l *Library) aliasesOnce() (found []diag.Diagnostic) {
	owners := map[string]*archive.Agency{}
	for _, s := range l.sources {
		for _, old := range s.agency.Aliases {
			if owners[old] == nil {
				owners[old] = s.agency
			}
		}
	}
	for _, s := range l.sources {
		for _, old := range s.agency.Aliases {
			for above := old; above != "."; above = path.Dir(above) {
				owner := owners[above]
				if owner == nil {
					continue
				}
				if other := l.at(owner.Path + old[len(above):]); other != nil && other != s && l.at(old) == nil {
					found = append(found, diag.New("value/alias-twice", s.agency.NameSpan.In(s.agency.File), "text", old, "agency", other.agency.Path))
				}
			}
		}
	}
	return found
}

// changed adds what the pages about changes are made from.
func (b *Built) changed(in *site.Archive) error {
	for i, s := range b.sources {
		for _, x := range b.outcomes[i].Withdrawn {
			in.Withdrawn = append(in.Withdrawn, site.Withdrawn{Agency: s.agency, Withdrawn: x})
		}
	}
	in.Proven, in.Key = b.proves(), b.opt.Signer.VerifierKey()
	in.Releases = slices.Clone(b.record.Releases)
	if p := b.opt.Release; p != nil {
		in.Releases = append(in.Releases, release.Release{Number: len(in.Releases) + 1, Date: p.Date})
	}
	if len(in.Releases) == 0 {
		return nil
	}
	for i, s := range b.sources {
		o := b.outcomes[i]
		h := b.history(s, o)
		for _, year := range h.Changed() {
			k := slices.IndexFunc(o.Entries, func(e archive.Entry) bool { return e.Year == year })
			if k < 0 {
				continue // withdrawn, or gone
			}
			list, err := h.Versions(year)
			if err != nil {
				return err
			}
			in.Changed = append(in.Changed, site.Changed{Agency: s.agency, Year: year, Form: o.Entries[k].Form, Versions: list})
		}
	}
	return nil
}

// write puts the files of a release in their places. One file is there whole or
// not at all. Of several the first is written beside its place and put there
// last: as long as it stands beside, the others are of no release.
func write(dir string, record *release.Record, files []release.File) error {
	for _, name := range record.Unfinished() {
		if err := output.RemoveFile(dir, name); err != nil {
			return err
		}
	}
	const mode = 0o644
	first := release.Folder + "/" + files[0].Name
	if len(files) == 1 {
		return output.CreateFile(dir, first, files[0].Data, mode)
	}
	staged := release.Folder + "/" + release.Staged(files[0].Name)
	if err := output.CreateFile(dir, staged, files[0].Data, mode); err != nil {
		return err
	}
	for _, f := range files[1:] {
		if err := output.CreateFile(dir, release.Folder+"/"+f.Name, f.Data, mode); err != nil {
			return err
		}
	}
	return output.RenameFile(dir, staged, first)
}
