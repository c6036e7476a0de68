// Package verify holds a site against the proof that it publishes: what its pages
// and data say against the lines of the releases, the lines against the tree, the
// tree against the checkpoint, its signature, and an older checkpoint.
//
// It reads a site as anybody may who has a copy of it or its address, and needs
// nothing of the archive. The rules are:
//
//   - What a page says is what stands in its HTML: numbers in the cells that the
//     form has, the text, the title, the date. It does not matter what made it.
//   - Of the rest of a page, and of every other file of the site, the bytes must be
//     those that the build wrote, by the hashes in the agency's record and in the
//     lists of what spans agencies, which the inventory names. So whatever was
//     changed is found, even where a reader would be misled by what no text says:
//     something laid over a cell, or hidden, by the page or by its style.
//   - Every line of the tree must stand in the record of an agency, unless its
//     report was withdrawn: a report cannot be left out.
//   - A file that the site does not have is a finding, unless an earlier deployment had
//     it, by its inventory: then it is said (Result.Left).
//   - What was not checked is said: Result.Unreleased, Result.Bare, Result.Sampled.
package verify

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"annals/generator/proof"
	"annals/generator/release"
	"annals/generator/sitemap"
)

// Site is what is verified.
type Site interface {
	// Read returns a file, of which at most so many bytes. The error is
	// fs.ErrNotExist if there is none. It is called by several goroutines at a time.
	Read(ctx context.Context, path string, most int64) ([]byte, error)
	// Files lists the files below agencies/; it may be nil where that cannot be
	// known.
	Files() ([]string, error)
}

// Options say what to verify by.
type Options struct {
	Key     string        // to verify signatures with; "" to verify none
	Since   []byte        // an older checkpoint of the same site; nil for none
	Sample  int           // how many agencies to look at; 0 for all
	Workers int           // how many agencies at a time
	Found   func(Finding) // is called for each, by one goroutine at a time
}

// Result is what was verified.
type Result struct {
	proof.Checkpoint
	Trust      proof.Trust
	Since      int64 // lines of the older checkpoint
	Agencies   int
	Reports    int // that were held against their lines
	Withdrawn  int
	Files      int // whose bytes were held against the inventory
	Findings   int
	Unreleased []string // pages of reports that no release has
	Bare       []string // pages that show no cell of their form: their layout is another
	Left       []string // files that the site no longer has, as an earlier deployment is proven to have had them
	Sampled    bool     // not all agencies were looked at
}

// ErrNoProof says that the site publishes no proof: it has no releases.
var ErrNoProof = errors.New("the site has no checkpoint")

// ErrSince says that what was given as an older checkpoint is none.
var ErrSince = errors.New("no checkpoint")

// run is a verification that is going on.
type run struct {
	Options
	ctx  context.Context
	site Site
	tree *proof.Tree

	mu       sync.Mutex
	res      *Result
	seen     []bool             // by leaf
	moves    map[[2]string]bool // from, to
	forms    map[string]*formOf
	expected map[string]bool // files below agencies/ that the site has
	unread   map[string]bool // folders of agencies of which that is not known
}

// Run verifies a site. An error means that it could not be done; what differs is
// told to Options.Found and counted.
func Run(ctx context.Context, site Site, opt Options) (*Result, error) {
	r := &run{Options: opt, ctx: ctx, site: site, res: &Result{Sampled: opt.Sample > 0},
		moves: map[[2]string]bool{}, forms: map[string]*formOf{}, expected: map[string]bool{}, unread: map[string]bool{}}
	err := r.all()
	slices.Sort(r.res.Unreleased)
	slices.Sort(r.res.Bare)
	return r.res, err
}

func (r *run) all() error {
	known, err := r.checkpoint()
	if err != nil || r.res.Findings > 0 {
		return err
	}
	r.tree, err = proof.ReadTree(r.ctx, r.res.Checkpoint, r.site.Read)
	var tile *proof.TileError
	if errors.As(err, &tile) && (errors.Is(err, proof.ErrTree) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrLarge)) {
		r.found(Finding{What: Tree, File: tile.Path})
		return nil
	}
	if err != nil {
		return err
	}
	if err := r.older(); err != nil {
		return err
	}
	r.seen = make([]bool, r.tree.Size)
	if err := r.loose(); err != nil {
		return err
	}
	if err := r.inventory(known); err != nil || r.Sample > 0 {
		return err
	}
	r.uncovered()
	return r.extra(known)
}

// found tells of a finding.
func (r *run) found(f Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.res.Findings++
	if r.Found != nil {
		r.Found(f)
	}
}

