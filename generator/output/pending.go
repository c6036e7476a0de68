//go:build !windows

package output

import (
	"os"

	"github.com/google/renameio/v2"
)

type pendingFile = renameio.PendingFile

// newPending starts a file that will replace the one of a name in a folder. It
// lies beside it, under a name that begins with a dot.
func newPending(dir *os.Root, name string, mode os.FileMode) (*pendingFile, error) {
	return renameio.NewPendingFile(name, renameio.WithRoot(dir), renameio.WithStaticPermissions(mode))
}
