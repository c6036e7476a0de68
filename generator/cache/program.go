package cache

import (
	"bytes"
	"crypto/sha256"
	"os"
	"sync"
)

// Program identifies the running program by what it was built from. It is part
// of cache keys, so that values made by another version of the program are not
// used.
//
// The Go toolchain writes an id of a program's content into its ELF note; it
// is the same for the same sources, so that "go run" finds its own cache
// again. Where there is no such note the whole executable is hashed.
var Program = sync.OnceValue(func() Key {
	name, err := os.Executable()
	if err != nil {
		return Key{}
	}
	data, err := head(name, 64<<10)
	if err == nil {
		if id := buildID(data); len(id) > 0 {
			return sha256.Sum256(id)
		}
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return Key{}
	}
	return sha256.Sum256(data)
})

func head(name string, n int) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, n)
	got, err := f.Read(data)
	return data[:got], err
}

// buildID finds the description of the note "Go", type 4: a name of four
// bytes, the description's length, the type, the name.
func buildID(data []byte) []byte {
	owner := []byte("\x04\x00\x00\x00Go\x00\x00")
	i := bytes.Index(data, owner)
	if i < 8 {
		return nil
	}
	length := int(data[i-4]) | int(data[i-3])<<8
	from := i + len(owner)
	if from+length > len(data) {
		return nil
	}
	return data[from : from+length]
}
