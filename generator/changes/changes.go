// Package changes lists what a maintainer should look at in a proposed change to
// an archive: every changed file outside the folder of one agency, and inside that
// folder every deletion, every report made a draft again, and every published
// figure that is now another one. It compares names and bytes only, so what it
// lists may well be right.
package changes

import (
	"cmp"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/git"
	"annals/generator/lang"
)

// Side is an archive before or after the change.
type Side struct {
	Files   fs.FS                // the top folder of the repository, or the archive's folder
	Entries map[string]git.Entry // the files in it, by name relative to that folder
}

// OnDisk makes a Side of the named files of a folder. Their ids are computed as
// git would: with SHA-256 if like, the length of the ids to compare with in
// hexadecimal digits, is 64, otherwise with SHA-1. The id of a link is "".
func OnDisk(fsys fs.FS, names []string, like int) Side {
	s := Side{fsys, map[string]git.Entry{}}
	for _, name := range names {
		info, err := fs.Lstat(fsys, name)
		switch {
		case err != nil: // deleted, or a name that content cannot have
		case info.Mode()&fs.ModeSymlink != 0:
			s.Entries[name] = git.Entry{Mode: link}
		case info.Mode().IsRegular():
			data, _ := files.Read(fsys, name, content.MaxAttachment)
			mode := file
			if info.Mode()&0o111 != 0 {
				mode = program
			}
			s.Entries[name] = git.Entry{Mode: mode, ID: idOf(data, like)}
		}
	}
	return s
}

// The modes of entries.
const (
	file    = "100644"
	program = "100755"
	link    = "120000"
)

