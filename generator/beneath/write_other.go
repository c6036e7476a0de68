//go:build !unix

package beneath

import "io/fs"

const noFollow = 0

// names is the number of names that a file has, which is not asked here.
func names(fs.FileInfo) uint64 { return 1 }
