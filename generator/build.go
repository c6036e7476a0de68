package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"annals/generator/bug"
	"annals/generator/cache"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/output"
	"annals/generator/proof"
	"annals/generator/release"
	"annals/generator/render"
	"annals/generator/site"
	"annals/generator/snapshot"
)

// stateFolder holds what a build keeps for the next one: the output's manifest and
// the cache. It may be deleted at any time.
const stateFolder = ".annals"

// states are the folders that can be the state folder, in order of preference:
// in the archive, and, for an archive that cannot be written to, beside an
// output folder that is outside of it.
func (o Options) states() []string {
	list := []string{filepath.Join(o.Dir, stateFolder)}
	dir, err1 := filepath.Abs(o.Dir)
	out, err2 := filepath.Abs(o.Out)
	if rel, err := filepath.Rel(dir, out); err1 == nil && err2 == nil && (err != nil || !filepath.IsLocal(rel)) {
		list = append(list, out+stateFolder)
	}
	return list
}

// lockWait is how long a build waits for another one to end.
const lockWait = 3 * time.Second

// assetFolders are put in place before the pages that need them.
var assetFolders = []string{"assets", "search", "data"}

// Place is where builds write and what they remember.
type Place struct {
	Dir   *output.Dir
	Store *cache.Store
}

// OpenPlace locks the output folder until Close. holder is one word that names
// the program which holds the lock, for the messages of other processes that
// wait for it. staged, which may be nil, is called with the path of every file
// of the site that a build changes.
func OpenPlace(opt Options, holder string, staged func(path string)) (*Place, error) {
	var err error
	for _, state := range opt.states() {
		var dir *output.Dir
		dir, err = output.Open(output.Options{Dir: opt.Out, State: state, Wait: lockWait, Holder: holder, First: assetFolders, Staged: staged})
		if err == nil {
			return &Place{dir, cache.Open(state)}, nil
		}
		if !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.EROFS) {
			break
		}
	}
	return nil, err
}

// Close releases the output folder.
func (p *Place) Close() error { return errors.Join(p.Store.Close(), p.Dir.Close()) }

