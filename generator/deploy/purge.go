package deploy

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

	"annals/generator/deploy/store"
)

// UnknownPathError says that neither the site nor any deployment has a path that is
// to be purged.
type UnknownPathError struct{ Path string }

func (e *UnknownPathError) Error() string {
	return e.Path + ": neither the site nor a deployment has it"
}

// NotWithdrawnError says that the site has what is to be purged as it always was.
type NotWithdrawnError struct{ Path string }

func (e *NotWithdrawnError) Error() string { return e.Path + ": the site still has it as it was" }

// Purge puts a site in place, from which what lay at some paths was withdrawn or in
// which it shows less, and removes all else at once: what the site no longer has, and the copies and
// manifests of all earlier deployments. What stood in the report stood in lists, data
// and the search index as well, and nothing in their bytes tells whether it did; so no
// earlier deployment can be brought back afterwards.
//
// The hashes of what lay at the path stay on record. A site that has these bytes, of
// a checkout that is older than the withdrawal, is refused from then on.
func (d *Deployer) Purge(ctx context.Context, site *Site, paths []string) (*Report, error) {
	return d.run(ctx, job{purge: paths, site: func(context.Context, *run) (*Site, error) { return site, nil }})
}

// at reports whether a file is what a purge is for, or lies below it.
func at(file, purged string) bool { return file == purged || strings.HasPrefix(file, purged+"/") }

// purging finds out what is purged.
func (r *run) purging(ctx context.Context, p *plan) error {
	var trees []Tree
	for _, d := range r.state.Deployed {
		t, err := r.tree(ctx, d.Tree)
		if err != nil && !errors.Is(err, store.ErrMissing) { // a purge that was interrupted has removed it
			return err
		}
		trees = append(trees, t)
	}
	var more Tree // what other runs may have left
	for file, t := range p.known {
		for _, sum := range t.sums {
			more = append(more, File{Path: file, Sum: sum})
		}
	}
	for _, path := range r.job.purge {
		sums, err := Purged(path, r.site.Tree, append(trees, more))
		if err != nil && !slices.Contains(r.state.Asked, sha256.Sum256([]byte(path))) {
			return err
		}
		for _, sum := range sums {
			if !slices.Contains(p.purged, sum) && !slices.Contains(r.state.Purged, sum) {
				p.purged = append(p.purged, sum)
			}
		}
	}
	return nil
}

// Purged returns the hashes of what lay at a path and below it, and is not of the site
// any more. The error says that this is nothing.
func Purged(path string, site Tree, earlier []Tree) (sums []Sum, err error) {
	now, found := map[Sum]bool{}, false
	for _, f := range site {
		now[f.Sum] = true
		found = found || at(f.Path, path)
	}
	for _, t := range earlier {
		for _, f := range t {
			if at(f.Path, path) && !now[f.Sum] && !slices.Contains(sums, f.Sum) {
				sums = append(sums, f.Sum)
			}
			found = found || at(f.Path, path)
		}
	}
	switch {
	case !found:
		return nil, &UnknownPathError{path}
	case len(sums) == 0:
		return nil, &NotWithdrawnError{path}
	}
	return sums, nil
}

// forget removes what the store itself keeps of earlier bytes.
func (r *run) forget(ctx context.Context, p *plan) error {
	err := r.Store.Forget(ctx, func(key string) bool {
		_, is := r.site.Tree.Find(key)
		return is || strings.HasPrefix(key, folder) || p.known[key] != nil
	})
	if refused := new(store.Error); errors.As(err, &refused) && refused.Err == nil && (refused.Status < 500 || refused.Status == 501) {
		r.Warn("versions")
		return nil
	}
	return err
}
