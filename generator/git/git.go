// Package git reads commits of the repository that an archive lies in. It is
// the only package that starts a process by itself, and the only process is git.
//
// A repository is half-trusted, like its content. The rules are:
//
//   - Arguments are fixed, but for a revision, which is resolved to a commit
//     first and only ever stands behind --end-of-options.
//   - Files are read as blobs, by cat-file: no filter, text conversion, hook,
//     pager, monitor of the file system or other program that a configuration
//     names is run, and nothing is fetched.
//   - Of the environment git gets PATH, and what Windows cannot do without.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The errors if there is no commit to read.
var (
	ErrNoGit        = errors.New("the program git was not found")
	ErrNoRepository = errors.New("the folder is in no git repository")
	ErrShallow      = errors.New("the clone is shallow and lacks the commit")
	ErrUnknown      = errors.New("the repository has no such revision")
)

// Repository is the git repository that a folder lies in.
type Repository struct {
	Top    string // the top folder of its working tree
	Prefix string // the folder given to Open, relative to Top: "" or "a/b/"
	git    string
}

// Open finds the repository that a folder lies in. The error is ErrNoGit or
// ErrNoRepository.
func Open(ctx context.Context, dir string) (*Repository, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, ErrNoGit
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	r := &Repository{Top: dir, git: git}
	out, err := r.run(ctx, "rev-parse", "--show-toplevel", "--show-prefix")
	lines := strings.Split(string(out), "\n")
	if err != nil || len(lines) < 2 {
		return nil, ErrNoRepository
	}
	r.Top, r.Prefix = filepath.FromSlash(lines[0]), lines[1]
	return r, nil
}

// Resolve returns the id of the commit that a revision names. The error is
// ErrShallow or ErrUnknown.
func (r *Repository) Resolve(ctx context.Context, revision string) (string, error) {
	out, err := r.run(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	id := strings.TrimSpace(string(out))
	if err == nil && isID(id) {
		// A shallow clone knows the names of commits that it does not have.
		if _, err = r.run(ctx, "cat-file", "-e", id+"^{tree}"); err == nil {
			return id, nil
		}
	}
	if shallow, err := r.run(ctx, "rev-parse", "--is-shallow-repository"); err == nil && strings.TrimSpace(string(shallow)) == "true" {
		return "", ErrShallow
	}
	return "", ErrUnknown
}

// Files lists the files of the working tree that are tracked, or untracked and not
// ignored, relative to Top.
func (r *Repository) Files(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name")
	if err != nil {
		return nil, err
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), nil
}

// isID reports whether a text is a full object id: 40 hexadecimal digits for
// SHA-1, 64 for SHA-256.
func isID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}

func (r *Repository) run(ctx context.Context, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(said.Bytes()))
	}
	return out.Bytes(), nil
}

// command returns a command of git with every setting switched off by which a
// repository or a user's configuration could make git run another program.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, r.git, append([]string{
		"--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.untrackedCache=false",
		"-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit", "-c", "safe.directory=*",
		"-c", "core.attributesFile=" + os.DevNull, "-c", "core.quotePath=false", "-c", "submodule.recurse=false",
	}, args...)...)
	cmd.Dir = r.Top
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT"), "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_ATTR_NOSYSTEM=1",
		"GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "GIT_ALLOW_PROTOCOL=",
	}
	return cmd
}
