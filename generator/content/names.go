package content

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/output"
	"annals/generator/sitemap"
)

// yearOf reads a name that is a year of four digits.
func yearOf(name string) (year int, ok bool) {
	year, err := strconv.Atoi(name)
	return year, err == nil && len(name) == 4 && 1000 <= year && year < 3000
}

// checkName refuses a name that cannot be an address on every host: folders'
// and pages' names become URLs as they are.
func checkName(file, name string) (diag.Diagnostic, bool) {
	const longest = 100 // bytes; several of them have to fit in a path
	switch {
	case len(name) > longest:
		return diag.New("folder-name/long", files.Top(file), "limit", longest), true
	case strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
	}), strings.HasPrefix(name, "-"), strings.HasSuffix(name, "-"):
		return diag.New("folder-name", files.Top(file), "name", name), true
	case device(name):
		return diag.New("folder-name/device", files.Top(file), "name", name), true
	}
	return diag.Diagnostic{}, false
}

// ValidAgency reports whether the folder of an agency can have a path, relative
// to content/agencies: a folder named by a year would be a report's.
func ValidAgency(path string) bool {
	for name := range strings.SplitSeq(path, "/") {
		_, year := yearOf(name)
		if _, bad := checkName("", name); name == "" || year || bad {
			return false
		}
	}
	return len(path) <= maxFolder
}

// device reports whether Windows takes a name for a device, whatever follows
// its first dot.
func device(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, name) {
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && name[3] >= '0' && name[3] <= '9'
}

// maxFolder is how long the path of an agency's folder may be, in bytes, so
// that the paths of its pages and attachments can be written.
const maxFolder = 700

// Windows' programs open files whose path has no more than maxPath characters
// of UTF-16. before is how many of them the folder that an archive lies in
// takes, as C:\Users\somebody\Documents\archive does, with public behind it.
const (
	maxPath = 259
	before  = 60 + len("/public/")
)

// longPath returns the length that a published file's path has on Windows, and
// whether that is too much.
func longPath(file string) (n int, is bool) {
	if n = before + len(file); n <= maxPath {
		return n, false
	}
	n = before
	for _, r := range file {
		n += utf16.RuneLen(r)
	}
	return n, n > maxPath
}

// longPaths reports paths of published files that are too long for Windows: those of
// an agency's reports, once for the agency and those below it, and attachments whose
// own names make their paths too long.
func (v *visit) longPaths(dir string) {
	if v.Path == "" {
		return
	}
	own := func(agency string) (file string, n int, is bool) {
		page := sitemap.Of(sitemap.Report).Path.File(sitemap.At{Agency: agency, Year: 2000})
		file = path.Join(path.Dir(page), sitemap.ReportData)
		n, is = longPath(file)
		return file, n, is
	}
	if file, n, is := own(v.Path); is {
		if _, _, above := own(path.Dir(v.Path)); !above {
			v.say("long-path", dir, "file", path.Base(file), "n", n, "limit", maxPath)
		}
		return
	}
	for _, r := range v.Reports {
		for _, a := range r.Attachments {
			file := strings.TrimPrefix(a.Path, root+"/")
			if n, is := longPath(file); is {
				v.say("long-path/attachment", a.Path, "file", path.Base(file), "n", n, "limit", maxPath)
			}
		}
	}
}

// unpublishable returns the message that says why an attachment's path cannot
// be one of the site, or "". Chinese names are fine. The list of what can be
// written on every disk and host is the output's; what nobody sees is kept out
// here.
func unpublishable(file string) (key string) {
	err := output.CheckPath(file)
	switch {
	case errors.Is(err, output.ErrNotNormal):
		return "attachment/normal"
	case errors.Is(err, output.ErrLong):
		return "attachment/long"
	case err != nil, strings.ContainsFunc(file, files.Invisible):
		return "attachment/name"
	}
	return ""
}

// reserved reports whether the site has a file of its own of this name beside
// a report's page, on disks that ignore letter case too.
func reserved(name string) bool {
	return slices.ContainsFunc(sitemap.ReportFiles, func(own string) bool { return output.Fold(own) == output.Fold(name) })
}

var fourDigits = regexp.MustCompile(`(?:^|\D)([12]\d{3})(?:\D|$)`)

// unknown reports an unexpected file in an agency's folder, with what it was likely
// meant to be.
func (v *visit) unknown(file, name string) {
	ext := strings.ToLower(path.Ext(name))
	year := ""
	if m := fourDigits.FindStringSubmatch(name); m != nil {
		year = m[1]
	}
	switch attached := passive(KindOf(name)); {
	case strings.EqualFold(strings.TrimSuffix(name, path.Ext(name)), "index"), strings.EqualFold(name, index):
		v.say("unknown-file/index", file, "name", name)
	case year != "" && (ext == ".md" || ext == ".markdown" || ext == ".txt" || ext == ".yaml" || ext == ".yml"):
		v.say("unknown-file/report", file, "name", name, "meant", year+".md")
	case attached && year != "":
		v.say("unknown-file/attachment", file, "name", name, "meant", year)
	case attached:
		v.say("unknown-file/attachment", file, "name", name, "meant", "2024")
	default:
		v.say("unknown-file", file, "name", name)
	}
}
