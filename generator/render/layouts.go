package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/lang"
	"annals/generator/output"
	"annals/generator/sitemap"
	"annals/generator/source"
	"annals/layouts"
)

// folder is where a site's own layouts lie.
const folder = "layouts/"

// maxLayout is the size of the largest file of layouts, in bytes.
const maxLayout = 1 << 20

// layoutSet is the layouts as read: the built-in ones, with those of the site
// in the place of the same names.
type layoutSet struct {
	files  map[string]string // name without folder: report.html
	own    map[string]bool   // those of the site
	words  words
	assets []asset
	sum    [32]byte
}

// asset is a style, script or image under its fingerprinted name.
type asset struct {
	name string // style.css
	path string // assets/style.0123456789.css
	data []byte
}

func newAsset(name string, data []byte) asset {
	data = minified(name, data)
	sum := sha256.Sum256(data)
	base := path.Base(name)
	ext := path.Ext(base)
	return asset{base, sitemap.AssetsFolder + strings.TrimSuffix(base, ext) + "." + hex.EncodeToString(sum[:5]) + ext, data}
}

// builtinAssets are minified once, however many archives a program opens.
var builtinAssets = sync.OnceValue(func() map[string]asset {
	list := map[string]asset{}
	names, _, _ := layoutNames(layouts.Files)
	for _, n := range names {
		if path.Dir(n) == "assets" {
			data, _ := layouts.Files.ReadFile(n) // it is embedded
			list[n] = newAsset(n, data)
		}
	}
	return list
})

func readLayouts(overrides fs.FS) (*layoutSet, []diag.Diagnostic, error) {
	own := map[string]bool{}
	set := &layoutSet{files: map[string]string{}, own: own}
	var diags []diag.Diagnostic
	names, _, err := layoutNames(layouts.Files)
	if err != nil {
		return nil, nil, err
	}
	if overrides != nil {
		list, found, err := layoutNames(overrides)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		diags = append(diags, found...)
		known := map[string]bool{}
		for _, n := range names {
			known[n] = true
		}
		for _, n := range list {
			own[n] = true
			if !known[n] && path.Dir(n) == "assets" {
				names = append(names, n) // an asset of the site's own, for its layouts
			} else if !known[n] {
				diags = append(diags, diag.New("layout/unknown", source.At(1, 1).In(folder+n), "name", n))
			}
		}
	}
	h := sha256.New()
	builtIn, err := layouts.Files.ReadFile(wordsFile)
	if err != nil {
		return nil, nil, err
	}
	h.Write(builtIn)
	if set.words, err = readWords(builtIn); err != nil {
		return nil, nil, err
	}
	for _, n := range names {
		from := fs.FS(layouts.Files)
		if own[n] {
			from = overrides
		}
		data, found := files.Read(from, n, maxLayout)
		if data == nil {
			for _, d := range found {
				if d.Rule == "file-size" {
					d = diag.New("layout/size", d.Place, "limit", maxLayout)
				}
				d.Place.File = folder + n
				diags = append(diags, d)
			}
			continue
		}
		if d, found := files.Unmerged(folder+n, data); found && own[n] {
			diags = append(diags, d)
			if data, err = fs.ReadFile(layouts.Files, n); err != nil { // an asset of the archive's own
				continue
			}
		}
		if path.Ext(n) != ".html" && utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
			data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) // its hash is in its name
		}
		fmt.Fprintf(h, "%s %d\n", n, len(data))
		h.Write(data)
		if n != wordsFile && !set.add(n, data) {
			diags = append(diags, diag.New("layout/name", source.At(1, 1).In(folder+n), "name", path.Base(n)))
		} else if n == wordsFile && own[n] {
			diags = append(diags, set.override(string(data))...)
		}
	}
	h.Sum(set.sum[:0])
	return set, diags, nil
}

