package generator_test

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestLimitsDocuments: the limits in the documents are those of the program.
func TestLimitsDocuments(t *testing.T) {
	row := regexp.MustCompile("(?m)^\\|.*\\| ([0-9,]+)( [KM]iB)? \\| `([a-z/]+)\\.([A-Za-z]+)` \\|$")
	named := map[string]int{}
	for _, name := range []string{"docs/limits.md", "docs/limits.zh.md"} {
		rows := row.FindAllStringSubmatch(readFile(t, name), -1)
		if len(rows) < 30 {
			t.Errorf("%s has %d limits", name, len(rows))
		}
		for _, m := range rows {
			want, err := strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			want <<= map[string]int{"": 0, " KiB": 10, " MiB": 20}[m[2]]
			if got := constantOf(t, m[3], m[4]); got != want {
				t.Errorf("%s says %d of %s.%s, which is %d", name, want, m[3], m[4], got)
			}
			named[m[3]+"."+m[4]]++
		}
	}
	for name, n := range named {
		if n != 2 {
			t.Errorf("%s is not in both languages", name)
		}
	}
}

// constantOf returns the value of a constant in the source of a package.
func constantOf(t *testing.T, pkg, name string) int64 {
	t.Helper()
	files, err := filepath.Glob(path.Join(pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			list, ok := d.(*ast.GenDecl)
			if !ok || list.Tok != token.CONST {
				continue
			}
			for _, s := range list.Specs {
				if s, ok := s.(*ast.ValueSpec); ok && s.Names[0].Name == name && len(s.Values) == 1 {
					v, err := types.Eval(token.NewFileSet(), nil, token.NoPos, types.ExprString(s.Values[0]))
					if err != nil {
						t.Fatal(err)
					}
					n, _ := constant.Int64Val(v.Value)
					return n
				}
			}
		}
	}
	t.Errorf("there is no constant %s in %s", name, pkg)
	return 0
}
