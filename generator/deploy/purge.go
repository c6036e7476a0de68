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
	trees := []Tree{r.site.Tree}
	for _, d := range r.state.Deployed {
		t, err := r.tree(ctx, d.Tree)
		if err != nil && !errors.Is(err, store.ErrMissing) { // a purge that was interrupted has removed it
			return err
		}
		trees = append(trees, t)
	}
	now := map[Sum]bool{}
	for _, f := range r.site.Tree {
		now[f.Sum] = true
	}
	for _, path := range r.job.purge {
		found, before := false, len(p.purged)
		add := func(file string, sums ...Sum) {
			for _, sum := range sums {
				if found = found || at(file, path); at(file, path) && !now[sum] && !slices.Contains(slices.Concat(p.purged, r.state.Purged), sum) {
					p.purged = append(p.purged, sum)
				}
			}
		}
		for _, t := range trees {
			for _, f := range t {
				add(f.Path, f.Sum)
			}
		}
		for file, t := range p.known {
			add(file, t.sums...)
		}
		switch {
		case slices.Contains(r.state.Asked, sha256.Sum256([]byte(path))): // again
		case !found:
			return &UnknownPathError{path}
		case len(p.purged) == before:
			return &NotWithdrawnError{path}
		}
	}
	return nil
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