// ownPages reports whether the site has a layout of its own.
func (set *layoutSet) ownPages() bool {
	for name := range set.own {
		if path.Ext(name) == ".html" && path.Dir(name) == "." {
			return true
		}
	}
	return false
}

// add reports whether a file with its name can be on every disk and host.
func (set *layoutSet) add(name string, data []byte) bool {
	if path.Dir(name) != "assets" {
		set.files[name] = string(data)
		return true
	}
	a, builtin := builtinAssets()[name]
	if !builtin || set.own[name] {
		a = newAsset(name, data)
	}
	if set.own[name] && (output.CheckPath(a.path) != nil || strings.ContainsFunc(a.path, files.Invisible) ||
		slices.ContainsFunc(set.assets, func(b asset) bool { return output.Fold(b.path) == output.Fold(a.path) })) {
		return false
	}
	set.assets = append(set.assets, a)
	return true
}

// Overrides returns the archive's own layouts as a file system, nil if it has
// none; files is the folder that holds content/.
func Overrides(archive fs.FS) (fs.FS, []diag.Diagnostic, error) {
	name := strings.TrimSuffix(folder, "/")
	info, err := fs.Lstat(archive, name)
	if err != nil {
		return nil, nil, nil
	}
	if d, bad := files.Irregular(name, info.Mode()); bad {
		return nil, []diag.Diagnostic{d}, nil
	}
	if !info.IsDir() {
		return nil, nil, nil
	}
	own, err := fs.Sub(archive, name)
	return own, nil, err
}

// layoutNames lists the files that can be layouts, in a fixed order, and reports
// links and devices among them.
func layoutNames(fsys fs.FS) ([]string, []diag.Diagnostic, error) {
	var names []string
	var diags []diag.Diagnostic
	for _, dir := range []string{".", "assets"} {
		entries, err := fs.ReadDir(fsys, dir)
		if err != nil {
			if dir == "assets" && errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return nil, nil, err
		}
		for _, e := range entries {
			n := e.Name()
			if strings.HasPrefix(n, ".") {
				continue
			}
			if d, bad := files.Irregular(folder+path.Join(dir, n), e.Type()); bad {
				diags = append(diags, d)
				if dir+n == ".assets" {
					return names, diags, nil
				}
			}
			if !e.Type().IsRegular() {
				continue
			}
			if dir == "assets" {
				names = append(names, "assets/"+n)
			} else if n == wordsFile || path.Ext(n) == ".html" {
				names = append(names, n)
			}
		}
	}
	return names, diags, nil
}

var (
	wordCall   = regexp.MustCompile(`\{\{word "([a-z0-9-]+)"\}\}`)
	fixedCall  = regexp.MustCompile(`\{\{fixed "([a-z0-9-]+)"\}\}`)
	insideCall = regexp.MustCompile(`\{\{(inside|digest) "([A-Za-z0-9._-]+)"\}\}`)
	assetCall  = regexp.MustCompile(`\{\{asset "([A-Za-z0-9._-]+)"\}\}`)
	pathCall   = regexp.MustCompile(`\{\{path "([a-z0-9-]+)"((?: [$.][A-Za-z.]*)*)\}\}`)
)

