package snapshot

import (
	"crypto/sha256"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/wire"
)

// Below is one of the agencies that a government is compared with, and its
// Outcome.
type Below struct {
	Agency  *archive.Agency
	Outcome *Outcome
}

// Key is the hash of everything that an agency's pages, its entries, its
// diagnostics and its part of the search index are made from: the program and
// the archive's settings, what the releases have of the agency (record), the
// agencies above it and directly below it, its own files, the years of the
// archive in which a report of it is due, and those that it is compared with:
// the figures, and the files too, since diagnostics quote them and point into
// them.
func Key(settings, record [sha256.Size]byte, a *archive.Agency, files Files, below []Below, due []int) cache.Key {
	b := make([]byte, 0, 2048)
	text := func(s string) { b = wire.AppendString(b, s) }
	number := func(n int) { b = wire.AppendVarint(b, int64(n)) }
	add := func(list Files) {
		number(len(list))
		for i := range list {
			text(list[i].Path)
			b = append(b, list[i].Sum[:]...)
		}
	}
	b = append(append(b, settings[:]...), record[:]...)
	for _, x := range a.Chain() {
		text(x.Path)
		text(x.Name)
		text(string(x.Kind))
	}
	add(files)
	number(len(due))
	for _, y := range due {
		number(y)
	}
	number(len(a.Children))
	for _, c := range a.Children {
		text(c.Path)
		text(c.Name)
		text(string(c.Kind))
		number(len(c.Children))
	}
	for _, x := range below {
		text(x.Agency.Path)
		text(x.Agency.Name)
		number(x.Agency.Since)
		number(x.Agency.Until)
		add(x.Outcome.Files)
		number(len(x.Outcome.Entries))
		for i := range x.Outcome.Entries {
			e := &x.Outcome.Entries[i]
			text(e.Form.ID)
			number(e.Year)
			number(e.Errors)
			b = wire.AppendString(b, e.Packed)
		}
	}
	return sha256.Sum256(b)
}
