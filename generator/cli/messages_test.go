package cli

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unicode"

	"annals/generator"
	"annals/generator/lang"
	"annals/generator/output"
	"annals/generator/scaffold"
)

var verb = regexp.MustCompile(`%(\[[0-9]\])?[.0-9]*[a-z]`)

// TestMessages: every key has a text in both languages with the same verbs, is
// used, and is given as many values as it has verbs.
func TestMessages(t *testing.T) {
	verbs := map[string]int{}
	for key, text := range messages() {
		zh, en := verb.FindAllString(text.ZH, -1), verb.FindAllString(text.EN, -1)
		slices.Sort(zh)
		slices.Sort(en)
		distinct := slices.DeleteFunc(slices.Clone(zh), func(v string) bool { return v == "%[1]s" && len(zh) > 1 && slices.Contains(zh, "%s") })
		verbs[key] = len(distinct)
		if text.EN == "" || has(text.EN, unicode.Han) {
			t.Errorf("%s: the English text is %q", key, text.EN)
		}
		if !has(text.ZH, unicode.Han) && key != "error.at" && key != "progress" {
			t.Errorf("%s: the Chinese text is %q", key, text.ZH)
		}
		if plain(zh) != plain(en) {
			t.Errorf("%s has the verbs %q in Chinese, %q in English", key, zh, en)
		}
	}
	used := map[string]bool{}
	for _, name := range stages(t) {
		used["stage."+name] = true
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				text, _ := strconv.Unquote(n.Value)
				if n.Kind == token.STRING {
					used[text] = true
				}
				if has(n.Value, unicode.Han) {
					t.Errorf("%s: %s is for messages.json", set.Position(n.Pos()), n.Value)
				}
			case *ast.CallExpr:
				f, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || !slices.Contains([]string{"say", "note", "wrong", "failed"}, f.Sel.Name) {
					return true
				}
				if lit, ok := n.Args[0].(*ast.BasicLit); ok {
					key, _ := strconv.Unquote(lit.Value)
					if want, ok := verbs[key]; !ok || want != len(n.Args)-1 {
						t.Errorf("%s: %s has %d values (it is there: %t), %d are given", set.Position(n.Pos()), key, want, ok, len(n.Args)-1)
					}
				}
			}
			return true
		})
	}
	for key := range messages() {
		if !used[key] {
			t.Errorf("nobody says %s", key)
		}
	}
}

// plain removes the argument numbers from a list of verbs.
func plain(verbs []string) string {
	list := make([]string, len(verbs))
	for i, v := range verbs {
		list[i] = regexp.MustCompile(`\[[0-9]\]`).ReplaceAllString(v, "")
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func has(text string, script *unicode.RangeTable) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(script, r) })
}

// stages returns the names of the stages of a build.
func stages(t *testing.T) (names []string) {
	dir := t.TempDir()
	if err := scaffold.Write(dir, scaffold.Init()); err != nil {
		t.Fatal(err)
	}
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), Stage: func(name string) { names = append(names, name) }}
	if _, err := generator.Build(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	return names
}

// call runs a command line in a language and returns all that it prints.
func call(ctx context.Context, tag string, args ...string) (string, int) {
	var out bytes.Buffer
	code := Main(ctx, args, Env{In: strings.NewReader(""), Out: &out, Err: &out, Getenv: func(name string) string {
		return map[string]string{"LANG": tag}[name]
	}})
	return out.String(), code
}

// TestHelpInOneLanguage: no help page mixes the languages, by --help or help.
func TestHelpInOneLanguage(t *testing.T) {
	english := regexp.MustCompile(`[A-Za-z]+( [a-z]+){2,}`)
	a := &app{tag: lang.EN}
	pages := 0
	for _, c := range commands(a.root(), nil) {
		words := strings.Fields(c.CommandPath())[1:]
		for _, args := range [][]string{append(slices.Clone(words), "--help"), append([]string{"help"}, words...)} {
			zh, code := call(t.Context(), "zh_CN.UTF-8", args...)
			if found := english.FindString(strings.Replace(zh, c.CommandPath(), "", 1)); code != fine || found != "" || !has(zh[:10], unicode.Han) {
				t.Errorf("annals %s, in Chinese: exit status %d, English %q\n%s", args, code, found, zh)
			}
			en, code := call(t.Context(), "zh_CN.UTF-8", append(args, "--lang", "en")...)
			if code != fine || has(en, unicode.Han) || !english.MatchString(en) {
				t.Errorf("annals %s, in English: exit status %d\n%s", args, code, en)
			}
			pages++
		}
	}
	if pages < 30 {
		t.Errorf("%d pages were seen", pages)
	}
}

