package cli

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"annals/generator"
)

// meter shows the progress of a long run, and the times of its stages.
//
// The rules are:
//
//   - Nothing is shown in the first second, nor when standard error is no
//     terminal, nor with --quiet.
//   - The line is rewritten at most ten times a second and cleared at the end.
//   - --verbose prints the stages' times after the run.
type meter struct {
	app   *app
	began time.Time

	mu     sync.Mutex
	stages []stage
	drawn  time.Time
	shown  bool
}

type stage struct {
	name  string
	began time.Time
}

// meter returns a meter that the options of a build call.
func (a *app) meter(opt *generator.Options) *meter {
	w := &meter{app: a, began: time.Now()}
	opt.Stage = w.stage
	opt.Progress = w.progress
	return w
}

func (w *meter) stage(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stages = append(w.stages, stage{name, time.Now()})
	w.draw(w.app.say("stage." + name))
}

func (w *meter) progress(done, total int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if now.Sub(w.drawn) < 100*time.Millisecond {
		return
	}
	s := w.stages[len(w.stages)-1]
	spent := now.Sub(s.began).Seconds()
	rate := float64(done) / max(spent, 0.001)
	left := float64(total-done) / max(rate, 0.001)
	w.draw(w.app.say("progress", w.app.say("stage."+s.name), done, total, rate, left))
}

// phase shows how far a phase of a deployment is: on a terminal in the line that is
// rewritten, elsewhere in a line of its own when it ends, for the log of a job.
func (w *meter) phase(name string, done, total int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := fmt.Sprintf("%s %d/%d", w.app.say(deployPhases[name]), done, total)
	if !w.app.ErrIsTerminal && !w.app.quiet && done == total {
		fmt.Fprintln(w.app.Err, text)
	}
	if done == total || time.Since(w.drawn) >= 100*time.Millisecond {
		w.draw(text)
	}
}

// draw rewrites the line. The caller holds the lock.
func (w *meter) draw(text string) {
	a := w.app
	if !a.ErrIsTerminal || a.quiet || time.Since(w.began) < time.Second {
		return
	}
	w.drawn, w.shown = time.Now(), true
	fmt.Fprintf(a.Err, "\r\x1b[K%s", text)
}

// end clears the line and prints the times that --verbose asks for.
func (w *meter) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	a := w.app
	if w.shown {
		fmt.Fprint(a.Err, "\r\x1b[K")
	}
	if !a.verbose {
		return
	}
	var parts []string
	for i, s := range w.stages {
		end := time.Now()
		if i+1 < len(w.stages) {
			end = w.stages[i+1].began
		}
		parts = append(parts, fmt.Sprintf("%s %.2fs", w.app.say("stage."+s.name), end.Sub(s.began).Seconds()))
	}
	fmt.Fprintln(a.Err, strings.Join(parts, " · "))
}
