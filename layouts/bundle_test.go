package layouts

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/evanw/esbuild/pkg/cli"
)

var update = flag.Bool("update", false, "write the bundles of assets/src anew")

const src = "assets/src"

// npm is what package.json and its lock say.
type npm struct {
	Scripts  map[string]string
	Packages map[string]struct{ Version, Resolved string }
}

func readNPM(t *testing.T, name string) (n npm) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(src, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// The scripts that are embedded are bundles of the TypeScript beside them, so
// that building the program needs nothing but Go.
func TestBundles(t *testing.T) {
	if _, err := os.Stat(src + "/node_modules"); err != nil {
		t.Skip("no packages of npm, which a bundle holds: run `npm ci --ignore-scripts` in layouts/" + src)
	}
	args := regexp.MustCompile(`"([^"]*)"|\S+`).FindAllStringSubmatch(readNPM(t, "package.json").Scripts["build"], -1)
	var words []string
	for _, a := range args[1:] {
		words = append(words, strings.Trim(a[0], `"`))
	}
	options, err := cli.ParseBuildOptions(words)
	if err != nil {
		t.Fatal(err)
	}
	if options.AbsWorkingDir, err = filepath.Abs(src); err != nil {
		t.Fatal(err)
	}
	result := api.Build(options)
	for _, m := range append(result.Errors, result.Warnings...) {
		t.Errorf("%+v", m)
	}
	for _, f := range result.OutputFiles {
		if *update {
			if err := os.WriteFile(f.Path, f.Contents, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if string(have) != string(f.Contents) {
			t.Errorf("%s is not made from what %s holds now: run `go test ./layouts -update`, or `npm run build` there", filepath.Base(f.Path), src)
		}
	}
	if len(result.OutputFiles) == 0 {
		t.Error("package.json names no bundle")
	}
}

// Two programs make the bundles: they must be the same.
func TestOneEsbuild(t *testing.T) {
	lock := readNPM(t, "package-lock.json")
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if want := "github.com/evanw/esbuild v" + lock.Packages["node_modules/esbuild"].Version + "\n"; !strings.Contains(string(mod), want) {
		t.Errorf("package-lock.json has %sgo.mod another", want)
	}
	for name, p := range lock.Packages {
		if p.Resolved != "" {
			t.Errorf("package-lock.json names the host of %s: install with --omit-lockfile-registry-resolved", name)
		}
	}
}

// Sources are neither embedded nor, therefore, published.
func TestSourcesAreNotEmbedded(t *testing.T) {
	err := fs.WalkDir(Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name != "." && name != "assets" {
			t.Errorf("%s is embedded", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The types hold, and the modules do what vectors written by Go say.
func TestBrowserCode(t *testing.T) {
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("no npm on this machine: the types of the browser's code are not checked, and its tests not run")
	}
	if _, err := os.Stat(src + "/node_modules"); err != nil {
		t.Skip("no packages of npm: run `npm ci --ignore-scripts` in layouts/" + src)
	}
	for _, script := range []string{"check", "test"} {
		cmd := exec.Command("npm", "run", "--silent", script)
		cmd.Dir = src
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("npm run %s: %v\n%s", script, err, out)
		}
	}
}
