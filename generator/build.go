package generator

import (
	"context"
	"encoding/hex"
	"errors"
	"path/filepath"
	"sync/atomic"
	"time"

	"annals/generator/cache"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/export"
	"annals/generator/output"
	"annals/generator/site"
)

// stateFolder is where a build keeps what helps the next one: the output's
// manifest and the cache. It may be deleted at any time.
const stateFolder = ".annals"

// lockWait is how long a build waits for another one to end.
const lockWait = 3 * time.Second

// assetFolders are put in place before the pages that need them.
var assetFolders = []string{"assets", "search", "data"}

// build is a run that writes a site.
type build struct {
	*project
	store    *cache.Store
	out      *output.Build
	exporter *export.Exporter
	started  time.Time
	branches struct{ kept map[string]string } // keys of branches taken over, by name
	failed   atomic.Bool                      // there is an error that keeps the site from being written
	kept     atomic.Int64
	done     atomic.Int64
}

// Build checks everything and writes the site. With errors it writes nothing,
// unless the settings say to publish reports with their faults marked.
func Build(ctx context.Context, opt Options) (res *Result, err error) {
	dir, err := output.Open(output.Options{
		Dir: opt.Out, State: filepath.Join(opt.Dir, stateFolder), Wait: lockWait, First: assetFolders,
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := dir.Close(); err == nil {
			err = e
		}
	}()
	store := cache.Open(filepath.Join(opt.Dir, stateFolder))
	defer store.Close()
	_, res, err = run(ctx, opt, dir, store)
	return res, err
}

// run is the life of a build. An error leaves the output as it was.
func run(ctx context.Context, opt Options, dir *output.Dir, store *cache.Store) (_ *build, _ *Result, err error) {
	b := &build{store: store, started: time.Now()}
	defer func() {
		if err != nil && b.out != nil {
			err = errors.Join(err, b.out.Abort())
		}
	}()
	opt.stage("read")
	if b.project, err = load(ctx, opt, store); err != nil {
		return nil, nil, err
	}
	if b.renderer != nil {
		b.exporter = export.New(b.site, b.forms.Forms(), b.renderer.Plan.Words)
	}
	if b.out, err = dir.Begin(); err != nil {
		return nil, nil, err
	}
	for _, u := range b.units {
		b.fail(u.found)
	}
	b.fail(b.found)
	opt.stage("agencies")
	if err := b.agencyPages(ctx); err != nil {
		return nil, nil, err
	}
	dead := b.deadLinks(b.units, true)
	b.fail(dead)
	b.found = append(b.found, dead...)
	res := b.result()
	if b.failed.Load() {
		return b, res, b.out.Abort()
	}
	if err := b.globalPages(ctx); err != nil {
		return nil, nil, err
	}
	opt.stage("write")
	if !opt.AllowRemovals {
		b.out.Guard = guardRemovals
	}
	var removals *removalsError
	if res.Output, err = b.out.Commit(); errors.As(err, &removals) {
		b.found = append(b.found, removals.found...)
		return b, b.result(), nil
	}
	if err != nil {
		return nil, nil, err
	}
	res.Published, res.Kept = true, int(b.kept.Load())
	return b, res, store.Save()
}

// fail notes errors that keep the site from being written.
func (b *build) fail(found []diag.Diagnostic) {
	if diag.Errors(found) > 0 {
		b.failed.Store(true)
	}
}

// agencyPages reads, checks and renders every agency, those below before
// those above, and takes over those for which nothing has changed.
func (b *build) agencyPages(ctx context.Context) error {
	return b.eachUnit(ctx, func(u *unit) error {
		defer b.progress()
		if u.memo != nil && u.identified() {
			u.key = b.project.key(u)
			if ok, err := b.keep(u); ok || err != nil {
				return err
			}
		}
		j := b.judge(u)
		if !b.site.Mark {
			b.fail(u.reports)
		}
		if b.failed.Load() {
			return nil
		}
		return b.renderUnit(u, j)
	})
}

func (b *build) progress() {
	if n := b.done.Add(1); b.opt.Progress != nil {
		b.opt.Progress(int(n), len(b.units))
	}
}

// keep takes over an agency that is as it was in the last build.
func (b *build) keep(u *unit) (bool, error) {
	r, ok := b.store.Get(u.agency.Path)
	if !ok || r.Key != u.key {
		return false, nil
	}
	ok, err := b.out.Keep(groupName(u), hex.EncodeToString(u.key[:]))
	if !ok || err != nil {
		return false, err
	}
	u.recall(u.memo)
	u.part = r
	b.store.Keep(u.agency.Path, r)
	b.kept.Add(1)
	return true, nil
}

func groupName(u *unit) string { return "agencies/" + u.agency.Path }

func (b *build) renderUnit(u *unit, j judged) error {
	u.key = b.project.key(u)
	group := b.out.Group(groupName(u), hex.EncodeToString(u.key[:]))
	err := b.agencyFiles(u, j, group.Stage, group.Stage)
	var changed content.Changed
	if errors.As(err, &changed) {
		u.reports = append(u.reports, changed.Diagnostics...)
		b.fail(changed.Diagnostics)
		return nil
	}
	if err != nil {
		return err
	}
	if err := group.Close(); err != nil {
		return err
	}
	var record []byte // none for what would be told again, or may have changed
	if len(u.found)+len(u.reports) == 0 && !u.restless {
		record = u.record(b.started).encode()
	}
	u.part = b.store.Put(u.agency.Path, u.key, record, searchPart(u.agency, j.reports))
	return nil
}

// agencyFiles makes the files of an agency, and copies those that lie beside
// its reports.
func (b *build) agencyFiles(u *unit, j judged, emit, copied site.Emit) error {
	in := &site.Agency{Agency: u.agency, Reports: j.reports, Findings: j.findings, Rollups: j.rollups, Forms: b.forms.Forms()}
	if err := b.renderer.Agency(in, emit); err != nil {
		return err
	}
	if err := b.exporter.Agency(in, emit); err != nil {
		return err
	}
	for _, r := range j.reports {
		for _, a := range r.Attachments {
			data, found := a.Bytes(b.files)
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
