package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The tests of this file run builds in processes of their own: the test binary
// with these two variables set.
const (
	envDir  = "OUTPUT_TEST_DIR"
	envWhat = "OUTPUT_TEST_WHAT" // "hold", or the number of the site to build
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(envDir); dir != "" {
		os.Exit(child(dir, os.Getenv(envWhat)))
	}
	os.Exit(m.Run())
}

func child(dir, what string) int {
	o := Options{Dir: filepath.Join(dir, "public"), State: filepath.Join(dir, ".annals"), Holder: "test", Wait: 20 * time.Second}
	if what == "hold" {
		if _, err := Open(o); err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println("held")
		io.Copy(io.Discard, os.Stdin)
		return 0
	}
	n, _ := strconv.Atoi(what)
	if _, err := build(o, numbered(n), n%2 == 0, nil); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// numbered is a site that shares some files with its neighbours.
func numbered(n int) site {
	s := site{}
	for g := range 20 {
		if (g+n)%7 == 0 {
			continue
		}
		name := fmt.Sprint("g", g)
		s[name] = map[string]string{}
		for f := range 10 {
			s[name][fmt.Sprintf("%s/%d/index.html", name, (f+n/3)%15)] = strings.Repeat(fmt.Sprintf("%d %d %d\n", n/2, g, f), 200)
		}
	}
	return s
}

func start(t *testing.T, dir, what string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), envDir+"="+dir, envWhat+"="+what)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewReader(out)
}

func TestLock(t *testing.T) {
	o := place(t)
	dir := filepath.Dir(o.Dir)
	cmd, out := start(t, dir, "hold")
	if line, _ := out.ReadString('\n'); line != "held\n" {
		t.Fatal(line)
	}
	var locked *LockedError
	if _, err := Open(o); !errors.As(err, &locked) || locked.PID != strconv.Itoa(cmd.Process.Pid) || locked.Holder != "test" {
		t.Errorf("while another process builds: %v", err)
	}
	go func() {
		time.Sleep(50 * time.Millisecond)
		cmd.Process.Kill() // leaves no stale lock
	}()
	o.Wait = 20 * time.Second
	d, err := Open(o)
	if err != nil {
		t.Fatalf("after the other process was killed: %v", err)
	}
	cmd.Wait()
	d.Close()
}

// TestKills kills builds at random moments. The output must then hold whole files of
// the sites built, and the next build must leave exactly its site.
func TestKills(t *testing.T) {
	o := place(t)
	dir := filepath.Dir(o.Dir)
	mustBuild(t, o, numbered(0))
	write(t, filepath.Join(o.Dir, "CNAME"), "foreign")
	r := rand.New(rand.NewPCG(7, 7))
	known := map[string]bool{"foreign": true}
	for _, data := range numbered(0).files() {
		known[data] = true
	}
	killed := 0
	for n := 1; n <= 16; n++ {
		for _, data := range numbered(n).files() {
			known[data] = true
		}
		cmd, _ := start(t, dir, strconv.Itoa(n))
		time.Sleep(time.Duration(r.IntN(30)) * time.Millisecond)
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		for p, data := range tree(t, o.Dir) {
			if !known[data] {
				t.Fatalf("%s is no whole file of any site", p)
			}
		}
		if n%4 == 0 {
			mustBuild(t, o, numbered(n+100))
			want := numbered(n + 100).files()
			for _, data := range want {
				known[data] = true
			}
			want["CNAME"] = "foreign"
			wantTree(t, o.Dir, want)
		}
	}
	t.Logf("%d of 16 builds were killed", killed)
}

// TestTwoAtOnce runs builds of different sites at the same time: the result is
// one of them, not a mixture.
func TestTwoAtOnce(t *testing.T) {
	o := place(t)
	dir := filepath.Dir(o.Dir)
	for round := range 2 {
		var running []*exec.Cmd
		for n := range 4 {
			cmd, _ := start(t, dir, strconv.Itoa(round*10+n))
			running = append(running, cmd)
		}
		for _, cmd := range running {
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
		}
		got := fmt.Sprint(tree(t, o.Dir))
		whole := false
		for n := range 4 {
			whole = whole || got == fmt.Sprint(numbered(round*10+n).files())
		}
		if !whole {
			t.Fatalf("round %d left a mixture", round)
		}
	}
}
