//go:build !windows

package output

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// newPending starts a file that will replace the one at a path. It lies in
// the same folder, under a name that begins with a dot.
func newPending(path string, mode os.FileMode) (*renameio.PendingFile, error) {
	return renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(mode))
}
