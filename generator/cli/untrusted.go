package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annals/generator/beneath"
	"annals/generator/changes"
	"annals/generator/diag"
	"annals/generator/git"
)

// untrusted lists what a maintainer should look at in a change. The argument names
// the base to compare with: a revision or, if there is none of that name, a folder.
// The folder must lie outside the archive and its repository, because otherwise the
// change itself could have added it.
func (a *app) untrusted(ctx context.Context, base string) error {
	repository, err := git.Open(ctx, a.dir)
	var found []diag.Diagnostic
	if err == nil {
		var commit string
		if commit, err = repository.Resolve(ctx, base); err == nil {
			found, err = a.sinceCommit(ctx, repository, commit)
		}
	}
	missing := slices.IndexFunc(noRevision, func(r reason) bool { return errors.Is(err, r.is) })
	if missing >= 0 && a.outside(repository, base) {
		found, err = a.sinceFolder(base)
	} else if missing >= 0 {
		return a.failed(noRevision[missing].key, base)
	}
	if err != nil {
		return err
	}
	if err := a.print(found); err != nil {
		return err
	}
	if len(found) > 0 {
		return exit{code: content}
	}
	return nil
}

// reason is why a base cannot be used, with the key of its message.
type reason struct {
	is  error
	key string
}

// noRevision lists the reasons for which git cannot read a revision.
var noRevision = []reason{
	{git.ErrShallow, "untrusted.shallow"},
	{git.ErrUnknown, "untrusted.unknown"},
	{git.ErrNoRepository, "untrusted.no-repository"},
	{git.ErrNoGit, "untrusted.no-git"},
}

// outside reports whether a folder can be a base.
func (a *app) outside(r *git.Repository, base string) bool {
	info, err := os.Stat(base)
	if err != nil || !info.IsDir() {
		return false
	}
	top := a.dir
	if r != nil {
		top = r.Top
	}
	top, err = resolved(top)
	if err != nil {
		return false
	}
	if base, err = resolved(base); err != nil {
		return false
	}
	rel, err := filepath.Rel(top, base)
	return err != nil || !filepath.IsLocal(rel)
}

// resolved returns a path with all links resolved.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

func (a *app) sinceCommit(ctx context.Context, r *git.Repository, commit string) (_ []diag.Diagnostic, err error) {
	tree, err := r.Tree(ctx, commit)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tree.Close()) }()
	names, err := r.Files(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := beneath.Open(r.Top)
	if err != nil {
		return nil, err
	}
	folder.Hidden = true
	return changes.Find(changes.Side{Files: tree, Entries: tree.Entries}, changes.OnDisk(folder, names, len(commit)), r.Prefix, a.tag), nil
}

func (a *app) sinceFolder(base string) ([]diag.Diagnostic, error) {
	var sides [2]changes.Side
	for i, dir := range []string{base, a.dir} {
		folder, err := beneath.Open(dir)
		if err != nil {
			return nil, err
		}
		folder.Hidden = true
		names, err := a.listed(folder)
		if err != nil {
			return nil, err
		}
		sides[i] = changes.OnDisk(folder, names, 0)
	}
	return changes.Find(sides[0], sides[1], "", a.tag), nil
}

// listed returns the files of an archive that people write: without the site, the
// state of builds and the folder .git.
func (a *app) listed(folder fs.FS) ([]string, error) {
	made := map[string]bool{".git": true, ".annals": true, "public": true, "node_modules": true}
	if rel, err := filepath.Rel(a.dir, a.options().Out); err == nil {
		made[filepath.ToSlash(rel)] = true
	}
	var names []string
	err := fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case made[name]:
			if e.IsDir() {
				return fs.SkipDir
			}
		case !e.IsDir() && !strings.HasSuffix(name, "~"):
			names = append(names, name)
		}
		return nil
	})
	return names, err
}
