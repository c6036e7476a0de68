package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/importer/draft"
	"annals/generator/output"
	"annals/generator/source"
)

// Batch is one run of the import command.
type Batch struct {
	Root     string   // the folder that holds content/
	Paths    []string // files, and folders that are searched for documents
	Agency   string   // path of the agency of all documents, or "" to recognise it
	Year     int      // year of all documents, or 0 to recognise it
	Force    bool     // replace existing reports and keep the old ones as .bak
	Agencies []Agency // the archive's agencies
	Forms    *form.Set
	Publish  []string // kinds of files that the site publishes

	// Done is called after each document; it may be nil.
	Done func(Outcome)
}

// Outcome is the result of importing one document.
type Outcome struct {
	Document string  // the path that was given, or the path below a folder that was given
	Result   *Result // nil if no report was made of it
	File     string  // the report that was written, relative to Root; "" if none was
	Diags    []diag.Diagnostic
}

// Known lists the agencies that file reports, as the importer needs them.
func Known(list []*archive.Agency) []Agency {
	var known []Agency
	for _, a := range list {
		if a.Reports() {
			x := Agency{Path: a.Path, Name: a.Name, Short: a.Short, Former: a.FormerNames}
			for up := a.Parent; up != nil && x.Region == ""; up = up.Parent {
				if !up.Reports() {
					x.Region = up.Name
				}
			}
			known = append(known, x)
		}
	}
	return known
}

// Run imports documents one by one and writes their reports. A document that
// cannot be imported does not stop the run; an error means that the disk failed
// or the context ended.
func (b Batch) Run(ctx context.Context) ([]Outcome, error) {
	documents, err := b.documents()
	if err != nil {
		return nil, err
	}
	var outcomes []Outcome
	written := map[string]string{} // by agency and year: the document of which this run wrote the report
	for doc := range unzipped(documents) {
		if err := ctx.Err(); err != nil {
			return outcomes, err
		}
		o, err := b.one(doc, written)
		if err != nil {
			return outcomes, err
		}
		outcomes = append(outcomes, o)
		if b.Done != nil {
			b.Done(o)
		}
	}
	return outcomes, nil
}

// document is a file to import.
type document struct {
	name string // for messages, with forward slashes
	link bool   // not a regular file but a link, a device or the like
	read func() ([]byte, error)
}

// documents lists the files in Paths, and all files below the folders in Paths
// in the order of their names. It lists files that cannot be imported too, so that
// each is reported. Links in a folder are not followed. Hidden files are left out,
// and so are the lock files (~$…) of office programs.
func (b Batch) documents() ([]document, error) {
	var list []document
	for _, root := range b.Paths {
		info, err := os.Stat(root)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			list = append(list, document{name: filepath.ToSlash(root), read: func() ([]byte, error) { return readDocument(root) }})
			continue
		}
		err = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
			switch base := filepath.Base(name); {
			case err != nil:
				return err
			case e.IsDir() && strings.HasPrefix(base, ".") && name != root:
				return filepath.SkipDir
			case e.IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$"):
			default:
				rel, err := filepath.Rel(root, name)
				if err != nil {
					return err
				}
				list = append(list, document{filepath.ToSlash(rel), !e.Type().IsRegular(), func() ([]byte, error) { return readDocument(name) }})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// one imports a document and writes its report.
func (b Batch) one(doc document, written map[string]string) (Outcome, error) {
	o := Outcome{Document: doc.name}
	if doc.link {
		o.Diags = append(o.Diags, diag.New("import-file/link", source.Place{File: doc.name}))
		return o, nil
	}
	data, err := doc.read()
	if errors.Is(err, draft.ErrDamaged) {
		o.Diags = append(o.Diags, diag.New("import-file/damaged", source.Place{File: doc.name}))
		return o, nil
	}
	if err != nil {
		problem, _ := files.Reason(err)
		o.Diags = append(o.Diags, diag.New("import-file/unreadable", source.Place{File: doc.name}, "problem", problem))
		return o, nil
	}
	o.Result, o.Diags = Import(Options{
		File: doc.name, Data: data, Agency: b.Agency, Year: b.Year, Agencies: b.Agencies, Forms: b.Forms,
	})
	if o.Result == nil {
		return o, nil
	}
	key := o.Result.Agency.Path + "/" + strconv.Itoa(o.Result.Year)
	if first, ok := written[key]; ok {
		o.Diags = append(o.Diags, diag.New("import-unknown/same", source.Place{File: doc.name}, "file", first))
		return o, nil
	}
	file, in, err := b.write(o.Result, data)
	if err != nil {
		return o, err
	}
	if in != "" {
		o.Diags = append(o.Diags, diag.New("import-file/exists", source.Place{File: doc.name}, "file", in))
		return o, nil
	}
	o.File, written[key] = file, doc.name
	if kind := content.KindOf(o.Result.Attachment); !slices.Contains(b.Publish, kind) {
		o.Diags = append(o.Diags, diag.New("attachment-kept", source.Place{File: doc.name}, "name", o.Result.Attachment, "kind", kind))
	}
	return o, nil
}

// readDocument reads a regular file; anything else is an error.
func readDocument(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, draft.MaxFile+1))
}

