package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers lists the packages, each after those that it may import. A package imports
// only packages of the lines before its own, and packages of one line never import
// each other. So a change can be understood by reading its imports only, and any
// stage can be tested with only the stages before it.
var layers = [][]string{
	{"generator/lang", "generator/source", "generator/proof", "generator/deploy"},
	{"generator/diag", "generator/chart", "generator/deploy/parcel"},
	{"generator/files", "generator/importer/layout", "generator/yamlpos"},
	{"generator/importer/pdf", "generator/keys", "generator/locale"},
	{"generator/privacy", "generator/baseline"},
	{"generator/config", "generator/form", "generator/content", "generator/importer/draft"},
	{"generator/archive", "generator/format", "generator/explain", "generator/importer/bind"},
	{"generator/annotate", "generator/prose", "generator/release"},
	{"generator/changes", "generator/check", "generator/copies", "generator/mentions", "generator/site", "generator/importer", "generator/scaffold", "generator/schema", "generator/wording"},
	{"generator/render", "generator/search", "generator/export", "generator/snapshot", "generator/importer/account"},
	{"generator/verify"},
	{"generator"},
	{"generator/serve", "generator/session"},
	{"generator/cli"},
	{"cmd/annals"},
}

// foundations are the packages that leaves may import: the only one that opens
// files, the one for panics, and the only binary codec.
var foundations = []string{"generator/beneath", "generator/bug", "generator/wire"}

// leaves import nothing of the program but the foundations, so that they can be
// understood and tested without it.
var leaves = map[string]string{
	"layouts":                "the pages' layouts are data",
	"generator/bug":          "brings a panic to whoever can tell of it",
	"generator/beneath":      "opens files, whatever is in them",
	"generator/git":          "reads commits, whatever is in them",
	"generator/office":       "looks through a document, whoever publishes it",
	"generator/deploy/store": "puts objects, whatever they hold",
	"generator/cache":        "remembers bytes, whatever they mean",
	"generator/htmltext":     "escapes text, whatever it says",
	"generator/output":       "writes files, whatever is in them",
	"generator/sitemap":      "says what lies where, whatever is on the pages",
	"generator/watch":        "tells which files changed, whatever they hold",
	"generator/wire":         "writes and reads bytes, whatever they mean",
}

// libraries lists the packages that may import each library, and each package of
// Go's own that reaches outside of the program. A library that is used in one place
// can be replaced there.
var libraries = map[string][]string{
	"github.com/adrg/frontmatter":     {"generator/content"},
	"github.com/fsnotify/fsnotify":    {"generator/watch"},
	"github.com/google/renameio/v2":   {"generator/output"},
	"github.com/klauspost/compress":   {"generator/search"},
	"github.com/klippa-app/go-pdfium": {"generator/importer/pdf"},
	"github.com/minio/minio-go/v7":    {"generator/deploy/store"},
	"github.com/mozillazg/go-pinyin":  {"generator/search"},
	"github.com/richardlehane/mscfb":  {"generator/importer/draft"},
	"github.com/spf13/cobra":          {"generator/cli"},
	"github.com/spf13/pflag":          {"generator/cli"},
	"github.com/tdewolff/minify/v2":   {"generator/render"},
	"github.com/tetratelabs/wazero":   {"generator/importer/pdf"},
	"github.com/yuin/goldmark":        {"generator/content", "generator/render", "generator/site"},
	"go.yaml.in/yaml/v3":              {"generator/yamlpos"},
	"golang.org/x/mod/semver":         {"generator/diag"},
	"golang.org/x/mod/sumdb":          {"generator/proof"},
	"golang.org/x/net/html":           {"generator/config", "generator/importer/draft", "generator/verify"},
	"golang.org/x/sync/errgroup":      {"generator", "generator/deploy"},
	"golang.org/x/sys":                {"generator/beneath", "generator/importer/pdf", "generator/output"},
	"golang.org/x/term":               {"generator/cli"},
	"golang.org/x/text/encoding":      {"generator/importer/draft"},
	"golang.org/x/text/unicode/norm":  {"generator/form", "generator/importer/bind", "generator/importer/draft", "generator/output", "generator/prose", "generator/search"},
	"golang.org/x/text/width":         {"generator/diag"},
	"golang.org/x/tools/txtar":        {"generator/explain"},
	"html/template":                   {"generator/importer/account", "generator/render"},
	"archive/zip":                     {"generator/content", "generator/deploy/parcel", "generator/importer/draft", "generator/office"},
	"encoding/xml":                    {"generator/export", "generator/importer/draft"},
	"net":                             {"generator/deploy/store", "generator/serve"},
	"net/http":                        {"generator/deploy/store", "generator/serve", "generator/verify"},
	"crypto/rand":                     {"generator/deploy", "generator", "generator/serve", "generator/output", "generator/proof"}, // marks in layouts, a key of the state folder, a new key to sign with; never of the site
	"log":                             {"generator/serve"},
	"os/signal":                       {"cmd/annals"},
	"os/exec":                         {"generator/git", "generator/cli"}, // git, and what --sign-command names; nothing else starts a process
	"math/rand":                       {},
	"math/rand/v2":                    {},
	"plugin":                          {},
	"text/template":                   {},
	"unsafe":                          {},
	"C":                               {},
}

