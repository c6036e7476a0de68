//go:build !windows

package output

import (
	"os"

	"github.com/google/renameio/v2"
)

type pendingFile = renameio.PendingFile

// newPending creates a file that will replace another one in the same folder. Until
// then its name begins with a dot.
func newPending(dir *os.Root, name string, mode os.FileMode) (*pendingFile, error) {
	return renameio.NewPendingFile(name, renameio.WithRoot(dir), renameio.WithStaticPermissions(mode))
}
