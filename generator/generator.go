// Package generator turns a folder of reports into a checked archive. It runs
// the stages in their order; what a stage does is in the package named here.
//
//	content   walk the tree, read documents            → documents with places
//	config, form, layouts   what the archive has set   → settings, forms
//	archive   bind documents to forms                  → agencies, reports, facts
//	check     within a report, across years, agencies  → diagnostics
//	site      which pages there are and what they show → page data
//	render, search, export   page data to bytes        → files
//	output    compare, write, prune                    → public/
//
// The unit of work is an agency's folder: all its years are read, checked and
// rendered together, by any of the workers, and then forgotten but for an
// archive.Entry a report. Agencies without children go first; a government
// follows those below it, because it is compared with their sums. What spans
// the whole archive is made at the end, from the entries.
//
// Nothing is written while there is an error, and nothing of a stage depends
// on the clock, the environment or the order in which workers finish.
package generator

import (
	"runtime"

	"annals/generator/archive"
	"annals/generator/baseline"
	"annals/generator/diag"
	"annals/generator/output"
	"annals/generator/proof"
	"annals/generator/render"
)

// Options say what to build from and where to.
type Options struct {
	Dir     string // holds content/, and layouts/ if the archive has its own
	Out     string // the output folder
	BaseURL string // replaces base_url of site.yaml, if not empty
	Workers int    // 0: one for each processor

	Program       string // the version of the program, for quality/findings.json
	AllowRemovals bool   // the site may lose many reports at once (removals.go)

	// Baseline makes everything known that a baseline can hold, so that Result.Known is
	// the baseline of the archive as it is.
	Baseline bool

	// AsOf is the number of the release as of which the archive is built; nil to
	// build it as it is.
	AsOf *int

	// Release is the release that Run makes; nil for none.
	Release *Publication

	// Signer signs what proves the record. The zero value leaves it unsigned.
	Signer proof.Signer

	// Today is the day on which the program runs, for dates of publication that lie
	// after it; the zero Date to look at no clock.
	Today archive.Date

	// Size is called with the number of reports once the folders are known,
	// before the first of them is read; it may be nil.
	Size func(reports int)

	// Stage is called when a stage begins (read, agencies, pages, data, search, write), and
	// Progress after each agency; both may be nil.
	Stage    func(name string)
	Progress func(done, total int)
}

func (o Options) stage(name string) {
	if o.Stage != nil {
		o.Stage(name)
	}
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// LeavingOne returns the options with Workers set so that one processor is left
// free for other programs.
func (o Options) LeavingOne() Options {
	o.Workers = max(1, o.workers()-1)
	return o
}

// Result is what a run found and did.
type Result struct {
	Diagnostics []diag.Diagnostic      // sorted; what is accepted is not among them
	Known       map[baseline.Entry]int // findings that stand in the baseline, which fail nothing
	Agencies    int
	Reports     int
	Kept        int              // agencies taken over from the last build
	Published   bool             // the site was written
	Output      output.Stats     // zero where nothing was written
	Slow        []render.Refusal // what the layouts of pages use that makes them slow to make
}