// write writes the report, and the original beside it. It returns the report's
// name as file. If a different file exists already and may not be replaced, write
// returns that file's name as in and writes nothing.
func (b Batch) write(res *Result, original []byte) (file, in string, err error) {
	dir := path.Join("content/agencies", res.Agency.Path)
	flat := path.Join(dir, strconv.Itoa(res.Year)+".md")
	folder := path.Join(dir, strconv.Itoa(res.Year))
	file = path.Join(folder, "index.md")
	wanted := map[string][]byte{path.Join(folder, res.Attachment): original, file: res.Report}
	names := []string{flat, file}
	for _, kind := range content.Kinds() { // another original is not this report's
		names = append(names, path.Join(folder, content.Original+"."+kind))
	}
	old := map[string][]byte{}
	archive, err := files.Dir(b.Root)
	if err != nil {
		return "", "", err
	}
	for _, name := range names {
		data, found := files.Read(archive, name, draft.MaxFile)
		switch {
		case data == nil && found[0].Rule == "missing-file":
		case data == nil:
			return "", "", fmt.Errorf("%s: %s", name, found[0].Message.EN)
		case !bytes.Equal(wanted[name], data):
			old[name] = data
			if !b.Force {
				return "", name, nil
			}
		default:
			delete(wanted, name) // a file with the same bytes exists already
		}
	}
	if res.FormFile != "" { // if there is such a file, somebody is at work on it
		if data, found := files.Read(archive, res.FormFile, draft.MaxFile); data == nil && found[0].Rule == "missing-file" {
			wanted[res.FormFile] = []byte(res.FormText)
		}
	}
	for name, data := range old {
		if err := b.backUp(archive, name, data); err != nil {
			return "", "", err
		}
	}
	// The report is written last, because it refers to the attachment.
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range wanted {
			if name != file && !yield(name) {
				return
			}
		}
	}) {
		if err := b.put(name, old[name], wanted[name]); err != nil {
			return "", "", err
		}
	}
	if data, ok := wanted[file]; ok {
		if err := b.put(file, old[file], data); err != nil {
			return "", "", err
		}
	}
	for name := range old {
		if wanted[name] == nil { // the old report under its other name, YEAR.md, or its original
			if err := output.RemoveFile(b.Root, name); err != nil {
				return "", "", err
			}
		}
	}
	return file, "", nil
}

// put writes a file: a new one if was is nil, otherwise in place of one that
// holds the bytes in was.
func (b Batch) put(name string, was, now []byte) error {
	if was == nil {
		return output.CreateFile(b.Root, name, now, 0o644)
	}
	return output.ReplaceFile(b.Root, name, was, now)
}

// backUp writes the old bytes of a file to a .bak file beside it, under the first
// name that is free. If a .bak file has these bytes already, because an earlier run
// stopped after writing it, that is enough.
func (b Batch) backUp(archive fs.FS, name string, data []byte) error {
	for n := 1; ; n++ {
		suffix := ".bak"
		if n > 1 {
			suffix = "." + strconv.Itoa(n) + ".bak"
		}
		err := output.CreateFile(b.Root, name+suffix, data, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		if there, _ := files.Read(archive, name+suffix, draft.MaxFile); bytes.Equal(there, data) {
			return nil
		}
	}
}
