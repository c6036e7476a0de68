package verify

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"annals/generator/beneath"
)

// ErrLarge says that a file is larger than any of its kind.
var ErrLarge = errors.New("the file is larger than it can be")

// dir is a copy of a site in a folder.
type dir struct{ fsys fs.FS }

// Dir is the site in a folder, which may have the state of deployments beside it.
func Dir(name string) (Site, error) {
	folder, err := beneath.Open(name)
	if err != nil {
		return nil, err
	}
	folder.Hidden = true
	return dir{folder}, nil
}

func (d dir) Read(ctx context.Context, path string, most int64) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f, err := d.fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, path, most)
}

// readAll reads a file of at most so many bytes.
func readAll(in io.Reader, path string, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	if err == nil && int64(len(data)) > most {
		err = &fs.PathError{Op: "read", Path: path, Err: ErrLarge}
	}
	return data, err
}

func (d dir) Files() (list []string, err error) {
	err = fs.WalkDir(d.fsys, strings.TrimSuffix(agencies, "/"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return list, err
}
