package cli

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"annals/generator"
	"annals/generator/bug"
	"annals/generator/diag"
	"annals/generator/serve"
	"annals/generator/session"
	"annals/generator/watch"
)

// settle is how long after the last save the build of the whole site begins.
// The delay lets the browser load the saved page before a build takes the
// processors.
const settle = 250 * time.Millisecond

// editing connects the watcher, the builds and the server. A saved report is
// shown at once. The full build, of the whole site, runs beside the loop, so that no
// save waits for it. A change that only a full build can show cancels a running
// one, because it is out of date, and starts another.
type editing struct {
	app     *app
	addr    string
	poll    time.Duration // interval of polling the files; 0 if the system reports changes
	session *session.Session
	site    *serve.Over
	server  *serve.Server
	library atomic.Pointer[generator.Library] // of the last build, for pages that are made on request

	running *session.Run      // the full build, or nil
	began   time.Time         // start of the full build
	behind  bool              // files have changed since then, and are shown
	restart bool              // the full build was cancelled, because files have changed that only another one can show
	pause   <-chan time.Time  // when it fires, a full build begins
	printed []diag.Diagnostic // the diagnostics printed last
}

func (e *editing) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// Listen first, because an address that is in use should be reported before a
	// build that may take minutes.
	switch err := e.server.Listen(); {
	case errors.Is(err, syscall.EADDRINUSE):
		return e.app.failed("serve.address-taken", e.addr)
	case err != nil:
		return e.app.failed("serve.no-address", e.addr)
	}
	w, err := watch.New(e.app.dir, watch.Options{Ignore: e.ignore, Polling: e.poll > 0, Poll: e.poll})
	if err != nil {
		return err
	}
	defer w.Close()
	if e.poll > 0 {
		e.app.note("serve.poll", e.poll)
	}
	if reason := w.Reason(); reason != nil {
		text := e.app.reason(reason)
		if errors.Is(reason, syscall.ENOSPC) { // the error of inotify if there are too many watches
			text = e.app.say("serve.no-watches")
		}
		fmt.Fprintln(e.app.Err, e.app.say("serve.polling", text))
	}
	began := time.Now()
	res, err := e.session.BuildAll(ctx)
	var panicked *bug.Panic
	switch {
	case errors.As(err, &panicked):
		e.reportFailure(err)
	case err != nil:
		return err
	default:
		if err := e.show(res, began); err != nil {
			return err
		}
	}
	served := make(chan error, 1)
	go func() {
		var err error
		defer func() { served <- err }()
		defer bug.Catch(&err)
		err = e.server.Run(ctx, func(url string) {
			fmt.Fprintln(e.app.Err, e.app.say("serve.url", url))
			if lib := e.library.Load(); lib != nil && len(lib.Originals()) > 0 {
				fmt.Fprintln(e.app.Err, e.app.say("serve.desk", strings.TrimSuffix(url, "/")+serve.DeskFolder))
			}
		})
	}()
	return e.loop(ctx, w, served)
}

func (e *editing) loop(ctx context.Context, w *watch.Watcher, served <-chan error) error {
	for {
		var done <-chan struct{}
		if e.running != nil {
			done = e.running.Done()
		}
		var err error
		select {
		case err := <-served:
			return err
		case <-e.pause:
			e.begin(ctx)
		case <-done:
			err = e.finish(ctx)
		case batch, ok := <-w.Events():
			if !ok {
				if panicked := new(bug.Panic); errors.As(w.Reason(), &panicked) {
					return panicked
				}
				return e.app.failed("serve.unwatched")
			}
			err = e.save(ctx, batch)
		}
		if err != nil {
			return err
		}
	}
}

// save shows a batch of changes at once if that is possible, and schedules a full
// build.
func (e *editing) save(ctx context.Context, batch watch.Batch) error {
	began := time.Now()
	res, shown, err := e.touched(batch.Paths)
	switch {
	case err == nil && shown && !batch.Rescan:
		if err := e.show(res, began); err != nil {
			return err
		}
		if e.running == nil {
			e.pause = time.After(settle)
		}
		e.behind = true
	case e.running == nil:
		e.begin(ctx)
	default:
		e.restart = true
		e.running.Cancel()
	}
	return nil
}

// touched shows changed files at once. A panic, which is a bug of the program,
// becomes the error; the full build that follows reports the same bug or
// succeeds.
func (e *editing) touched(paths []string) (_ *generator.Result, shown bool, err error) {
	defer bug.Catch(&err)
	return e.session.BuildTouched(paths)
}

// reportFailure reports a build that failed, on the terminal and over the page. The site
// stays as it is; the next change may repair it.
func (e *editing) reportFailure(err error) {
	reason := e.app.reason(err)
	if !e.app.isPanic(err) {
		fmt.Fprintln(e.app.Err, "annals: "+reason)
	}
	e.server.Publish(serve.Update{Held: true, Diagnostics: []serve.Item{{Severity: diag.Error.String(), Message: reason}}})
}

func (e *editing) begin(ctx context.Context) {
	e.pause, e.behind, e.restart, e.began = nil, false, false, time.Now()
	e.running = e.session.Begin(ctx)
}

// finish shows the result of a full build. A failed build is reported and leaves
// the site as it is; the next change may repair it.
func (e *editing) finish(ctx context.Context) error {
	e.running = nil
	res, whole, err := e.finished()
	switch {
	case err == nil:
		err = e.show(res, e.began)
	case ctx.Err() != nil:
		return ctx.Err()
	case !e.restart:
		e.reportFailure(err)
		err = nil
	default:
		err = nil
	}
	if e.restart || res != nil && !whole {
		e.begin(ctx)
	} else if e.behind {
		e.pause = time.After(settle)
	}
	return err
}

// finished returns the result of the full build.
func (e *editing) finished() (res *generator.Result, whole bool, err error) {
	defer bug.Catch(&err)
	return e.session.Finish()
}

// show sends what a build found and changed to the terminal and the browsers.
func (e *editing) show(res *generator.Result, began time.Time) error {
	a := e.app
	e.site.Set(e.session.Ahead())
	e.library.Store(e.session.Library())
	u := serve.Update{Changed: e.session.Changed(), Held: !res.Published}
	faults, _ := diag.Faults(res.Diagnostics)
	for _, d := range faults {
		u.Diagnostics = append(u.Diagnostics, serve.Item{
			File: diag.Visible(d.Place.File), Line: int(d.Place.Line), Column: int(d.Place.Column),
			Severity: d.Severity.String(), Rule: d.Rule, Message: d.Line().In(a.tag), Page: pageOf(d.Place.File),
		})
	}
	e.server.Publish(u)
	if !reflect.DeepEqual(e.printed, faults) {
		e.printed = faults
		if err := a.print(faults); err != nil {
			return err
		}
	}
	if len(u.Changed) > 0 || !res.Published {
		a.note("serve.updated", len(u.Changed), diag.Errors(res.Diagnostics), time.Since(began).Milliseconds())
	}
	return nil
}
