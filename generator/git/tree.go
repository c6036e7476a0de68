package git

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Entry is a file of a commit.
type Entry struct {
	Mode string // 100644 file, 100755 program, 120000 link, 160000 another repository
	ID   string // the object id of the blob
}

// Tree is the files of a commit as an fs.FS. Open reads a blob from a running git
// process, which Close ends. A Tree must be used by one goroutine at a time.
type Tree struct {
	Entries map[string]Entry
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// maxBlob is the size up to which a blob is read, in bytes.
const maxBlob = 100 << 20

// Tree opens the files of a commit. The id must be one that Resolve returned.
func (r *Repository) Tree(ctx context.Context, commit string) (*Tree, error) {
	if !isID(commit) {
		return nil, ErrUnknown
	}
	list, err := r.run(ctx, "ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	t := &Tree{Entries: map[string]Entry{}}
	for line := range bytes.SplitSeq(list, []byte{0}) {
		head, name, ok := strings.Cut(string(line), "\t")
		if fields := strings.Fields(head); ok && len(fields) == 3 {
			t.Entries[name] = Entry{fields[0], fields[2]}
		}
	}
	t.cmd = r.command(ctx, "cat-file", "--batch")
	if t.in, err = t.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := t.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	t.out = bufio.NewReader(out)
	return t, t.cmd.Start()
}

// Close ends the git process.
func (t *Tree) Close() error {
	t.in.Close()
	return t.cmd.Wait()
}

// Open opens a regular file. For a link or a folder the error is fs.ErrNotExist.
func (t *Tree) Open(name string) (fs.File, error) {
	refuse := func(err error) (fs.File, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	e, ok := t.Entries[name]
	if !ok || !fs.ValidPath(name) || !strings.HasPrefix(e.Mode, "100") {
		return refuse(fs.ErrNotExist)
	}
	data, err := t.blob(e.ID)
	if err != nil {
		return refuse(err)
	}
	return &blob{Reader: bytes.NewReader(data), name: path.Base(name), size: int64(len(data))}, nil
}

// ReadDir lists the regular files of a folder, without its subfolders.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	var list []fs.DirEntry
	for file, e := range t.Entries {
		if path.Dir(file) == name && strings.HasPrefix(e.Mode, "100") {
			list = append(list, fs.FileInfoToDirEntry(&blob{name: path.Base(file)}))
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	if len(list) == 0 {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	return list, nil
}

func (t *Tree) blob(id string) ([]byte, error) {
	if _, err := io.WriteString(t.in, id+"\n"); err != nil {
		return nil, err
	}
	head, err := t.out.ReadString('\n')
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(head)
	if len(fields) != 3 || fields[1] != "blob" {
		return nil, fmt.Errorf("git cat-file: %s", strings.TrimSpace(head))
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return nil, err
	}
	if size > maxBlob {
		_, err := io.CopyN(io.Discard, t.out, size+1)
		return nil, fmt.Errorf("git cat-file: a file of %d bytes: %w", size, err)
	}
	data := make([]byte, size+1) // git writes a line end after the blob
	if _, err := io.ReadFull(t.out, data); err != nil {
		return nil, err
	}
	return data[:size], nil
}

// blob is an open file of a Tree and its fs.FileInfo.
type blob struct {
	*bytes.Reader
	name string
	size int64
}

func (b *blob) Stat() (fs.FileInfo, error) { return b, nil }
func (b *blob) Close() error               { return nil }
func (b *blob) Name() string               { return b.name }
func (b *blob) Size() int64                { return b.size }
func (b *blob) Mode() fs.FileMode          { return 0o444 }
func (b *blob) ModTime() time.Time         { return time.Time{} }
func (b *blob) IsDir() bool                { return false }
func (b *blob) Sys() any                   { return nil }
