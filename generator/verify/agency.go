package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"annals/generator/proof"
	"annals/generator/release"
	"annals/generator/sitemap"
)

// inventory reads the inventory, and each agency that it lists.
func (r *run) inventory(known proof.Known) error {
	data, err := r.read(sitemap.Inventory, maxNote)
	if data == nil || err != nil {
		return err
	}
	text, _, err := proof.Open(data, known)
	if err != nil {
		r.found(Finding{What: Signature, File: sitemap.Inventory})
		return nil
	}
	x, err := proof.ParseInventory(text)
	if err != nil || x.Origin != r.tree.Origin || x.Root != r.tree.Root {
		r.found(Finding{What: Malformed, File: sitemap.Inventory})
		return nil
	}
	last := ""
	for _, l := range x.Lists {
		entries, err := r.list(l)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Agency <= last {
				r.found(Finding{What: Malformed, File: l.Path})
				return nil
			}
			last = e.Agency
		}
		if err := each(r, r.chosen(entries, len(x.Lists)), r.agency); err != nil {
			return err
		}
	}
	if r.Sample > 0 {
		return nil
	}
	for _, l := range x.Files {
		if err := r.spanning(l); err != nil {
			return err
		}
	}
	return nil
}

// spanning holds files that span agencies against their hashes.
func (r *run) spanning(l proof.List) error {
	data, err := r.listed(l)
	if data == nil || err != nil {
		return err
	}
	sums, err := proof.ParseSums(data)
	if err != nil {
		r.found(Finding{What: Malformed, File: l.Path})
		return nil
	}
	return each(r, slices.Sorted(maps.Keys(sums)), func(name string) error {
		if path.Clean(name) != name || path.IsAbs(name) || strings.HasPrefix(name, "../") {
			r.found(Finding{What: Malformed, File: l.Path})
			return nil
		}
		data, err := r.read(name, maxFile)
		if err != nil {
			return err
		}
		if data != nil && !sumOf(data, sums[name]) {
			r.found(Finding{What: Bytes, File: name})
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.res.Files++
		r.expected[name] = true
		return nil
	})
}

// listed reads a list of the inventory. It is nil, and a finding, if it is not as the
// inventory says.
func (r *run) listed(l proof.List) ([]byte, error) {
	if !strings.HasPrefix(l.Path, sitemap.ProofFolder) || path.Clean(l.Path) != l.Path {
		r.found(Finding{What: Malformed, File: sitemap.Inventory})
		return nil, nil
	}
	data, err := r.read(l.Path, maxList)
	if data == nil || err != nil {
		return nil, err
	}
	if !sumOf(data, l.Sum) {
		r.found(Finding{What: Bytes, File: l.Path})
		return nil, nil
	}
	return data, nil
}

func (r *run) list(l proof.List) ([]proof.Entry, error) {
	data, err := r.listed(l)
	if data == nil || err != nil {
		return nil, err
	}
	entries, err := proof.ParseList(data)
	if err != nil {
		r.found(Finding{What: Malformed, File: l.Path})
	}
	return entries, nil
}

// chosen are the agencies of a list that are looked at: all, or a share that the
// root of the tree chooses, so that nobody knows them beforehand.
func (r *run) chosen(entries []proof.Entry, lists int) []proof.Entry {
	if r.Sample == 0 {
		return entries
	}
	share := max(1, (r.Sample+lists-1)/lists)
	key := func(e proof.Entry) string {
		sum := sha256.Sum256(append(r.tree.Root[:], e.Agency...))
		return string(sum[:])
	}
	slices.SortFunc(entries, func(a, b proof.Entry) int { return strings.Compare(key(a), key(b)) })
	return entries[:min(share, len(entries))]
}

// each looks at several at a time.
func each[T any](r *run, list []T, look func(T) error) error {
	ctx, cancel := context.WithCancelCause(r.ctx)
	defer cancel(nil)
	next := make(chan T)
	var wg sync.WaitGroup
	for range max(1, r.Workers) {
		wg.Go(func() {
			for x := range next {
				if err := look(x); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, x := range list {
		select {
		case next <- x:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}

// agency holds the record of an agency against the tree, and its files against
// the record.
func (r *run) agency(e proof.Entry) error {
	folder := agencyFolder(e.Agency)
	file := folder + "/" + sitemap.AgencyRecord
	r.mu.Lock()
	r.unread[folder] = true
	r.mu.Unlock()
	data, err := r.read(file, maxRecord)
	if data == nil || err != nil {
		return err
	}
	record, err := proof.ParseRecord(data)
	if err != nil {
		r.found(Finding{What: Malformed, File: file})
		return nil
	}
	if !sumOf(data, e.Record) {
		r.found(Finding{What: Bytes, File: file})
	}
	if len(e.Leaves) != len(record.Lines) {
		r.found(Finding{What: Line, File: file, Was: size(int64(len(e.Leaves)))})
		return nil
	}
	last, withdrawn := map[int]*release.State{}, 0
	for i, line := range record.Lines {
		if !r.leaf(file, e.Leaves[i], line) {
			continue
		}
		s, err := release.Parse(line)
		if err != nil {
			r.found(Finding{What: Malformed, File: file})
			return nil
		}
		if !r.movedHere(s.Agency, e.Agency) {
			r.found(Finding{What: Moved, File: file, Was: s.Agency})
		}
		if s.Withdrawn != nil {
			withdrawn += s.Revision - 1
		}
		last[s.Year] = s
	}
	if len(e.Gone) > withdrawn {
		r.found(Finding{What: Line, File: file, Was: size(int64(e.Gone[0]))})
	}
	for _, n := range e.Gone {
		r.cover(file, n)
	}
	r.mu.Lock()
	r.res.Agencies++
	r.expected[file] = true
	delete(r.unread, folder)
	for path := range record.Files {
		r.expected[path] = true
	}
	r.mu.Unlock()
	return r.files(&beside{run: r, folder: folder, record: record}, last)
}

// movedHere reports whether an agency that was at one path can be at another.
func (r *run) movedHere(from, to string) bool {
	if from == to {
		return true
	}
	for m := range r.moves {
		if m[0] == from && m[1] != from && r.later(m[1], to, len(r.moves)) {
			return true
		}
	}
	return false
}

func (r *run) later(at, to string, most int) bool {
	if at == to {
		return true
	}
	for m := range r.moves {
		if most > 0 && m[0] == at && r.later(m[1], to, most-1) {
			return true
		}
	}
	return false
}

// files holds the files of an agency's pages against their hashes, and those of
// its reports against their last lines.
func (r *run) files(b *beside, last map[int]*release.State) error {
	years := map[int]bool{}
	for name := range b.record.Files {
		if year, ok := b.year(name); ok {
			years[year] = true
		}
	}
	for year := range last {
		years[year] = true
	}
	done := map[string]bool{}
	for year := range years {
		s := last[year]
		if s == nil {
			r.mu.Lock()
			r.res.Unreleased = append(r.res.Unreleased, b.page(year))
			r.mu.Unlock()
			continue
		}
		read, err := b.report(year, s)
		if err != nil {
			return err
		}
		for _, name := range read {
			done[name] = true
		}
	}
	for name, sum := range b.record.Files {
		if done[name] || !inside(name) {
			continue
		}
		data, err := r.read(name, maxFile)
		if err != nil {
			return err
		}
		if data != nil && !sumOf(data, sum) {
			r.found(Finding{What: Bytes, File: name})
		}
	}
	r.mu.Lock()
	r.res.Files += len(b.record.Files)
	r.mu.Unlock()
	return nil
}

// inside reports whether a path is one within the site's agencies.
func inside(name string) bool {
	return path.Clean(name) == name && strings.HasPrefix(name, agencies)
}

const agencies = "agencies/"

// looksLikeReport reports whether a path is that of a report's page or data.
func looksLikeReport(name string) bool {
	folder, base := path.Split(name)
	year, err := strconv.Atoi(path.Base(folder))
	return err == nil && year > 1000 && slices.Contains(sitemap.ReportFiles, base) || base == sitemap.AgencyRecord
}

// folderOf is the folder of the agency to which such a file belongs.
func folderOf(name string) string {
	if path.Base(name) == sitemap.AgencyRecord {
		return path.Dir(name)
	}
	return path.Dir(path.Dir(name))
}

// number reads a number at the beginning of a line.
func number(line string) (n int, rest string, ok bool) {
	first, rest, ok := strings.Cut(line, " ")
	n, err := strconv.Atoi(first)
	return n, rest, ok && err == nil && n >= 0
}

// attached holds the attachments of a report against those of its line.
func (b *beside) attached(year int, s *release.State) {
	for name, want := range s.Files {
		file := b.folder + "/" + strconv.Itoa(year) + "/" + name
		sum, ok := b.record.Files[file]
		if ok && hex.EncodeToString(sum[:]) != want {
			b.found(Finding{What: Attached, File: file, Was: want, Is: hex.EncodeToString(sum[:])})
		}
	}
}
