package diag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"annals/generator/diag"
)

var (
	messageKey  = regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*(/[a-z0-9-]+)?$`)
	placeholder = regexp.MustCompile(`\{([a-z]+)\}`)
)

// TestEveryKeyHasItsMessage reads the program's own source: a message that is
// missing would stop a run in the middle, and only for the one report that
// needs it. Where the arguments stand beside the key, every placeholder of the
// message must be among them too.
func TestEveryKeyHasItsMessage(t *testing.T) {
	calls := 0
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 || !(isDiag(call, "New") || isDiag(call, "Say")) {
				return true
			}
			key, ok := literal(call.Args[0])
			if !ok || !messageKey.MatchString(key) {
				return true
			}
			calls++
			id, variant, _ := strings.Cut(key, "/")
			rule, ok := diag.Lookup(id)
			message, has := rule.Messages[variant]
			if !ok || !has {
				t.Errorf("%s: no message %s in rules/", set.Position(call.Pos()), key)
				return true
			}
			given := map[string]bool{}
			for _, arg := range call.Args[1:] {
				if name, ok := literal(arg); ok {
					given[name] = true
				}
			}
			for _, text := range []string{message.ZH, message.EN} {
				for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
					if !given[m[1]] && call.Ellipsis == token.NoPos {
						t.Errorf("%s: %s is not given {%s}", set.Position(call.Pos()), key, m[1])
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls < 100 {
		t.Errorf("only %d calls were found", calls)
	}
}

func isDiag(call *ast.CallExpr, name string) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || s.Sel.Name != name {
		return false
	}
	pkg, ok := s.X.(*ast.Ident)
	return ok && pkg.Name == "diag"
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