// reaching lists the packages that may use the disk, the clock or the environment,
// and what for. The results of all others depend only on their arguments, so that
// the same input gives the same bytes.
var reaching = map[string]string{
	"cmd/annals":              "the process: its arguments, signals and exit status",
	"generator/cli":           "the terminal, the environment's language, the working folder",
	"generator/session":       "the output folder, to tell what has changed in it",
	"generator/serve":         "the network, and the clock for its deadlines",
	"generator/watch":         "the disk's changes, and the clock to gather them",
	"generator/git":           "the repository, by the program git",
	"generator/beneath":       "opens the files of the archive, for all others",
	"generator/output":        "the output folder, and the clock to tell that a file's time is too fresh to be believed",
	"generator/cache":         "the state folder",
	"generator/deploy":        "its lock in the state folder",
	"generator/deploy/parcel": "a folder of zips",
	"generator/deploy/store":  "the store's network, or its folder",
	"generator/verify":        "a site in a folder or at an address, and the clock for its deadlines",
	"generator/importer":      "office documents, which lie anywhere on the disk",
	"generator/importer/pdf":  "the user's cache folder for the compiled engine, and the clock to stop it",
	"generator/scaffold":      "new files in content/",
	"generator":               "opens the archive's folder for the stages, and notes when it began",
}

// errorNumbers lists the packages that may import syscall for the numbers of the
// system's errors, and nothing else.
var errorNumbers = map[string]string{
	"generator/files": "to say them in the reader's language",
}

const module = "annals/"

// TestLayers compares the import graph with the tables above.
func TestLayers(t *testing.T) {
	layer := map[string]int{}
	for i, line := range layers {
		for _, p := range line {
			layer[p] = i
		}
	}
	for _, p := range packages(t) {
		_, leaf := leaves[p.dir]
		mine, known := layer[p.dir]
		if !leaf && !known {
			t.Errorf("package %s is in no layer: give it its line in the table, as low as its imports allow", p.dir)
			continue
		}
		for _, i := range p.imports {
			ours, ok := strings.CutPrefix(i.path, module)
			if !ok {
				continue
			}
			theirs, known := layer[ours]
			_, toLeaf := leaves[ours]
			switch {
			case strings.HasPrefix(ours, "generator/testdata/"):
				t.Errorf("%s: %s is for tests; the program does not import it", i.at, ours)
			case leaf && slices.Contains(foundations, ours):
			case leaf:
				t.Errorf("%s: %s imports %s, but it %s: it imports nothing of the program but %v", i.at, p.dir, ours, leaves[p.dir], foundations)
			case toLeaf:
			case known && theirs >= mine:
				t.Errorf("%s: %s imports %s, which does not stand below it: move what both need further down, or pass it as a value", i.at, p.dir, ours)
			}
		}
	}
}

// TestLibraries: every library is imported only by the packages listed for it.
func TestLibraries(t *testing.T) {
	used := map[[2]string]bool{}
	for _, p := range packages(t) {
		for _, i := range p.imports {
			home, known := library(i.path)
			used[[2]string{home, p.dir}] = true
			if !known {
				if foreign(i.path) {
					t.Errorf("%s: %s has no home: a new library is a decision, with its reason in ARCHITECTURE.md and its line in this table", i.at, i.path)
				}
				continue
			}
			if homes := libraries[home]; !slices.Contains(homes, p.dir) {
				t.Errorf("%s: %s is at home in %v, not in %s: ask there for what you need of it", i.at, home, homes, p.dir)
			}
		}
	}
	for lib, homes := range libraries {
		for _, home := range homes {
			if !used[[2]string{lib, home}] {
				t.Errorf("%s no longer imports %s: take it out of this table", home, lib)
			}
		}
	}
}

// foreign reports whether a package is neither of the program nor of Go.
func foreign(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return strings.Contains(first, ".")
}

// library returns the key of the table for an import: a library's line covers all
// its packages, the line of a package of Go's own only that package.
func library(importPath string) (string, bool) {
	if !foreign(importPath) {
		_, ok := libraries[importPath]
		return importPath, ok
	}
	for p := importPath; p != "."; p = path.Dir(p) {
		if _, ok := libraries[p]; ok {
			return p, true
		}
	}
	return "", false
}

