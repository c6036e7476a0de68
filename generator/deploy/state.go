package deploy

import (
	"encoding/json"
	"slices"
	"time"

	"annals/generator/deploy/store"
)

// Where the state lies, beside the site. Whoever can read the site can read it: it
// says nothing but which files there were.
const (
	folder   = ".annals/"
	stateKey = folder + "state.json"
	// stateBefore is the state that was replaced last.
	stateBefore = folder + "before.json"
	lockKey     = folder + "lock"
	probeKey    = folder + "probe"
	trees       = folder + "trees/"  // manifests, by their digest
	copies      = folder + "copies/" // what files held that were replaced, by their hash
	maxState    = 256 << 20
	maxObject   = 1 << 30
)

// state is what a target knows of the deployments to it. It names all that they have
// ever written and not yet removed, so that nothing has to be listed, and nothing else
// can be removed.
type state struct {
	Format  int `json:"format"`
	Headers int `json:"headers"` // the rules by which all objects were put

	// Deployed are the deployments that are kept, the newest first: that is the one
	// in place.
	Deployed []Deployment `json:"deployed"`

	// Begun are trees of which files may have been put, because a run began to and
	// did not end.
	Begun []Sum `json:"begun,omitempty"`

	Gone    []gone      `json:"gone,omitempty"`    // files that are still there, and no longer of the site
	Copies  map[Sum]int `json:"copies,omitempty"`  // by the hash of what they hold: the newest deployment that has it
	Drop    []Sum       `json:"drop,omitempty"`    // trees to remove
	Purged  []Sum       `json:"purged,omitempty"`  // hashes of bytes that are never put again
	Purging bool        `json:"purging,omitempty"` // a purge has begun: the next run completes it, whatever it is for
	Asked   []Sum       `json:"asked,omitempty"`   // hashes of the paths that a purge was asked for
	Clean   bool        `json:"clean"`             // all that is due has been removed
}

// Deployment is one that was completed.
type Deployment struct {
	Number int       `json:"number"`
	Tree   Sum       `json:"tree"`
	Time   time.Time `json:"time"`
	Files  int       `json:"files"`
	Of     int       `json:"of,omitempty"` // the deployment that it brought back
}

type gone struct {
	Path  string    `json:"path"`
	Sums  []Sum     `json:"sums"` // what it may hold
	Size  int64     `json:"size"` // at most
	Since time.Time `json:"since"`
	Last  int       `json:"last"` // the newest deployment that has it
}

const format = 1

func parseState(data []byte) (*state, error) {
	s := &state{}
	if err := json.Unmarshal(data, s); err != nil || s.Format != format || len(s.Deployed)+len(s.Begun) == 0 {
		return nil, ErrDamaged
	}
	for i, d := range s.Deployed {
		if i > 0 && d.Number >= s.Deployed[i-1].Number {
			return nil, ErrDamaged
		}
	}
	if slices.ContainsFunc(s.Gone, func(g gone) bool { return !ours(g.Path) || g.Size < 0 || g.Size > maxObject }) {
		return nil, ErrDamaged
	}
	return s, nil
}

func (s *state) object() store.Object {
	s.Format = format
	data, err := json.Marshal(s)
	if err != nil {
		panic("deploy: " + err.Error()) // cannot happen: only numbers, texts and times
	}
	return store.Object{Data: data, Type: "application/json", Cache: "no-store"}
}

// newest is the number of the last deployment; 0 if there is none.
func (s *state) newest() int {
	if len(s.Deployed) == 0 {
		return 0
	}
	return s.Deployed[0].Number
}

// oldest is the number of the oldest deployment that can be brought back.
func (s *state) oldest() int {
	if len(s.Deployed) == 0 {
		return 0
	}
	return s.Deployed[len(s.Deployed)-1].Number
}

// with returns the deployments that are kept after one more: that and keep others, each
// tree once. What was brought back takes the place of what it was.
func (s *state) with(d Deployment, keep int) (kept, dropped []Deployment) {
	kept = []Deployment{d}
	for _, old := range s.Deployed {
		if len(kept) > keep || slices.ContainsFunc(kept, func(k Deployment) bool { return k.Tree == old.Tree }) {
			dropped = append(dropped, old)
		} else {
			kept = append(kept, old)
		}
	}
	return kept, dropped
}

// holds reports whether a tree is in place and nothing else is to be done: no run was
// interrupted, and nothing is due to be removed.
func (s *state) holds(tree Sum, due time.Time) bool {
	return len(s.Deployed) > 0 && s.Deployed[0].Tree == tree && s.Headers == headers && len(s.Begun) == 0 && s.Clean &&
		!slices.ContainsFunc(s.Gone, func(g gone) bool { return s.due(g, due) })
}

// due reports whether a file is to be removed: it has been gone since then or longer.
// A file that never changes stays where it is as long as it can be brought back.
func (s *state) due(g gone, then time.Time) bool {
	return !g.Since.After(then) && (!stays(g.Path) || g.Last < s.oldest())
}
