package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"annals/generator/beneath"
	"annals/generator/deploy"
	"annals/generator/output"
)

// report counts the files of a site, for whoever asks what a host will take.
type report struct {
	types   map[string]*fileType
	largest []sizedFile
}

type fileType struct {
	name  string
	files int
	bytes int64
}

type sizedFile struct {
	path string
	size int
}

// largestFiles is how many of the largest files are listed.
const largestFiles = 10

func (r *report) add(name string, size int) {
	if r.types == nil {
		r.types = map[string]*fileType{}
	}
	ext := cmp.Or(path.Ext(name), "-")
	if r.types[ext] == nil {
		r.types[ext] = &fileType{name: ext}
	}
	r.types[ext].files++
	r.types[ext].bytes += int64(size)
	r.largest = append(r.largest, sizedFile{name, size})
	slices.SortStableFunc(r.largest, func(a, b sizedFile) int { return b.size - a.size })
	r.largest = r.largest[:min(largestFiles, len(r.largest))]
}

// printPlan prints what a deployment would do, and what the site consists of.
func (d *deploying) printPlan(r *deploy.Report) {
	for _, p := range r.Put {
		fmt.Fprintln(d.Out, "+ "+p)
	}
	for _, p := range r.Going {
		fmt.Fprintln(d.Out, "- "+p)
	}
	d.note("deploy.plan", len(r.Put), len(r.Going))
	for _, k := range r.Kept {
		d.note("deploy.kept", k.Number, k.Time.Format("2006-01-02 15:04"), k.Files)
	}
	if d.files.types == nil {
		return
	}
	var types []*fileType
	for _, t := range d.files.types {
		types = append(types, t)
	}
	slices.SortFunc(types, func(a, b *fileType) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), strings.Compare(a.name, b.name))
	})
	d.note("deploy.types")
	for _, t := range types {
		fmt.Fprintf(d.Out, "%-8s %8d %14d\n", t.name, t.files, t.bytes)
	}
	d.note("deploy.largest")
	for _, f := range d.files.largest {
		fmt.Fprintf(d.Out, "%14d  %s\n", f.size, f.path)
	}
}

// purgedFile lists what was purged, a path a line. It is in the repository, so that no
// build of what stood at a release brings it back.
const purgedFile = "content/purged.txt"

// recordPurge adds the paths to the list of what was purged, before anything is.
func (d *deploying) recordPurge() error {
	was, err := beneath.ReadFile(filepath.Join(d.dir, filepath.FromSlash(purgedFile)))
	if errors.Is(err, fs.ErrNotExist) {
		return output.CreateFile(d.dir, purgedFile, []byte(strings.Join(d.purge, "\n")+"\n"), 0o644)
	}
	if err != nil {
		return err
	}
	now := slices.Clone(was)
	for _, p := range d.purge {
		if !slices.Contains(strings.Split(string(was), "\n"), p) {
			now = append(now, p+"\n"...)
		}
	}
	if len(now) == len(was) {
		return nil
	}
	return output.ReplaceFile(d.dir, purgedFile, was, now)
}