// read reads a file that must be there. It is nil, and a finding, if it is not.
func (r *run) read(path string, most int64) ([]byte, error) {
	data, err := r.site.Read(r.ctx, path, most)
	if errors.Is(err, fs.ErrNotExist) {
		r.found(Finding{What: Missing, File: path})
		return nil, nil
	}
	if errors.Is(err, ErrLarge) {
		r.found(Finding{What: Malformed, File: path})
		return nil, nil
	}
	return data, err
}

// Limits of the files of the proof, in bytes. A list has 256 agencies, which a
// million corrections do not fill; other files are those of one agency.
const (
	maxNote   = 1 << 20
	maxList   = 16 << 20
	maxLoose  = 64 << 20
	maxRecord = 256 << 20
	maxFile   = 1 << 30
)

// checkpoint reads the checkpoint and its signature.
func (r *run) checkpoint() (known proof.Known, err error) {
	if r.Key != "" {
		if known, err = proof.Verifier(r.Key); err != nil {
			return nil, err
		}
	}
	data, err := r.site.Read(r.ctx, sitemap.Checkpoint, maxNote)
	if errors.Is(err, fs.ErrNotExist) {
		if r.Key == "" && r.Since == nil {
			return nil, ErrNoProof
		}
		r.found(Finding{What: Missing, File: sitemap.Checkpoint})
		return nil, nil
	}
	if errors.Is(err, ErrLarge) {
		data, err = nil, nil // too large to be one
	}
	if err != nil {
		return nil, err
	}
	text, trust, err := proof.Open(data, known)
	if err == nil {
		r.res.Checkpoint, err = proof.ParseCheckpoint(text)
	}
	switch {
	case errors.Is(err, proof.ErrSignature):
		r.found(Finding{What: Signature, File: sitemap.Checkpoint})
	case err != nil:
		r.found(Finding{What: Malformed, File: sitemap.Checkpoint})
	}
	r.res.Trust = trust
	return known, nil
}

// older holds the tree against the older checkpoint.
func (r *run) older() error {
	if r.Since == nil {
		return nil
	}
	text, _, err := proof.Open(r.Since, nil)
	if err != nil {
		return ErrSince
	}
	old, err := proof.ParseCheckpoint(text)
	if err != nil {
		return ErrSince
	}
	r.res.Since = old.Size
	if old.Origin != r.tree.Origin {
		r.found(Finding{What: Origin, File: sitemap.Checkpoint, Was: old.Origin, Is: r.tree.Origin})
	}
	if r.tree.Extends(old) != nil {
		r.found(Finding{What: History, File: sitemap.Checkpoint, Was: size(old.Size), Is: size(r.tree.Size)})
	}
	return nil
}

// leaf holds a line against its place in the tree.
func (r *run) leaf(file string, n int, line []byte) bool {
	sum, ok := r.tree.Leaf(n)
	if !ok || sum != release.Leaf(line) {
		r.found(Finding{What: Line, File: file, Was: size(int64(n))})
		return false
	}
	return r.cover(file, n)
}

// cover notes that the line of a leaf is accounted for; once for each.
func (r *run) cover(file string, n int) bool {
	r.mu.Lock()
	again := n >= len(r.seen) || r.seen[n]
	if !again {
		r.seen[n] = true
	}
	r.mu.Unlock()
	if again {
		r.found(Finding{What: Line, File: file, Was: size(int64(n))})
	}
	return !again
}

// loose reads the lines that are of no report.
func (r *run) loose() error {
	data, err := r.read(sitemap.LooseLines, maxLoose)
	if data == nil || err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		n, rest, ok := number(line)
		if !ok || !strings.HasSuffix(rest, "\n") || release.OfReport([]byte(rest)) {
			r.found(Finding{What: Malformed, File: sitemap.LooseLines})
			return nil
		}
		if !r.leaf(sitemap.LooseLines, n, []byte(rest)) {
			continue
		}
		if from, to, ok := release.ParseMoved([]byte(rest)); ok {
			r.moves[[2]string{from, to}] = true
		}
	}
	return nil
}

// uncovered tells of lines of the tree that stand nowhere.
func (r *run) uncovered() {
	first, count := -1, 0
	for n, seen := range r.seen {
		if seen {
			continue
		}
		if count++; first < 0 {
			first = n
		}
	}
	if count > 0 {
		r.found(Finding{What: Uncovered, File: sitemap.Checkpoint, Was: size(int64(count)), Is: size(int64(first))})
	}
}

// sumOf holds the bytes of a file against its hash.
func sumOf(data []byte, want [sha256.Size]byte) bool { return sha256.Sum256(data) == want }
