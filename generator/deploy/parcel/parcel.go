// Package parcel makes zips of a site for somebody else to put on the web: whoever
// runs a host that cannot be reached from here.
//
// The first holds the whole site; each after it holds what has changed since the last,
// and lists what is to be removed. Unpacked in the order of their numbers they give
// the site as it was when the last was made; nothing but unzip is needed. The same
// site gives the same bytes.
//
// Beside each zip its tree is kept, which the next one is compared with. The tree is
// written last: without it a package was never made.
package parcel

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "embed"

	"annals/generator/beneath"
	"annals/generator/deploy"
	"annals/generator/lang"
)

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("deploy/parcel/words.json", wordsJSON)

// Options say what a package is to hold.
type Options struct {
	Title      string
	Language   lang.Tag // of what it says to the webmaster
	Full       bool     // the whole site
	Base       int      // the last package that was handed over; 0 for the last that was made
	MaxDeletes int      // files that the site may lose at once; negative for the usual limit
	Purge      []string // paths whose earlier bytes go: with them all earlier packages
	Record     func() error
	DryRun     bool
}

// Made is a package.
type Made struct {
	Number, Base int    // Base is 0 for one with the whole site
	File         string // in the folder; "" if nothing has changed
	Put, Gone    []string
	Kept         []int // the packages in the folder
}

// NoPackageError says that there is no package of a number.
type NoPackageError struct{ Number int }

func (e NoPackageError) Error() string { return "there is no package " + strconv.Itoa(e.Number) }

// packages are those in a folder, by their trees.
type packages struct {
	root    *os.Root
	numbers []int
	trees   map[int]deploy.Tree
	zips    []string // all zips, also one that was not finished
}

var (
	treeName = regexp.MustCompile(`^annals-([0-9]{4,})\.tree$`)
	zipName  = regexp.MustCompile(`^annals-([0-9]{4,})-(full|from-[0-9]{4,})\.zip(\.new)?$`)
)

func open(dir string) (*packages, error) {
	if err := errors.Join(beneath.Before("mkdir", dir), os.MkdirAll(dir, 0o755)); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	p := &packages{root: root, trees: map[int]deploy.Tree{}}
	list, err := os.ReadDir(dir)
	for _, e := range list {
		if zipName.MatchString(e.Name()) {
			p.zips = append(p.zips, e.Name())
		}
		m := treeName.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		data, err := root.ReadFile(e.Name())
		if err != nil {
			return nil, errors.Join(err, root.Close())
		}
		n, _ := strconv.Atoi(m[1])
		if p.trees[n], err = deploy.ParseTree(data); err != nil {
			return nil, errors.Join(beneath.PathError("read", e.Name(), err), root.Close())
		}
		p.numbers = append(p.numbers, n)
	}
	slices.Sort(p.numbers)
	return p, err
}

func (p *packages) last() int {
	if len(p.numbers) == 0 {
		return 0
	}
	return p.numbers[len(p.numbers)-1]
}

// Make makes the next package in a folder, unless nothing has changed.
func Make(ctx context.Context, dir string, site *deploy.Site, o Options) (*Made, error) {
	p, err := open(dir)
	if err != nil {
		return nil, err
	}
	defer p.root.Close()
	m := &Made{Number: p.last() + 1, Base: o.Base, Kept: p.numbers}
	if m.Base == 0 {
		m.Base = p.last()
	} else if p.trees[m.Base] == nil {
		return nil, NoPackageError{o.Base}
	}
	if o.Full || len(o.Purge) > 0 {
		m.Base = 0
	}
	// Those after the base may have been put in place or not: both must come right.
	var since []deploy.Tree
	for _, n := range p.numbers {
		if n >= m.Base {
			since = append(since, p.trees[n])
		}
	}
	var put []deploy.File
	for _, f := range site.Tree {
		if m.Base == 0 || slices.ContainsFunc(since, func(t deploy.Tree) bool { sum, has := t.Find(f.Path); return !has || sum != f.Sum }) {
			put = append(put, f)
			m.Put = append(m.Put, f.Path)
		}
	}
	for _, t := range since {
		for _, f := range t {
			if _, has := site.Tree.Find(f.Path); !has {
				m.Gone = append(m.Gone, f.Path)
			}
		}
	}
	slices.Sort(m.Gone)
	m.Gone = slices.Compact(m.Gone)
	if err := p.allowed(site, o); err != nil {
		return nil, err
	}
	if len(put)+len(m.Gone) == 0 && o.Base == 0 {
		return m, nil
	}
	m.File = "annals-" + number(m.Number) + "-full.zip"
	if m.Base > 0 {
		m.File = "annals-" + number(m.Number) + "-from-" + number(m.Base) + ".zip"
	}
	if o.DryRun {
		return m, nil
	}
	if o.Record != nil && len(o.Purge) > 0 {
		if err := o.Record(); err != nil {
			return nil, err
		}
	}
	return m, p.write(ctx, site, put, m, o)
}

