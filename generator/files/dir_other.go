//go:build !unix

package files

import "io/fs"

// Dir returns the file system of a folder of the disk: portable, from os.DirFS.
func Dir(path string, portable fs.FS) fs.FS { return portable }
