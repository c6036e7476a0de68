package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// openedFile matches a line of strace for a file that was opened successfully.
var openedFile = regexp.MustCompile(`\b(?:openat2?|open|creat)\((?:[^,"]*, )?"([^"]*)".* = \d+`)

// TestTrace traces the system calls of commands: they open no files outside of the
// archive except those that any Go program needs, no connection, and start no
// process except git for --untrusted.
func TestTrace(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is missing; .ci/run installs it")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	g := newGround(t)
	g.must(os.Symlink(filepath.Join(g.outside, "folder"), g.at("layouts/linked")))
	g.must(os.Symlink(filepath.Join(g.outside, "file"), g.at(agencyFolder+"2022.md")))
	document := filepath.Join(t.TempDir(), "x.md")
	g.write(document, "# x\n")
	log := filepath.Join(t.TempDir(), "trace")
	for _, c := range []struct {
		args      []string
		processes bool
	}{
		{[]string{"check"}, false}, {[]string{"build"}, false}, {[]string{"check", "--fix"}, false}, {[]string{"fmt"}, false}, {[]string{"search", "x"}, false},
		{[]string{"new", "agency", "anping/x", "--name", "X"}, false}, {[]string{"import", document, "--agency", "anping/government", "--year", "2022"}, false},
		{[]string{"explain"}, false}, {[]string{"schema", "report"}, false}, {[]string{"check", "--untrusted", "base"}, true},
	} {
		args := append(c.args, "--dir", g.dir)
		cmd := exec.Command(strace, "-f", "-qq", "-o", log, "-e", "trace=openat,openat2,open,creat,execve,connect,bind", self)
		cmd.Env = append(os.Environ(), commandLine+"="+strings.Join(args, "\n"))
		out, err := cmd.CombinedOutput()
		trace, rerr := os.ReadFile(log)
		if rerr != nil {
			t.Fatalf("%v: %v %v\n%s", c.args, err, rerr, out)
		}
		lines := strings.Split(string(trace), "\n")
		reads := 0
		for i, line := range lines {
			switch {
			case strings.Contains(line, "execve(") && i > 0 && !c.processes,
				strings.Contains(line, "execve(") && i > 0 && strings.Contains(line, " = 0") && !strings.Contains(line, `/git"`) && !strings.Contains(line, `"git"`):
				t.Errorf("%v starts a process: %s", c.args, line)
			case strings.Contains(line, "connect(") || strings.Contains(line, "bind("):
				t.Errorf("%v reaches out: %s", c.args, line)
			}
			m := openedFile.FindStringSubmatch(line)
			if m == nil || c.processes {
				continue // git reads its own files
			}
			reads++
			if path := m[1]; filepath.IsAbs(path) && !allowed(path, g.dir, self, document) || strings.Contains(path, "..") {
				t.Errorf("%v opens %s", c.args, line)
			}
		}
		if reads == 0 && !c.processes {
			t.Errorf("%v opens nothing: the trace is none\n%s", c.args, out)
		}
	}
}

// allowed reports whether a path is in the archive, is the document of the command
// line, or is read by the Go runtime or the system's library, or by a library when the
// program starts: wazero asks for large pages, minio-go's xid for the machine.
func allowed(path string, ours ...string) bool {
	for _, p := range append(ours, "/sys/kernel/mm/transparent_hugepage", "/sys/kernel/mm/hugepages/", "/etc/machine-id", "/sys/fs/cgroup", "/proc/self/", "/proc/stat", "/etc/ld.so.cache", "/lib", "/usr/lib", "/dev/null", "/etc/localtime", "/usr/share/zoneinfo") {
		if strings.HasPrefix(path, p) {
			return true
		}
	}
	return false
}
