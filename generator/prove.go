package generator

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"annals/generator/proof"
	"annals/generator/release"
	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/generator/snapshot"
)

// proofGroup is the group of the files that prove the record.
const proofGroup = "proof"

// Origin names the log of the archive's releases.
func (l *Library) Origin() string { return proof.Origin(l.site.BaseURL) }

// proves reports whether the site has a proof: it has where there are releases. An
// archive as of an earlier release is not what is published.
func (b *Built) proves() bool {
	return !b.record.Broken && (b.opt.Release != nil || !b.record.Empty()) && b.opt.AsOf == nil
}

// summing notes the hashes of the files that are emitted.
func summing(sums proof.Sums, emit site.Emit) site.Emit {
	return func(path string, data []byte) error {
		sums[path] = sha256.Sum256(data)
		return emit(path, data)
	}
}

// recordFile makes the record of an agency, which stands beside its reports.
func (b *build) recordFile(s *source, o *snapshot.Outcome, pages *site.Agency, files proof.Sums, emit site.Emit) error {
	h := b.history(s, o)
	lines := slices.DeleteFunc(h.Lines(), func(x release.Line) bool { return x.Gone })
	if len(files) == 0 && len(lines) == 0 {
		return nil
	}
	texts, err := h.Texts(lines)
	if err != nil {
		return err
	}
	r := proof.Record{Lines: texts, Text: map[int]string{}, Files: files}
	for _, x := range pages.Reports {
		if slices.ContainsFunc(lines, func(l release.Line) bool { return l.Year == x.Year }) {
			r.Text[x.Year] = string(release.Prose(x))
		}
	}
	data := r.Append(nil)
	o.Record = sha256.Sum256(data)
	return emit(site.AgencyFile(s.agency, sitemap.AgencyRecord), data)
}

// drafted makes the files of the release that is being made; nil if it has no
// lines.
func (b *build) drafted() []release.File {
	if b.opt.Release == nil || b.files != nil {
		return b.files
	}
	var lines [][]byte
	for _, o := range b.outcomes {
		lines = append(lines, o.Lines...)
	}
	if len(lines) > 0 {
		b.files = b.record.Files(b.header(), lines, release.MaxFile)
	}
	return b.files
}

// prove makes the tree of all lines, the checkpoint, and the inventory.
func (b *build) prove() error {
	if !b.proves() {
		return nil
	}
	leaves := slices.Clone(b.record.Leaves())
	loose, err := b.record.Loose()
	if err != nil {
		return err
	}
	fresh := map[[sha256.Size]byte]int{} // numbers of lines that are not written yet
	for _, f := range b.drafted() {
		for line := range bytes.Lines(f.Data) {
			sum := release.Leaf(line)
			if release.OfReport(line) {
				fresh[sum] = len(leaves)
			} else {
				loose = append(loose, release.Loose{Leaf: len(leaves), Text: line})
			}
			leaves = append(leaves, sum)
		}
	}
	if len(leaves) == 0 {
		return nil
	}
	tree := make([]proof.Hash, len(leaves))
	for i, sum := range leaves {
		tree[i] = sum
	}
	entries, files := b.inventory(fresh), b.lists()
	c := proof.Checkpoint{Origin: b.Origin(), Size: int64(len(tree)), Root: proof.Root(tree)}
	key := sha256.New()
	for _, part := range [...]string{c.Text(), b.opt.Signer.ID()} {
		key.Write([]byte(part + "\x00"))
	}
	for _, e := range entries {
		key.Write(e.Append(nil))
	}
	for _, l := range files {
		key.Write(append([]byte(l.Path), l.Sum[:]...))
	}
	id := hex.EncodeToString(key.Sum(nil))
	if kept, err := b.out.Keep(proofGroup, id); kept || err != nil {
		return err
	}
	g := b.out.Group(proofGroup, id)
	if err := b.opt.Signer.Publish(c, tree, entries, files, looseFile(loose), g.Stage); err != nil {
		return err
	}
	return g.Close()
}

// looseFile lists the lines that are of no report, each after its number.
func looseFile(list []release.Loose) (b []byte) {
	for _, x := range list {
		b = strconv.AppendInt(b, int64(x.Leaf), 10)
		b = append(append(b, ' '), x.Text...)
	}
	return b
}

// inventory lists the agencies that have a record, in the order of their paths.
// fresh are the numbers of lines that are not written yet.
func (b *build) inventory(fresh map[[sha256.Size]byte]int) (list []proof.Entry) {
	for i, s := range b.sources {
		o := b.outcomes[i]
		if o.Record == ([sha256.Size]byte{}) {
			continue
		}
		e := proof.Entry{Agency: s.agency.Path, Record: o.Record}
		for _, x := range b.history(s, o).Lines() {
			n := x.Leaf
			if n == release.NoLeaf {
				n = fresh[x.Sum]
			}
			if x.Gone {
				e.Gone = append(e.Gone, n)
			} else {
				e.Leaves = append(e.Leaves, n)
			}
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b proof.Entry) int { return cmp.Compare(a.Agency, b.Agency) })
	return list
}