// TestPipelineIsPure: only the packages listed in reaching use the disk, the clock
// or the environment.
func TestPipelineIsPure(t *testing.T) {
	clock := []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep", "Local", "LoadLocation"}
	for _, p := range packages(t) {
		p.each(func(at string, n ast.Node) {
			if pkg, name := selector(n); pkg == "beneath" && name == "Intercept" {
				t.Errorf("%s: beneath.Intercept is for tests", at)
			}
		})
		if _, ok := reaching[p.dir]; ok {
			continue
		}
		_, numbers := errorNumbers[p.dir]
		for _, i := range p.imports {
			switch i.path {
			case "os", "syscall", "path/filepath", "io/ioutil":
				if i.path == "syscall" && numbers {
					continue
				}
				t.Errorf("%s: %s imports %s; a stage is given an fs.FS and returns values, so that the same input gives the same bytes", i.at, p.dir, i.path)
			}
		}
		p.each(func(at string, n ast.Node) {
			if pkg, name := selector(n); pkg == "time" && slices.Contains(clock, name) {
				t.Errorf("%s: time.%s; what a page says may not depend on when it was built", at, name)
			} else if pkg == "syscall" && !errorNumber.MatchString(name) {
				t.Errorf("%s: syscall.%s; %s knows the system's errors alone", at, name, p.dir)
			}
		})
	}
}

var errorNumber = regexp.MustCompile("^E[A-Z0-9]+$")

// TestTrustedHTML: only one place marks text as HTML that needs no escaping, and
// gives the reasons. No place marks text as a trusted script, style, address or
// attribute.
func TestTrustedHTML(t *testing.T) {
	const home = "generator/render/trusted.go"
	conversions := 0
	for _, p := range packages(t) {
		p.each(func(at string, n ast.Node) {
			switch pkg, name := selector(n); {
			case pkg != "template":
			case slices.Contains([]string{"JS", "JSStr", "CSS", "URL", "HTMLAttr", "Srcset"}, name):
				t.Errorf("%s: template.%s would switch the escaping off where scripts run", at, name)
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return
			}
			if pkg, name := selector(call.Fun); pkg == "template" && name == "HTML" {
				conversions++
				if !strings.HasPrefix(at, home) {
					t.Errorf("%s: template.HTML is for %s alone, which lists what may be trusted and why", at, home)
				}
			}
		})
	}
	if conversions != 1 {
		t.Errorf("%d conversions to template.HTML, want the one of %s", conversions, home)
	}
}

// TestFiles: no package does work when the program starts, and no file is too long
// to read at once.
func TestFiles(t *testing.T) {
	const most = 400
	count := 0
	for _, p := range packages(t) {
		for name, f := range p.files {
			count++
			if lines := p.set.File(f.Pos()).LineCount(); lines > most {
				t.Errorf("%s has %d lines; %d is the most: there is more than one concept in it", name, lines, most)
			}
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s: init runs before anyone asks for it, and registers behind the reader's back", p.set.Position(fn.Pos()))
				}
			}
			if words := []string{"util", "utils", "helper", "helpers", "common", "misc", "manager"}; slices.Contains(words, strings.TrimSuffix(path.Base(name), ".go")) || slices.Contains(words, f.Name.Name) {
				t.Errorf("%s: a name that tells nothing of what is in it", name)
			}
		}
	}
	if count < 100 {
		t.Errorf("only %d files were read", count)
	}
}

// pkg is a package with its files for all systems.
type pkg struct {
	dir     string // from the top of the repository: generator/form
	set     *token.FileSet
	files   map[string]*ast.File // without those of tests
	imports []imported
}

type imported struct{ path, at string }

// each visits all nodes of the package's files.
func (p *pkg) each(visit func(at string, n ast.Node)) {
	for _, f := range p.files {
		ast.Inspect(f, func(n ast.Node) bool {
			if n != nil {
				visit(p.set.Position(n.Pos()).String(), n)
			}
			return true
		})
	}
}

// selector returns the two parts of an expression pkg.Name.
func selector(n ast.Node) (pkg, name string) {
	if s, ok := n.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok {
			return x.Name, s.Sel.Name
		}
	}
	return "", ""
}

// packages parses the program; packages that tests share are in testdata.
func packages(t *testing.T) []*pkg {
	t.Helper()
	byDir := map[string]*pkg{}
	var list []*pkg
	for _, top := range []string{"cmd", "generator", "layouts"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			rel := strings.TrimPrefix(filepath.ToSlash(name), "../")
			p := byDir[path.Dir(rel)]
			if p == nil {
				p = &pkg{dir: path.Dir(rel), set: token.NewFileSet(), files: map[string]*ast.File{}}
				byDir[p.dir] = p
				list = append(list, p)
			}
			return p.parse(name, rel)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func (p *pkg) parse(name, rel string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(p.set, rel, src, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	p.files[rel] = f
	for _, i := range f.Imports {
		to, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return err
		}
		p.imports = append(p.imports, imported{to, p.set.Position(i.Pos()).String()})
	}
	return nil
}
