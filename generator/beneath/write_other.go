//go:build !unix

package beneath

import "io/fs"

const noFollow = 0

// names returns the number of names (hard links) of a file. It is always 1 here,
// because FileInfo does not hold the number outside Unix.
func names(fs.FileInfo) uint64 { return 1 }
