package acceptance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"annals/generator"
	"annals/generator/cli"
)

// buildFolder is an environment variable. If it is set, the test program only builds
// the archive in that folder. Time zone, locale, file mask and processors are
// properties of a process, so each combination needs a process of its own.
const buildFolder = "ANNALS_TEST_BUILD"

// commandLine is another. If it is set, the test program runs as the command annals
// with these arguments, one a line.
const commandLine = "ANNALS_TEST_COMMAND"

func TestMain(m *testing.M) {
	if dir := os.Getenv(buildFolder); dir != "" {
		res, err := generator.Build(context.Background(), generator.Options{Dir: dir, Out: filepath.Join(dir, "public")})
		if err != nil || !res.Published {
			fmt.Fprintln(os.Stderr, err, res)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if args := os.Getenv(commandLine); args != "" {
		os.Exit(cli.Main(context.Background(), strings.Split(args, "\n"), cli.System()))
	}
	code := m.Run()
	if err := formsChanged(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// TestSameBytesAnywhere builds one archive with everything changed that may differ
// between two machines: the files, their bytes and modes must always be the same.
func TestSameBytesAnywhere(t *testing.T) {
	var want, reference string
	compare := func(t *testing.T, out string) {
		t.Helper()
		got := treeHash(t, out)
		if want == "" {
			want, reference = got, out
		}
		if got != want {
			t.Error(difference(files(t, out), files(t, reference)))
		}
	}
	home := t.TempDir() // outlives the subtests, which compare with its first build
	for i, c := range []struct {
		name, zone, locale, mask, procs string
	}{
		{"plain", "UTC", "C", "022", "1"},
		{"two workers", "UTC", "C", "022", "2"},
		{"four workers", "UTC", "C", "022", "4"},
		{"Shanghai", "Asia/Shanghai", "zh_CN.UTF-8", "022", "2"},
		{"Los Angeles", "America/Los_Angeles", "en_US.UTF-8", "022", "1"},
		{"Turkish", "Pacific/Kiritimati", "tr_TR.UTF-8", "077", "2"},
		{"open mask", "UTC", "C", "000", "4"},
		{"no environment", "", "", "027", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(home, fmt.Sprintf("%*d", 1+5*i, i)) // each has another length
			if c.name == "no environment" {
				dir = filepath.Join(home, "某县 档案")
			}
			rng := rand.New(rand.NewPCG(uint64(i), 3))
			makeCorpus(7, 12, 2).write(t, dir, rng)
			age(t, dir, rng)
			build := func() {
				env := []string{buildFolder + "=" + dir}
				for _, v := range [][2]string{{"TZ", c.zone}, {"LANG", c.locale}, {"LC_ALL", c.locale}, {"GOMAXPROCS", c.procs}} {
					if v[1] != "" {
						env = append(env, v[0]+"="+v[1])
					}
				}
				if c.zone != "" {
					env = append(env, "HOME="+home)
				}
				buildProcess(t, env, c.mask)
			}
			out := filepath.Join(dir, "public")
			build()
			compare(t, out)
			age(t, dir, rng)
			build() // with the state that the first build left
			compare(t, out)
			if err := os.RemoveAll(filepath.Join(dir, ".annals")); err != nil {
				t.Fatal(err)
			}
			build() // over the existing output, without any state
			compare(t, out)
		})
	}
}

// TestHashSeesDifferences proves that the comparison above can fail.
func TestHashSeesDifferences(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	for _, dir := range []string{one, two} {
		writeFile(t, filepath.Join(dir, "a/b.html"), "x")
	}
	same := treeHash(t, one)
	if treeHash(t, two) != same {
		t.Error("the same files differ")
	}
	for _, change := range []func() error{
		func() error { return os.WriteFile(filepath.Join(two, "a/b.html"), []byte("y"), 0o644) },
		func() error { return os.Rename(filepath.Join(two, "a/b.html"), filepath.Join(two, "a/c.html")) },
		func() error { return os.Chmod(filepath.Join(two, "a/c.html"), 0o600) },
	} {
		last := treeHash(t, two)
		if err := change(); err != nil {
			t.Fatal(err)
		}
		if treeHash(t, two) == last {
			t.Error("a change is not seen")
		}
	}
}

// buildProcess builds in a process of its own.
func buildProcess(t *testing.T, env []string, mask string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	if runtime.GOOS != "windows" {
		cmd = exec.CommandContext(t.Context(), "/bin/sh", "-c", "umask "+mask+`; exec "$0"`, self)
	}
	cmd.Env = env
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
}

// age sets the times of all sources to random times in the last or the next twenty
// years.
func age(t *testing.T, dir string, rng *rand.Rand) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "content"), func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at := time.Unix(1_200_000_000+rng.Int64N(900_000_000), rng.Int64N(1e9))
		return os.Chtimes(name, at, at)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// treeHash is a hash over the names, modes and bytes of all files of a folder.
func treeHash(t *testing.T, root string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		info, err := d.Info()
		if err != nil {
			return err
		}
		if name == root {
			return nil // the build does not set the mode of the folder itself
		}
		if d.IsDir() {
			fmt.Fprintf(h, "%s %v\n", rel, info.Mode())
			return nil
		}
		data, err := os.ReadFile(name)
		fmt.Fprintf(h, "%s %v %x\n", rel, info.Mode(), sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}
