package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"annals/generator/explain"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"annals": main})
}

// The scripts of testdata/script are the commands as an office uses them. Each
// starts in an empty folder; the command archive puts a right archive there.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "")
			e.Setenv("LC_ALL", "")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"archive": archive,
			"bytes":   writeBytes,
			"big":     writeBig,
			"replace": replace,
			"same":    sameTree,
			"waitfor": waitFor,
		},
	})
}

// archive [folder]: the right archive of the rules' examples.
func archive(ts *testscript.TestScript, neg bool, args []string) {
	dir := "."
	if len(args) > 0 {
		dir = args[0]
	}
	for name, text := range explain.Base() {
		write(ts, filepath.Join(dir, name), []byte(text))
	}
}

func write(ts *testscript.TestScript, name string, data []byte) {
	name = ts.MkAbs(name)
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
	ts.Check(os.WriteFile(name, data, 0o644))
}

// bytes FILE GO-STRING: a file of any bytes.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	var s string
	_, err := fmt.Sscanf(`"`+args[1]+`"`, "%q", &s)
	ts.Check(err)
	write(ts, args[0], []byte(s))
}

// big FILE N: a file of N bytes.
func writeBig(ts *testscript.TestScript, neg bool, args []string) {
	var n int
	_, err := fmt.Sscan(args[1], &n)
	ts.Check(err)
	write(ts, args[0], []byte(strings.Repeat("字", n/3)))
}

// replace FILE OLD NEW: changes the one place of a file.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if strings.Count(text, args[1]) != 1 {
		ts.Fatalf("%q stands %d times in %s", args[1], strings.Count(text, args[1]), args[0])
	}
	write(ts, args[0], []byte(strings.Replace(text, args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)))
}

// waitfor FILE TEXT: waits until the file holds the text, for a minute at most.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	for range 600 {
		if data, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && strings.Contains(string(data), args[1]) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Fatalf("%s does not come to hold %s", args[0], args[1])
}

// same DIR DIR: both hold the same files with the same bytes.
func sameTree(ts *testscript.TestScript, neg bool, args []string) {
	a, b := tree(ts, args[0]), tree(ts, args[1])
	equal := len(a) == len(b)
	for name, text := range a {
		if b[name] != text {
			equal = false
			if !neg {
				ts.Logf("%s differs", name)
			}
		}
	}
	if equal == neg {
		ts.Fatalf("same is %t: %d and %d files", equal, len(a), len(b))
	}
}

func tree(ts *testscript.TestScript, dir string) map[string]string {
	files := map[string]string{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files[strings.TrimPrefix(name, root)] = string(data)
		return err
	}))
	return files
}
