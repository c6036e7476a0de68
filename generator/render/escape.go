package render

import (
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"

	"annals/generator/htmltext"
)

// places are the contexts in which programs can print a value, each as the
// beginning and the end of a layout with one value between them. html/template
// escapes this layout, and the escaping functions that it inserts identify the
// context. A layout with a value in any other context is executed by
// html/template.
var places = [...]struct {
	before, after string
	plain         func(s string) bool // reports whether s is printed unchanged; nil where any text only needs HTML escaping
}{
	{"<p>", "</p>", nil},
	{"<title>", "</title>", nil},
	{`<p title="`, `">`, nil},
	{`<p title=`, `>`, plainQuery},
	{`<a href="`, `">`, plainLink},
	{`<a href="/`, `">`, plainURL},
	{`<a href="?`, `">`, plainQuery},
	{`<a href=`, `>`, plainQuery},
	{`<a href=/`, `>`, plainQuery},
	{`<a href=?`, `>`, plainQuery},
}

// escaper escapes values for a place.
type escaper struct {
	layout *template.Template // of the place, for values that are not plain
	before int                // length of what stands there before the value
	after  int
	plain  func(s string) bool
	text   bool // between tags, where HTML stands as it is
}

// newEscapers returns the escapers by what html/template does at their places.
func newEscapers() (map[string]*escaper, error) {
	list := map[string]*escaper{}
	for i, p := range places {
		t, err := template.New("place").Parse(p.before + "{{.}}" + p.after)
		if err != nil {
			return nil, err
		}
		if err := escape(t); err != nil {
			return nil, err
		}
		for _, n := range t.Tree.Root.Nodes {
			if n, ok := n.(*parse.ActionNode); ok {
				_, key := unescaped(n)
				list[key] = &escaper{t, len(p.before), len(p.after), p.plain, i == 0}
			}
		}
	}
	return list, nil
}

// unescaped separates the commands of an action as written from the escaping
// commands that html/template has appended to them.
func unescaped(n *parse.ActionNode) (cmds []*parse.CommandNode, escaping string) {
	cmds = n.Pipe.Cmds
	for len(cmds) > 0 {
		last := cmds[len(cmds)-1]
		id, ok := last.Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(id.Ident, "_html_template_") {
			break
		}
		cmds, escaping = cmds[:len(cmds)-1], id.Ident+escaping
	}
	return cmds, escaping
}

// print translates an action: a value that is printed, a function that prints
// itself, or a variable that is set.
func (c *translator) print(n *parse.ActionNode, dot reflect.Type) step {
	if len(n.Pipe.Decl) > 0 {
		get := c.pipe(n.Pipe, dot).get
		return func(x *run, dot reflect.Value) { get(x, dot) }
	}
	cmds, escaping := unescaped(n)
	esc := c.r.escapers[escaping]
	if esc == nil || len(cmds) == 0 {
		c.refuse(n)
		return nil
	}
	if id, ok := cmds[0].Args[0].(*parse.IdentifierNode); ok && esc.text && len(cmds) == 1 {
		if print := c.r.functions[id.Ident].print; print != nil {
			var args []expr
			for _, a := range cmds[0].Args[1:] {
				args = append(args, c.operand(cmds[0], a, nil, dot).pointer())
			}
			return func(x *run, dot reflect.Value) {
				x.call(args, dot, func(args []any) error { return print(x, args) })
			}
		}
	}
	e := c.commands(cmds, dot)
	return esc.print(e)
}

var (
	errorType    = reflect.TypeFor[error]()
	stringerType = reflect.TypeFor[interface{ String() string }]()
	htmlType     = reflect.TypeFor[template.HTML]()
)

// print returns the step that prints an expression.
func (esc *escaper) print(e expr) step {
	switch {
	case e.typ == htmlType && esc.text:
		return func(x *run, dot reflect.Value) { x.b = append(x.b, e.get(x, dot).String()...) }
	case e.typ.PkgPath() == htmlType.PkgPath() || e.typ.Implements(errorType) || e.typ.Implements(stringerType):
	case e.typ.Kind() == reflect.String:
		return func(x *run, dot reflect.Value) {
			if s := e.get(x, dot).String(); esc.plain == nil || esc.plain(s) {
				x.b = htmltext.AppendAsTemplate(x.b, s)
			} else {
				esc.full(x, s)
			}
		}
	case reflect.Zero(e.typ).CanInt():
		return func(x *run, dot reflect.Value) { x.b = strconv.AppendInt(x.b, e.get(x, dot).Int(), 10) }
	}
	return func(x *run, dot reflect.Value) {
		if v := e.get(x, dot); x.err == nil {
			esc.full(x, v.Interface())
		}
	}
}

// full prints a value as html/template does.
func (esc *escaper) full(x *run, v any) {
	x.full.Reset()
	if err := esc.layout.Execute(&x.full, v); err != nil {
		x.fail("%v", err)
		return
	}
	b := x.full.Bytes()
	x.b = append(x.b, b[esc.before:len(b)-esc.after]...)
}

// plainLink reports whether html/template leaves an address as it is.
func plainLink(s string) bool {
	return plainURL(s) && (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.IndexByte(s, ':') < 0)
}

// plainURL reports whether html/template changes nothing in the rest of an
// address except for HTML escaping.
func plainURL(s string) bool { return only(s, "-._~/:?=,;@!$*#") }

// plainQuery reports whether a text is the same in the query of an address.
func plainQuery(s string) bool { return s != "" && only(s, "-._~") }

func only(s, signs string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(signs, c) >= 0) {
			return false
		}
	}
	return true
}