// TestErrorsInOneLanguage: errors in a command line are reported in one language,
// with a suggestion of what was likely meant.
func TestErrorsInOneLanguage(t *testing.T) {
	dir := t.TempDir()
	if err := scaffold.Write(dir, scaffold.Init()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		line string
		code int
		want string
	}{
		{"chek", usage, "check"},
		{"chek --format json", usage, "check"},
		{"frobnicate", usage, "annals help"},
		{"help bild", usage, "build"},
		{"new agncy", usage, "agency"},
		{"build --frmat json", usage, "--format"},
		{"build -quiet", usage, "--quiet"},
		{"build -x", usage, "-x"},
		{"build --zzzzzz", usage, "annals help"},
		{"build --format", usage, "--format"},
		{"build --format jsn", usage, "json"},
		{"build --=x", usage, "--=x"},
		{"build --quiet=perhaps", usage, "perhaps"},
		{"build here", usage, "here"},
		{"build --base-url x", usage, "--base-url x"},
		{"search", usage, "annals search QUERY"},
		{"search --year x q", usage, "--year"},
		{"search q --dir " + dir, impossible, "annals build"},
		{"explain balanse", usage, "balance"},
		{"schema cn", usage, "cn-2021"},
		{"new report nowhere 2024 --dir " + dir, usage, "nowhere"},
		{"new report nowhere x --dir " + dir, usage, "x"},
		{"fmt nowhere --dir " + dir, usage, "nowhere"},
		{"init " + dir, usage, dir},
		{"check --dir " + dir + "/nowhere", impossible, "nowhere/content"},
		{"check --dir " + dir + "/file", impossible, "file/content"},
		{"build --dir " + dir + " --out " + dir + "/file", impossible, "file"},
		{"serve --dir " + dir + " --addr x", usage, "--addr"},
		{"serve --dir " + dir + " --addr 192.0.2.1:1", impossible, "192.0.2.1:1"},
	} {
		args := strings.Fields(tt.line)
		zh, code := call(t.Context(), "", args...)
		if code != tt.code || !strings.Contains(zh, tt.want) || !has(zh, unicode.Han) || regexp.MustCompile(`( [a-z]+){4,}`).MatchString(zh) {
			t.Errorf("annals %s: exit status %d, want %d, and %s\n%s", tt.line, code, tt.code, tt.want, zh)
		}
		en, code := call(t.Context(), "", append(args, "--lang=en")...)
		if tt.line == "build --format" { // the flag takes the next word as its value
			continue
		}
		if code != tt.code || !strings.Contains(en, tt.want) || has(en, unicode.Han) {
			t.Errorf("annals %s --lang=en: exit status %d, want %d, and %s\n%s", tt.line, code, tt.code, tt.want, en)
		}
	}
	if text, code := call(t.Context(), "", "check", "--lang", "fr"); code != usage || !strings.Contains(text, "zh | en") {
		t.Errorf("--lang fr: exit status %d\n%s", code, text)
	}
}

// TestReasons: errors that stop a run are explained in both languages.
func TestReasons(t *testing.T) {
	for _, tag := range []lang.Tag{lang.ZH, lang.EN} {
		a := &app{tag: tag, dir: "."}
		seen := map[string]bool{}
		for _, err := range []error{
			&os.PathError{Op: "open", Path: "public/x", Err: syscall.ENOSPC},
			&os.PathError{Op: "open", Path: "public/x", Err: syscall.EACCES},
			&os.PathError{Op: "open", Path: "public/x", Err: syscall.EROFS},
			&os.LinkError{Op: "rename", Old: "a", New: "public/x", Err: syscall.ENOTDIR},
			&output.LockedError{Path: "public/x", PID: "7"},
			&output.LockedError{Path: "public/x", PID: "7", Holder: "serve"},
		} {
			text := a.reason(err)
			if seen[text] || !strings.Contains(text, "public") || has(text, unicode.Han) != (tag == lang.ZH) {
				t.Errorf("%s: %v is reported as %q", tag, err, text)
			}
			seen[text] = true
		}
	}
}