// Build checks everything and writes the site. With errors it writes nothing,
// unless the settings say to publish reports with their faults marked.
func Build(ctx context.Context, opt Options) (res *Result, err error) {
	p, err := OpenPlace(opt, "", nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	_, res, err = Run(ctx, opt, p)
	return res, err
}

// build is a run that writes a site.
type build struct {
	*Built
	store    *cache.Store
	out      *output.Build
	started  time.Time
	branches map[string]string // by name: the keys of branches of the last build that are kept
	failed   atomic.Bool       // there is an error that keeps the site from being written
	mu       sync.Mutex
	faults   []diag.Diagnostic     // of layouts, found while pages were made
	files    []release.File        // of the release that is being made, once all its lines are known
	sums     map[string]proof.List // by group of what spans agencies: the list of its files' hashes
	kept     atomic.Int64
	done     atomic.Int64
}

// Run performs a build. An error leaves the output as it was.
func Run(ctx context.Context, opt Options, p *Place) (_ *Built, _ *Result, err error) {
	b := &build{store: p.Store, started: time.Now(), sums: map[string]proof.List{}}
	defer func() {
		if err != nil && b.out != nil {
			err = errors.Join(err, b.out.Abort())
		}
	}()
	defer bug.Catch(&err)
	opt.stage("read")
	library, err := load(ctx, opt, p.Store)
	if err != nil {
		return nil, nil, err
	}
	b.Built = newBuilt(library)
	if n := len(b.record.Releases); opt.Release != nil && n > 0 && b.record.Releases[n-1].Date > opt.Release.Date {
		return nil, nil, EarlierError{b.record.Releases[n-1]}
	}
	if b.out, err = p.Dir.Begin(); err != nil {
		return nil, nil, err
	}
	opt.stage("agencies")
	b.failed.Store(b.Blocked())
	if err := b.eachSource(ctx, b.agency); err != nil {
		return nil, nil, err
	}
	b.siteFound = append(b.deadLinks(b.sources, true), b.faults...)
	b.acrossFound = b.across()
	res := b.Result()
	if b.failed.Load() || b.Blocked() {
		return b.Built, res, b.out.Abort()
	}
	if err := b.fault(b.globalPages(ctx)); err != nil {
		return nil, nil, err
	}
	if err := b.prove(); err != nil {
		return nil, nil, err
	}
	if len(b.faults) > 0 {
		b.siteFound = append(b.siteFound, b.faults...)
		return b.Built, b.Result(), b.out.Abort()
	}
	opt.stage("write")
	if !opt.AllowRemovals {
		b.out.Guard = guardRemovals
	}
	if opt.Release != nil {
		b.out.Ready = b.publish
	}
	var removals *removalsError
	if res.Output, err = b.out.Commit(); errors.As(err, &removals) {
		b.siteFound = append(b.siteFound, removals.found...)
		return b.Built, b.Result(), nil
	}
	if err != nil {
		return nil, nil, err
	}
	res.Published, res.Kept, res.Slow = true, int(b.kept.Load()), b.renderer.InFull()
	if opt.AsOf != nil { // what the cache has is of the present
		return b.Built, res, nil
	}
	return b.Built, res, b.store.Save()
}

// agency keeps the results of the last build for an agency for which nothing
// has changed, and reads, checks and renders any other.
func (b *build) agency(s *source) error {
	defer b.progress()
	below := b.below(s)
	kept, err := b.keep(s, below)
	if err != nil {
		return err
	}
	var pages *site.Agency
	if !kept {
		pages, b.outcomes[s.index] = b.judge(s)
	}
	if b.faulty(b.outcomes[s.index]) {
		b.failed.Store(true)
	}
	if kept || b.failed.Load() {
		return nil
	}
	return b.fault(b.render(s, below, pages))
}

// fault records an error that is a mistake in a layout, which is content: the
// build goes on without writing the site. It returns any other error.
func (b *build) fault(err error) error {
	var fault *render.Fault
	if !errors.As(err, &fault) {
		return err
	}
	b.failed.Store(true)
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.ContainsFunc(b.faults, func(d diag.Diagnostic) bool { return d.Place == fault.Diagnostic.Place }) {
		b.faults = append(b.faults, fault.Diagnostic)
	}
	return nil
}

func (b *build) progress() {
	if n := b.done.Add(1); b.opt.Progress != nil {
		b.opt.Progress(int(n), len(b.sources))
	}
}

// keep takes over the files and results of the last build for an agency, if
// nothing they depend on has changed; it reports whether it did.
func (b *build) keep(s *source, below []snapshot.Below) (bool, error) {
	if s.last == nil || !s.files.Known() || b.opt.Release != nil && s.last.Unreleased {
		return false, nil
	}
	key := b.key(s, &s.last.Outcome, s.files, below)
	if s.last.Blob.Key != key {
		return false, nil
	}
	ok, err := b.out.Keep(groupName(s), hex.EncodeToString(key[:]))
	if !ok || err != nil {
		return false, err
	}
	o := &s.last.Outcome
	for i := range o.Entries {
		o.Entries[i].Agency = s.agency
	}
	b.outcomes[s.index] = o
	b.store.Keep(s.agency.Path, o.Blob)
	b.kept.Add(1)
	return true, nil
}

// key is the hash of all that an agency's pages are made from.
func (b *build) key(s *source, o *snapshot.Outcome, files snapshot.Files, below []snapshot.Below) cache.Key {
	record := b.history(s, o).Sum
	if s.boilerplate.sum != ([sha256.Size]byte{}) {
		record = sha256.Sum256(append(record[:], s.boilerplate.sum[:]...))
	}
	for _, m := range b.moved(s, nil) {
		record = sha256.Sum256(append(record[:], m.From...))
	}
	if b.proves() {
		record = sha256.Sum256(append(record[:], proofGroup...))
	}
	return snapshot.Key(b.settings, record, s.agency, files, below, b.due(s))
}

func groupName(s *source) string { return "agencies/" + s.agency.Path }

// render makes an agency's files and stores its snapshot. If a file has changed
// since it was judged, render adds a diagnostic and the build publishes
// nothing.
func (b *build) render(s *source, below []snapshot.Below, pages *site.Agency) error {
	o := b.outcomes[s.index]
	key := b.key(s, o, o.Files, below)
	group := b.out.Group(groupName(s), hex.EncodeToString(key[:]))
	emit, files := site.Emit(group.Stage), proof.Sums{}
	if b.proves() {
		emit = summing(files, emit)
	}
	err := b.agencyFiles(pages, emit, emit)
	var changed content.Changed
	if errors.As(err, &changed) {
		o.Diagnostics = append(o.Diagnostics, changed.Diagnostics...)
		b.failed.Store(true)
		return nil
	}
	if err == nil && b.proves() {
		err = b.recordFile(s, o, pages, files, group.Stage)
	}
	if err != nil {
		return err
	}
	if err := group.Close(); err != nil {
		return err
	}
	var record []byte
	if !o.Torn {
		o.Files = o.Files.Settled(b.started)
		record = snapshot.Encode(s.agency, s.found, o)
	}
	o.Blob = b.store.Put(s.agency.Path, key, record, searchBlob(s.agency, pages.Reports))
	return nil
}

// agencyFiles makes the files of an agency, and copies those beside its reports
// that are published.
func (l *Library) agencyFiles(pages *site.Agency, emit, copied site.Emit) error {
	pages.Years = l.years()
	if err := l.renderer.Agency(pages, emit); err != nil {
		return err
	}
	if err := l.exporter.Agency(pages, emit); err != nil {
		return err
	}
	for _, r := range pages.Reports {
		for _, a := range r.Attachments {
			if a.Kept {
				continue
			}
			data, found := a.Bytes(l.files)
			if data == nil {
				return content.Changed{Diagnostics: found}
			}
			if err := copied(site.ReportFile(r.Agency, r.Year, a.Name), data); err != nil {
				return err
			}
		}
	}
	return nil
}