// allowed refuses to lose many files at once, and to purge what is not withdrawn.
func (p *packages) allowed(site *deploy.Site, o Options) error {
	if n := p.last(); n > 0 {
		if err := site.Tree.Guard(p.trees[n], o.MaxDeletes); err != nil {
			return err
		}
	}
	var all []deploy.Tree
	for _, n := range p.numbers {
		all = append(all, p.trees[n])
	}
	for _, path := range o.Purge {
		if _, err := deploy.Purged(path, site.Tree, all); err != nil {
			return err
		}
	}
	return nil
}

// write writes the zip, then its tree; a purge then removes all earlier packages.
func (p *packages) write(ctx context.Context, site *deploy.Site, put []deploy.File, m *Made, o Options) error {
	for _, name := range p.zips { // of a run that did not end
		if n := zipName.FindStringSubmatch(name)[1]; n >= number(m.Number) {
			if err := p.remove(name); err != nil {
				return err
			}
		}
	}
	err := p.place(m.File, func(w io.Writer) error { return fill(ctx, w, site, put, m, o) })
	if err == nil {
		err = p.place("annals-"+number(m.Number)+".tree", func(w io.Writer) error {
			_, err := w.Write(site.Tree.Bytes())
			return err
		})
	}
	if err != nil || len(o.Purge) == 0 {
		return err
	}
	m.Kept = nil
	for _, name := range p.zips {
		if zipName.FindStringSubmatch(name)[1] < number(m.Number) {
			err = errors.Join(err, p.remove(name))
		}
	}
	for _, n := range p.numbers {
		err = errors.Join(err, p.remove("annals-"+number(n)+".tree"))
	}
	return err
}

func number(n int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(0, 4-len(text))) + text
}

func (p *packages) remove(name string) error {
	if err := beneath.Before("remove", name); err != nil {
		return err
	}
	return p.root.Remove(name)
}

// place writes a file whole or not at all.
func (p *packages) place(name string, write func(io.Writer) error) error {
	if err := beneath.Before("write", name); err != nil {
		return err
	}
	f, err := p.root.OpenFile(name+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, p.root.Remove(name+".new"))
	}
	return beneath.Insist("rename", name, func() error { return p.root.Rename(name+".new", name) })
}

// toDelete is what the list of files to remove is called. The name is one that a
// machine without Chinese names can read.
const toDelete = "DELETE.txt"

// packed are the types of files that are compressed already.
var packed = []string{".pdf", ".ofd", ".docx", ".xlsx", ".png", ".jpg", ".jpeg", ".zip", ".gz", ".parquet", ".bin", ".woff2"}

// fill writes the zip: first what is to be read, then the files of the site, in the
// order in which pages need them.
func fill(ctx context.Context, w io.Writer, site *deploy.Site, put []deploy.File, m *Made, o Options) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	add := func(name string, data []byte) error {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		if slices.Contains(packed, path.Ext(name)) {
			h.Method = zip.Store
		}
		h.SetMode(0o644)
		f, err := z.CreateHeader(h)
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	err := errors.Join(
		add(words()["readme"].In(o.Language), []byte(readme(site, m, o))),
		add(toDelete, []byte(lines(m.Gone))),
		add("SHA256SUMS", site.Tree.Sums()))
	for _, f := range deploy.InOrder(put) {
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		data, e := site.Read(f.Path)
		if e != nil {
			return e
		}
		err = add("site/"+f.Path, data)
	}
	return errors.Join(err, z.Close())
}

// readme returns what the webmaster is told. It begins with the mark by which old
// editors of Windows know UTF-8, and has their ends of lines.
func readme(site *deploy.Site, m *Made, o Options) string {
	head := "full"
	if m.Base > 0 {
		head = "from"
	}
	var b strings.Builder
	for _, part := range []string{head, "steps", "list"} {
		b.WriteString(words()[part].In(o.Language))
	}
	b.WriteString(lines(m.Put) + words()["gone"].In(o.Language) + lines(m.Gone))
	text := strings.NewReplacer("{number}", number(m.Number), "{base}", number(m.Base),
		"{put}", strconv.Itoa(len(m.Put)), "{gone}", strconv.Itoa(len(m.Gone)), "{all}", strconv.Itoa(len(site.Tree)), "{title}", o.Title,
		"\n", "\r\n").Replace(b.String())
	return "\ufeff" + text
}

func lines(list []string) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s + "\n")
	}
	return b.String()
}
