package generator_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A guard is a condition that ordinary input never meets, such as a limit or a
// refusal. A change can remove it by mistake while everything else goes on working.
// Therefore testdata/guards.txt lists each guard with the smallest patch that removes
// it and the tests that notice. TestGuards removes one guard at a time and runs its
// tests, which must fail:
//
//	go test ./generator -run TestGuards -guards .          all of them
//	go test ./generator -run TestGuards -guards zip -v     those whose names or files match
//
// The files are not changed: the compiler gets others in their place (-overlay).
var guards = flag.String("guards", "^text is escaped$", "pattern of the guards that TestGuards removes")

const (
	guardsFile = "testdata/guards.txt"
	top        = ".."
)

// guard is one of the list.
type guard struct {
	name string // what it is for
	line int    // its line in the list
	file string // the file with it, from the top of the repository
	pkg  string // package of the tests, as the go command takes it
	run  string // pattern of the tests' names
	was  string // lines of the file
	then string // the lines without the guard
}

// readGuards reads a list. A guard begins with a line with its name. Then come the
// file, the tests, the lines to remove, each behind a -, and those to put in their
// place, each behind a +:
//
//	= a link is not replaced
//	file generator/output/replace.go
//	test ./generator/output TestReplaceFileLeavesLinks
//	-	if !fi.Mode().IsRegular() {
//	+	if false {
func readGuards(list string) ([]guard, error) {
	var guards []guard
	for i, line := range strings.Split(list, "\n") {
		g := &guard{}
		if n := len(guards); n > 0 {
			g = &guards[n-1]
		}
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || line[0] == '#':
		case word == "=":
			guards = append(guards, guard{name: rest, line: i + 1})
		case word == "file":
			g.file = rest
		case word == "test":
			g.pkg, g.run, _ = strings.Cut(rest, " ")
		case line[0] == '-':
			g.was += line[1:] + "\n"
		case line[0] == '+':
			g.then += line[1:] + "\n"
		default:
			return nil, fmt.Errorf(guardsFile+":%d: neither of a guard's lines: %q", i+1, line)
		}
	}
	for _, g := range guards {
		if g.name == "" || g.file == "" || g.pkg == "" || g.run == "" || g.was == "" || g.was == g.then {
			return nil, fmt.Errorf(guardsFile+":%d: the guard %q lacks its name, file, tests or lines", g.line, g.name)
		}
	}
	return guards, nil
}

// errStale means that the program has changed and no longer has the listed lines.
var errStale = errors.New("its lines do not stand in the file exactly once: bring testdata/guards.txt up to date")

// removed returns the file without the guard.
func (g guard) removed() ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(g.file)))
	if err != nil {
		return nil, err
	}
	text := "\n" + string(data)
	if strings.Count(text, "\n"+g.was) != 1 {
		return nil, errStale
	}
	return []byte(strings.Replace(text, "\n"+g.was, "\n"+g.then, 1)[1:]), nil
}

func listed(t *testing.T) []guard {
	t.Helper()
	data, err := os.ReadFile(guardsFile)
	if err != nil {
		t.Fatal(err)
	}
	list, err := readGuards(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestGuards removes the guards that the flag selects; by default one, to prove
// that removing works and is noticed.
func TestGuards(t *testing.T) {
	pattern, err := regexp.Compile(*guards)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, g := range listed(t) {
		if !pattern.MatchString(g.name) && !pattern.MatchString(g.file) {
			continue
		}
		tried++
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			if err := g.try(t.TempDir()); err != nil {
				t.Errorf("%s:%d: %v", guardsFile, g.line, err)
			}
		})
	}
	if tried == 0 {
		t.Errorf("no guard matches %s", pattern)
	}
}

// try runs the guard's tests without the guard. It is an error if they pass.
func (g guard) try(dir string) error {
	data, err := g.removed()
	if err != nil {
		return err
	}
	root, err := filepath.Abs(top)
	if err != nil {
		return err
	}
	instead, overlay := filepath.Join(dir, "instead"), filepath.Join(dir, "overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, filepath.FromSlash(g.file)): instead}})
	if err != nil {
		return err
	}
	if err := errors.Join(os.WriteFile(instead, data, 0o644), os.WriteFile(overlay, text, 0o644)); err != nil {
		return err
	}
	cmd := exec.Command("go", "test", "-overlay", overlay, "-vet=off", "-count=1", "-timeout=2m", "-run", "^("+g.run+")$", g.pkg)
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	switch {
	case bytes.Contains(out, []byte("[build failed]")), bytes.Contains(out, []byte("[setup failed]")):
		return fmt.Errorf("without it the program does not compile:\n%s", out)
	case bytes.Contains(out, []byte("no tests to run")):
		return fmt.Errorf("there is no test %s in %s", g.run, g.pkg)
	case err == nil:
		return fmt.Errorf("nothing fails without it: %s %s", g.pkg, g.run)
	}
	var failed *exec.ExitError
	if !errors.As(err, &failed) {
		return err
	}
	return nil
}

// TestGuardsStand: every guard of the list is in its file exactly once, and its
// tests exist.
func TestGuardsStand(t *testing.T) {
	guards := listed(t)
	seen := map[string]bool{}
	sources := map[string]string{} // by package: the source of its tests
	for _, g := range guards {
		if seen[g.name] {
			t.Errorf("%s:%d: %q is listed twice", guardsFile, g.line, g.name)
		}
		seen[g.name] = true
		if _, err := g.removed(); err != nil {
			t.Errorf("%s:%d: %s: %s: %v", guardsFile, g.line, g.name, g.file, err)
		}
		if _, known := sources[g.pkg]; !known {
			names, _ := filepath.Glob(filepath.Join(top, g.pkg, "*_test.go"))
			for _, name := range names {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				sources[g.pkg] += string(data)
			}
		}
		tests := regexp.MustCompile(`(?m)^func (` + g.run + `)\(`)
		if !tests.MatchString(sources[g.pkg]) {
			t.Errorf("%s:%d: %s: %s has no test %s", guardsFile, g.line, g.name, g.pkg, g.run)
		}
	}
	if len(guards) < 60 {
		t.Errorf("only %d guards are listed", len(guards))
	}
}

// TestReadGuards: a mistake in the list is reported with its line.
func TestReadGuards(t *testing.T) {
	for text, want := range map[string]string{
		"= a\nfile f\ntest p T\n-x\n+y\n":       "",
		"= a\nfile f\ntest p T\n-x\n":           "", // no lines in place of those removed
		"= a\nfile f\ntest p T\n-x\n+x\n":       `testdata/guards.txt:1: the guard "a" lacks its name, file, tests or lines`,
		"# c\n\n= a\nfile f\n-x\n+y\n":          `testdata/guards.txt:3: the guard "a" lacks its name, file, tests or lines`,
		"= a\nfile f\ntest p T\n-x\n+y\nzz z\n": `testdata/guards.txt:6: neither of a guard's lines: "zz z"`,
	} {
		_, err := readGuards(text)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
