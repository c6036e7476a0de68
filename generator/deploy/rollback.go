package deploy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"annals/generator/deploy/store"
)

// ErrNoEarlier says that no deployment is kept that could be brought back.
var ErrNoEarlier = errors.New("no earlier deployment is kept")

// LostError says that the bytes of a file are no longer there.
type LostError struct{ Path string }

func (e *LostError) Error() string { return e.Path + " is lost: it cannot be brought back" }

// Rollback puts the deployment with a number in place again, or, if the number is 0, the
// one before that which is in place. It becomes a deployment of its own, so that another
// rollback goes further back.
func (d *Deployer) Rollback(ctx context.Context, number int) (*Report, error) {
	return d.run(ctx, job{rollback: true, site: func(ctx context.Context, r *run) (*Site, error) { return r.earlier(ctx, number) }})
}

// earlier returns a deployment as a site, of what is in the store.
func (r *run) earlier(ctx context.Context, number int) (*Site, error) {
	list := r.state.Deployed
	if len(list) == 0 || r.purges {
		return nil, ErrNoEarlier
	}
	now := cmp.Or(list[0].Of, list[0].Number)
	i := slices.IndexFunc(list, func(d Deployment) bool {
		return number == 0 && d.Number < now && d.Tree != list[0].Tree || number != 0 && (d.Number == number || d.Of == number)
	})
	if i < 0 {
		return nil, ErrNoEarlier
	}
	tree, err := r.tree(ctx, list[i].Tree)
	if err != nil {
		return nil, fmt.Errorf("deployment %d: %w", list[i].Number, err)
	}
	r.of = cmp.Or(list[i].Of, list[i].Number)
	return &Site{Tree: tree, Read: func(path string) ([]byte, error) {
		f, _ := tree.File(path)
		for _, key := range []string{copies + f.Sum.String(), path} {
			holds, data, err := r.has(ctx, key, f.Size, f.Sum)
			if holds || err != nil && !errors.Is(err, store.ErrMissing) {
				return data, err
			}
		}
		return nil, &LostError{path}
	}}, nil
}

// canRead looks, before anything is written, whether all that is to be brought back
// is there.
func (r *run) canRead(p *plan) error {
	for _, f := range p.put {
		t := p.known[f.Path]
		if _, copied := r.state.Copies[f.Sum]; !copied && (t == nil || !slices.Contains(t.sums, f.Sum)) {
			return &LostError{f.Path}
		}
	}
	return nil
}