// prepare puts words, the names of assets and paths into a layout, and takes out
// the white space that only serves who writes it. The relative path to the root
// of the site is a mark that is replaced when a page is made: as a value it
// would be escaped anew for each of the many links that begin with it.
func (set *layoutSet) prepare(text string, tag lang.Tag, root string) (string, error) {
	var problem error
	text = wordCall.ReplaceAllStringFunc(text, func(call string) string {
		key := wordCall.FindStringSubmatch(call)[1]
		if _, ok := set.words[key]; !ok {
			problem = errors.Join(problem, fmt.Errorf("no word %q in %s", key, wordsFile))
		}
		return literal(set.words.in(key, tag))
	})
	text = assetCall.ReplaceAllStringFunc(text, func(call string) string {
		name := assetCall.FindStringSubmatch(call)[1]
		for _, a := range set.assets {
			if a.name == name {
				return root + a.path
			}
		}
		problem = errors.Join(problem, fmt.Errorf("no asset %q", name))
		return ""
	})
	text = pathCall.ReplaceAllStringFunc(text, func(call string) string {
		m := pathCall.FindStringSubmatch(call)
		pattern, ok := sitemap.Lookup(m[1])
		var values []string
		for _, v := range strings.Fields(m[2]) {
			values = append(values, "{{"+v+"}}")
		}
		path, fits := pattern.Fill(values...)
		if !ok || !fits {
			problem = errors.Join(problem, fmt.Errorf("no path %s", call))
		}
		return root + path
	})
	text = strings.ReplaceAll(text, "{{$.Root}}", root)
	text = strings.ReplaceAll(text, "{{.Root}}", root)
	text = insideCall.ReplaceAllStringFunc(tighten(text), func(call string) string {
		m := insideCall.FindStringSubmatch(call)
		for _, a := range set.assets {
			if a.name != m[2] {
				continue
			}
			style := a.inside()
			if m[1] == "inside" {
				return style
			}
			sum := sha256.Sum256([]byte(style))
			return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
		}
		problem = errors.Join(problem, fmt.Errorf("no asset %q", m[2]))
		return ""
	})
	return text, problem
}

var styleComment = regexp.MustCompile(`(?s)/\*.*?(\*/|$)`)

// inside is a style as it can stand in a page, byte for byte: without what
// would end the element, begin an action, or be taken out by html/template.
func (a asset) inside() string {
	text := styleComment.ReplaceAllString(string(a.data), " ")
	return strings.NewReplacer("</", `<\/`, "<!--", "", "{{", "{ {", "\r", "", "\x00", "").Replace(text)
}

// literal escapes a text so that a layout prints it unchanged.
func literal(text string) string {
	return literalSigns.Replace(html.EscapeString(text))
}

// literalSigns escapes the characters that a layout, or tighten, would change.
var literalSigns = strings.NewReplacer("{{", `{{"{{"}}`, "\n", "&#10;", "\r", "&#13;", "\x00", "\uFFFD")

// tighten takes line breaks and indentation out of a layout. Where it stands
// within a tag or between words it becomes one space; beside a tag or an
// action it becomes nothing, so a layout writes a space where it wants one.
func tighten(text string) string {
	var b strings.Builder
	inTag := false
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if s := b.String(); i > 0 && s != "" {
			last := s[len(s)-1]
			if inTag || (last != '>' && last != '}' && line[0] != '<' && line[0] != '{') {
				b.WriteByte(' ')
			}
		}
		b.WriteString(line)
		inTag = endsInTag(line, inTag)
	}
	return b.String()
}

// endsInTag reports whether a line of a layout ends inside a tag. Actions do
// not count: they hold no tags, but may hold the signs of one.
func endsInTag(line string, inTag bool) bool {
	for i := 0; i < len(line); i++ {
		switch {
		case strings.HasPrefix(line[i:], "{{"):
			if n := strings.Index(line[i:], "}}"); n >= 0 {
				i += n + 1
			}
		case line[i] == '<':
			inTag = true
		case line[i] == '>':
			inTag = false
		}
	}
	return inTag
}

var templateLine = regexp.MustCompile(`template: ?([^:\s]+):(\d+)(?::(\d+))?: (.*)`)

// layoutFault returns the diagnostic for an error of html/template about a
// layout, at the line that the error names.
func layoutFault(name string, err error) diag.Diagnostic {
	line, problem := 1, err.Error()
	if m := templateLine.FindStringSubmatch(problem); m != nil {
		line, _ = strconv.Atoi(m[2])
		problem = m[4]
		if path.Ext(m[1]) == ".html" {
			name = m[1]
		}
	}
	return diag.New("layout", source.At(max(1, line), 1).In(folder+name), "problem", diag.Visible(problem))
}
