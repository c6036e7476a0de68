package browsertest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// Browsers in offices are built from Chromium 81 to 91. The oldest version that
// pages must work in is 86; an npm package has a headless build of it.
const (
	oldest  = "oldest"                   // what CHROMIUM names it
	version = "86.0.4240.0"              // of the program within the package
	npm     = "testdata/browsertest/npm" // below generator/
)

// OpenOldest is Open with the oldest browser that pages must work in.
func OpenOldest(t testing.TB) *Tab {
	t.Helper()
	return open(t, findOldest(t))
}

// InBoth runs a test in the browser of today and in the oldest.
func InBoth(t *testing.T, test func(t *testing.T, open func(testing.TB) *Tab)) {
	t.Run("today", func(t *testing.T) { test(t, Open) })
	t.Run(oldest, func(t *testing.T) { test(t, OpenOldest) })
}

var unpacking sync.Mutex

// findOldest unpacks the browser once for this user. The package has it packed
// with brotli, which node can unpack; the build needs the same system libraries
// as any Chromium.
func findOldest(t testing.TB) string {
	t.Helper()
	unpacking.Lock()
	defer unpacking.Unlock()
	packed, err := inGenerator(filepath.Join(npm, "node_modules/chrome-aws-lambda/bin/chromium.br"))
	if err != nil {
		t.Skip("no old Chromium: run `npm ci --ignore-scripts` in generator/" + npm)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	cache = filepath.Join(cache, "annals-tests")
	path := filepath.Join(cache, "chromium-"+version)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		t.Fatal(err)
	}
	// Tests of several packages may unpack it at the same time.
	mine := fmt.Sprintf("%s.%d", path, os.Getpid())
	const unpack = `const fs = require("fs"), [from, to] = process.argv.slice(1);
		require("stream").pipeline(fs.createReadStream(from), require("zlib").createBrotliDecompress(), fs.createWriteStream(to, { mode: 0o755 }), (e) => { if (e) throw e; });`
	if out, err := exec.Command("node", "-e", unpack, packed, mine).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Rename(mine, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// inGenerator finds a file from any package's folder.
func inGenerator(name string) (string, error) {
	for up := "."; ; up = filepath.Join("..", up) {
		path := filepath.Join(up, "generator", name)
		if _, err := os.Stat(path); err == nil {
			return filepath.Abs(path)
		}
		if _, err := os.Stat(filepath.Join(up, "go.mod")); err == nil {
			return "", os.ErrNotExist
		} else if abs, _ := filepath.Abs(up); abs == filepath.Dir(abs) {
			return "", os.ErrNotExist
		}
	}
}
