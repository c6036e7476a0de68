package deploy

import (
	"crypto/sha256"
	"io/fs"
)

// Reader reads a file, of which at most so many bytes. The error is fs.ErrNotExist if
// there is none.
type Reader func(path string, most int64) ([]byte, error)

// Earlier returns what reads the earlier deployments of a target that are kept for a
// rollback, the newest first, out of the target or a copy of it. It is none if there
// is no state that can be read. Whoever can write to the target can write these too:
// they prove nothing by themselves.
func Earlier(read Reader) (list []Reader) {
	data, err := read(stateKey, maxState)
	if err != nil {
		return nil
	}
	s, err := parseState(data)
	if err != nil {
		return nil
	}
	for _, d := range s.Deployed[min(1, len(s.Deployed)):] {
		data, err := read(trees+d.Tree.String(), maxState)
		if err != nil || sha256.Sum256(data) != d.Tree {
			continue
		}
		tree, err := ParseTree(data)
		if err != nil {
			continue
		}
		list = append(list, func(path string, most int64) ([]byte, error) {
			f, is := tree.File(path)
			if !is {
				return nil, fs.ErrNotExist
			}
			for _, key := range [...]string{copies + f.Sum.String(), path} {
				if data, err := read(key, most); err == nil && sha256.Sum256(data) == f.Sum {
					return data, nil
				}
			}
			return nil, fs.ErrNotExist
		})
	}
	return list
}
