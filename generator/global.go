package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"annals/generator/form"
	"annals/generator/site"
	"annals/generator/snapshot"
	"annals/generator/wire"
)

// globalPages makes the files that span agencies. Pages and data files are made
// from the agencies and the entries of their reports, the search index from the
// agencies' blobs: a corrected word does not change pages and data files, a
// corrected number does not change the search index. Pages and data come in
// groups, one for each branch of the tree and each shard of the data, so that
// after an edit only the groups of the agencies above are made again.
func (b *build) globalPages(ctx context.Context) error {
	kept, err := b.keepPages()
	if err != nil {
		return err
	}
	if !kept {
		if err := b.pages(ctx); err != nil {
			return err
		}
	}
	key := b.searchKey()
	if kept, err = b.out.Keep(searchGroup, key); err != nil {
		return err
	}
	if kept {
		b.store.KeepAll(shardPrefix)
		return b.keepList(searchGroup)
	}
	b.opt.stage("search")
	index := b.group(searchGroup, key)
	if err := b.searchIndex(ctx, index); err != nil {
		return err
	}
	return index.Close()
}

// The groups of the output besides the agencies' own.
const (
	pagesGroup  = "pages" // pages that belong to no branch: home, assets, lists
	searchGroup = "search"
	branches    = "site/" // begins the names of branches and shards
)

// keepPages takes over all pages and data files, if nothing has changed.
func (b *build) keepPages() (bool, error) {
	b.branches = map[string]string{}
	key := b.pagesKey()
	old := b.out.Keys(pagesGroup)
	if old[pagesGroup] != key {
		return false, nil
	}
	whole := true
	for name, key := range b.out.Keys(branches) {
		ok, err := b.out.Keep(name, key)
		if err != nil {
			return false, err
		}
		if ok {
			b.branches[name] = key
		}
		whole = whole && ok
	}
	if !whole {
		return false, nil
	}
	if ok, err := b.out.Keep(pagesGroup, key); !ok || err != nil {
		return false, err
	}
	return true, b.keepList(append(slices.Collect(maps.Keys(b.branches)), pagesGroup)...)
}

// open starts the group of a branch or shard, or keeps the group of the last
// build. The forms in use are part of the group's key, because every branch and
// shard depends on them.
func (b *build) open(name string, key [32]byte, forms []*form.Form) (site.Emit, func() error, error) {
	name = branches + name
	sum := sha256.Sum256(append(appendIDs(append(b.settings[:], key[:]...), forms), b.mark()...))
	id := hex.EncodeToString(sum[:])
	if was, ok := b.branches[name]; ok && was == id {
		return nil, nil, b.keepList(name)
	}
	if ok, err := b.out.Keep(name, id); err != nil {
		return nil, nil, err
	} else if ok {
		return nil, nil, b.keepList(name)
	}
	g := b.group(name, id)
	return g.Stage, g.Close, nil
}

func appendIDs(b []byte, forms []*form.Form) []byte {
	for _, f := range forms {
		b = append(append(b, f.ID...), 0)
	}
	return b
}

func (b *build) pages(ctx context.Context) error {
	in := b.archive()
	if err := b.changed(in); err != nil {
		return err
	}
	in.Open = func(name string, key [32]byte) (site.Emit, func() error, error) {
		emit, end, err := b.open(name, key, in.Forms)
		if emit != nil {
			emit = until(ctx, emit)
		}
		return emit, end, err
	}
	group := b.group(pagesGroup, b.pagesKey())
	stage := until(ctx, group.Stage)
	b.opt.stage("pages")
	if err := b.renderer.Global(in, b.free, b.opt.workers(), stage); err != nil {
		return err
	}
	b.opt.stage("data")
	files, forms, err := b.exporter.Global(in, b.free, b.opt.workers(), stage)
	if err != nil {
		return err
	}
	if err := b.renderer.Data(files, forms, stage); err != nil {
		return err
	}
	return group.Close()
}

// until lets files pass until the context is done.
func until(ctx context.Context, emit site.Emit) site.Emit {
	return func(name string, data []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return emit(name, data)
	}
}

// pagesKey is the hash of all that pages and data files are made from.
func (b *build) pagesKey() string {
	h := sha256.New()
	h.Write(b.settings[:])
	h.Write([]byte(b.opt.Signer.VerifierKey() + "\x00" + b.mark()))
	for _, f := range b.free {
		sum := sha256.Sum256(f.Body.Source)
		h.Write(sum[:])
	}
	var buf []byte
	for i, s := range b.sources {
		buf = snapshot.AppendAgency(wire.AppendString(buf[:0], s.agency.Path), s.agency)
		entries := b.outcomes[i].Entries
		buf = wire.AppendUvarint(buf, uint64(len(entries)))
		for j := range entries {
			buf = entries[j].Append(buf)
		}
		h.Write(buf)
		if h1 := b.history(s, b.outcomes[i]); h1.Sum != ([32]byte{}) || len(b.outcomes[i].Withdrawn) > 0 {
			h.Write(h1.Sum[:])
			fmt.Fprint(h, b.outcomes[i].Withdrawn)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// searchKey is the hash of all that the search index is made from.
func (b *build) searchKey() string {
	h := sha256.New()
	h.Write(append(appendIDs(b.settings[:], b.formsInUse()), b.mark()...))
	for i, s := range b.sources {
		h.Write([]byte(s.agency.Path + "\x00"))
		sum := b.outcomes[i].Blob.Sum()
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}