func idOf(data []byte, like int) string {
	var h hash.Hash = sha1.New() // as git uses it; here it only shows whether two files are the same
	if like == 2*sha256.Size {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", len(data))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// finder collects the diagnostics.
type finder struct {
	base, head Side
	prefix     string // the archive's folder within the names: "" or "a/b/"
	found      []diag.Diagnostic
	agencies   map[string]string // the agencies with a changed file, and the first such file
	tag        lang.Tag
}

// Find compares the two sides and returns what should be looked at. Prefix is the
// archive's folder relative to Side.Files: "" or "a/b/". The files in the
// diagnostics are relative to the archive's folder.
func Find(base, head Side, prefix string, tag lang.Tag) []diag.Diagnostic {
	f := &finder{base: base, head: head, prefix: prefix, agencies: map[string]string{}, tag: tag}
	names := map[string]bool{}
	for name := range base.Entries {
		names[name] = true
	}
	for name := range head.Entries {
		names[name] = true
	}
	reports := map[string]reportPair{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		was, before := base.Entries[name]
		is, now := head.Entries[name]
		if before && now && same(was, is) || before && now && f.onlyLineEnds(name, was) {
			continue
		}
		f.file(name, was, is, reports)
	}
	f.compareReports(reports)
	if len(f.agencies) > 1 {
		for _, a := range slices.Sorted(maps.Keys(f.agencies)) {
			f.add("agencies", f.agencies[a], "agency", a, "n", len(f.agencies))
		}
	}
	diag.Sort(f.found)
	return f.found
}

func same(was, is git.Entry) bool {
	return was.ID == is.ID && (was.Mode == is.Mode || is.Mode == file) || was.Mode == link && is.Mode == link && is.ID == ""
}

// onlyLineEnds reports whether a file differs from its old version only in line
// ends: git checks text out with CRLF on Windows.
func (f *finder) onlyLineEnds(name string, was git.Entry) bool {
	if f.head.Entries[name].Mode != was.Mode {
		return false
	}
	data, _ := files.Read(f.head.Files, name, files.MaxText)
	return data != nil && idOf([]byte(strings.ReplaceAll(string(data), "\r\n", "\n")), len(was.ID)) == was.ID
}

func (f *finder) add(key, name string, args ...any) {
	f.found = append(f.found, diag.New("untrusted/"+key, files.Top(f.place(name)), args...))
}

// place returns a name relative to the archive's folder; it begins with ../ for a
// file outside.
func (f *finder) place(name string) string {
	if in, ok := strings.CutPrefix(name, f.prefix); ok {
		return in
	}
	return strings.Repeat("../", strings.Count(f.prefix, "/")) + name
}

// file reports one file that differs. Was is the zero Entry for a new file, is is
// the zero Entry for a deleted one. The reports of an agency are not reported yet
// but collected in reports.
func (f *finder) file(name string, was, is git.Entry, reports map[string]reportPair) {
	in, inside := strings.CutPrefix(name, f.prefix)
	own, agency := agencyOf(in)
	switch {
	case is.Mode != "" && is.Mode != file && is.Mode != was.Mode:
		f.add("mode", name)
	case !inside || !own:
		key := kindOf(in, inside)
		if is.Mode == "" {
			f.add("deleted", name)
		} else {
			f.add(key, name)
		}
		return
	}
	if !own || !inside {
		return
	}
	if _, ok := f.agencies[agency]; !ok {
		f.agencies[agency] = name
	}
	if is.Mode != "" && content.Active(in) && f.publishes(content.KindOf(in)) {
		f.add("active", name)
	}
	if year, ok := yearOf(in); ok {
		id := agency + "/" + year
		pair := reports[id]
		pair.agency, pair.year = agency, year
		reports[id] = pair
	} else if is.Mode == "" {
		f.add("deleted", name)
	}
}

// publishes reports whether the settings as they are now publish a kind of file.
func (f *finder) publishes(kind string) bool {
	archive, err := fs.Sub(f.head.Files, cmp.Or(strings.TrimSuffix(f.prefix, "/"), "."))
	if err != nil {
		return true
	}
	settings, _ := config.Load(archive)
	return slices.Contains(settings.Publish, kind)
}

// kindOf returns the variant of the rule for a file that lies in no agency's
// folder.
func kindOf(in string, inside bool) string {
	first, _, below := strings.Cut(in, "/")
	switch {
	case strings.HasPrefix(in, ".github/") || strings.HasPrefix(in, ".gitea/") || strings.HasPrefix(in, ".forgejo/") ||
		strings.HasPrefix(in, ".woodpecker") || strings.HasPrefix(in, ".ci/") || strings.HasPrefix(in, ".gitlab-ci") || strings.HasPrefix(in, ".gitlab/") || first == "Jenkinsfile":
		return "workflow"
	case below && (first == "hooks" || first == ".githooks" || first == ".husky"):
		return "hook"
	case strings.HasPrefix(in, ".") || strings.Contains(in, "/."):
		return "dotfile"
	case !inside:
		return "other"
	case in == "content/site.yaml" || in == "content/assessment.yaml":
		return "settings"
	case strings.HasPrefix(in, "content/forms/"):
		return "form"
	case first == "layouts" || first == "partials" || path.Ext(in) == ".html":
		return "layout"
	case first == "content":
		return "page"
	}
	return "other"
}

// agencyOf returns the agency in whose folder a file lies. Own is false for files
// elsewhere, and for names that the archive does not read, such as dot-files.
func agencyOf(in string) (own bool, agency string) {
	rest, ok := strings.CutPrefix(in, "content/agencies/")
	dir := path.Dir(rest)
	if !ok || dir == "." || strings.HasPrefix(rest, ".") || strings.Contains(rest, "/.") {
		return false, ""
	}
	if base := path.Base(dir); isYear(base) && path.Dir(dir) != "." {
		dir = path.Dir(dir)
	}
	return true, dir
}

func isYear(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }

// yearOf returns the year in the name of a report's file: 2024.md or
// 2024/index.md.
func yearOf(in string) (year string, ok bool) {
	year = strings.TrimSuffix(path.Base(in), ".md")
	if path.Base(in) == "index.md" {
		year = path.Base(path.Dir(in))
	}
	return year, strings.HasSuffix(in, ".md") && isYear(year)
}
