package render

import (
	"cmp"
	"html/template"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"annals/generator/diag"
	"annals/generator/site"
	"annals/generator/sitemap"
	"annals/generator/source"
	"annals/generator/yamlpos"
)

// mistakes finds mistakes in the site's own layouts before a page is made: fields
// that no page's data has, and arguments that functions do not take. It reads the
// layouts as they are written, so that each mistake has its place.
//
// html/template looks a field up when a page is made, so that a layout which
// several kinds of pages share may ask for what only some of them have. That
// is a mistake only if none of them has it. What is known of no type is left to
// the making of the page (Fault).
type mistakes struct {
	r          *Renderer
	text       map[string]string // layouts as they are written
	own        map[string]bool
	set        *template.Template
	visited    map[visit]bool
	tree       *parse.Tree                // that is being read
	names      []named                    // the variables at this place
	reassigned map[string]map[string]bool // by layout, the variables that are set again
	right      map[place]bool
	wrong      map[place]wrong
}

// wrong is a mistake: a message of the rule, and its values.
type wrong struct {
	message string
	values  []any
}

// visit is a template that is read for data of a type.
type visit struct {
	set  *template.Template
	name string
	data reflect.Type
}

// place is one in a layout: a name at an offset in bytes.
type place struct {
	file   string
	offset int
}

// named is a variable; its type is nil where it can be several.
type named struct {
	name string
	typ  reflect.Type
}

// rootCalls replaces calls for the path to the root by text of the same length, so
// that places after them stay right.
var rootCalls = strings.NewReplacer("{{.Root}}", `{{"oot"}}`, "{{$.Root}}", `{{"Root"}}`)

var setAgain = regexp.MustCompile(`(\$[\pL\pN_]*)\s*=`)

// findMistakes finds the mistakes in the layouts; join parses some of them as
// they are written.
func (r *Renderer) findMistakes(set *layoutSet, join func(text map[string]string, names ...string) *template.Template) []diag.Diagnostic {
	m := &mistakes{r: r, text: map[string]string{}, own: set.own, visited: map[visit]bool{}, right: map[place]bool{}, wrong: map[place]wrong{}, reassigned: map[string]map[string]bool{}}
	for name, text := range set.files {
		m.text[name], m.reassigned[name] = rootCalls.Replace(text), map[string]bool{}
		for _, v := range setAgain.FindAllStringSubmatch(text, -1) {
			m.reassigned[name][v[1]] = true
		}
	}
	for _, p := range sitemap.Pages {
		names := pageLayouts(m.text, p.Kind)
		m.set = join(m.text, names...)
		m.template(names[0], reflect.TypeOf(site.PageData[p.Kind]))
	}
	for name, data := range map[string]reflect.Type{
		cellLayout: reflect.TypeFor[*Cell](), tableLayout: reflect.TypeFor[*site.Table](), compareLayout: reflect.TypeFor[*site.Table](),
	} {
		m.set = join(m.text, name)
		m.template(name, data)
	}
	return m.diagnostics()
}

// template reads a template for data of a type.
func (m *mistakes) template(name string, data reflect.Type) {
	t := m.set.Lookup(name)
	v := visit{m.set, name, data}
	if t == nil || t.Tree == nil || m.visited[v] {
		return // html/template reports one that does not exist
	}
	m.visited[v] = true
	tree, names := m.tree, m.names
	m.tree, m.names = t.Tree, []named{{"$", data}}
	m.list(t.Tree.Root, data)
	m.tree, m.names = tree, names
}

func (m *mistakes) list(l *parse.ListNode, dot reflect.Type) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		known := len(m.names)
		switch n := n.(type) {
		case *parse.ActionNode:
			m.pipe(n.Pipe, dot)
			continue // its variables are declared for what follows
		case *parse.IfNode:
			m.pipe(n.Pipe, dot)
			m.list(n.List, dot)
			m.list(n.ElseList, dot)
		case *parse.WithNode:
			m.list(n.List, m.pipe(n.Pipe, dot))
			m.list(n.ElseList, dot)
		case *parse.RangeNode:
			m.loop(n, dot)
		case *parse.TemplateNode:
			if n.Pipe == nil {
				m.template(n.Name, nil)
			} else {
				m.template(n.Name, m.pipe(n.Pipe, dot))
			}
		}
		m.names = m.names[:known]
	}
}

func (m *mistakes) loop(n *parse.RangeNode, dot reflect.Type) {
	pipe := *n.Pipe
	pipe.Decl = nil
	list := m.pipe(&pipe, dot)
	key, element, ok := ranged(behind(list))
	m.judge(ok, pipe.Cmds[0].Position(), "range", "action", m.action(pipe.Cmds[0].Position()), "type", typeName(list))
	for i, v := range n.Pipe.Decl {
		typ := element
		if i == 0 && len(n.Pipe.Decl) == 2 {
			typ = key
		}
		m.declare(v.Ident[0], typ)
	}
	m.list(n.List, element)
	m.list(n.ElseList, dot)
}

// declare makes a variable known. Its type is unknown if it is assigned again
// somewhere, because the new value may have another type.
func (m *mistakes) declare(name string, typ reflect.Type) {
	if m.reassigned[m.tree.ParseName][name] {
		typ = nil
	}
	m.names = append(m.names, named{name, typ})
}

func (m *mistakes) pipe(p *parse.PipeNode, dot reflect.Type) (typ reflect.Type) {
	for i, c := range p.Cmds {
		var args []reflect.Type
		for _, a := range c.Args[1:] {
			args = append(args, m.operand(c, a, nil, dot))
		}
		if i > 0 {
			args = append(args, typ)
		}
		typ = m.operand(c, c.Args[0], args, dot)
	}
	if !p.IsAssign {
		for _, v := range p.Decl {
			m.declare(v.Ident[0], typ)
		}
	}
	return typ
}

// operand is the type of a value, or of what a call gives; nil where it is not
// known.
func (m *mistakes) operand(at *parse.CommandNode, n parse.Node, args []reflect.Type, dot reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		return m.function(at, n, args)
	case *parse.FieldNode:
		start := int(n.Pos) + 1
		if len(n.Ident) > 1 { // the place of several fields is that of the second
			start -= len(n.Ident[0]) + 1
		}
		return m.members(at, dot, n.Ident, start, args)
	case *parse.ChainNode:
		return m.members(at, m.operand(at, n.Node, nil, dot), n.Field, int(n.Pos)+1, args)
	case *parse.VariableNode:
		for _, v := range slices.Backward(m.names) {
			if v.name == n.Ident[0] {
				return m.members(at, v.typ, n.Ident[1:], int(n.Pos)+1, args)
			}
		}
	case *parse.PipeNode:
		return m.pipe(n, dot)
	case *parse.DotNode:
		return dot
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	case *parse.NumberNode:
		if n.IsInt {
			return reflect.TypeFor[int]()
		}
	}
	return nil
}

// members looks fields of fields up; the first name stands at an offset.
func (m *mistakes) members(at *parse.CommandNode, typ reflect.Type, names []string, offset int, args []reflect.Type) reflect.Type {
	for i, name := range names {
		var with []reflect.Type
		if i == len(names)-1 {
			with = args
		}
		typ = m.member(at, typ, name, parse.Pos(offset), with)
		offset += len(name) + 1
	}
	return typ
}

func (m *mistakes) member(at *parse.CommandNode, typ reflect.Type, name string, pos parse.Pos, args []reflect.Type) reflect.Type {
	typ = behind(typ)
	switch kind(typ) {
	case reflect.Invalid, reflect.Interface, reflect.Map:
		m.judge(true, pos, "field")
		return nil
	}
	if method, ok := reflect.PointerTo(typ).MethodByName(name); ok {
		var takes []reflect.Type
		for i := 1; i < method.Type.NumIn(); i++ {
			takes = append(takes, method.Type.In(i))
		}
		m.judge(method.Type.IsVariadic() || fit(takes, args), pos, "call", "name", name, "action", m.action(at.Position()))
		return method.Type.Out(0)
	}
	if kind(typ) == reflect.Struct {
		if f, ok := typ.FieldByName(name); ok && f.IsExported() {
			m.judge(len(args) == 0, pos, "call", "name", name, "action", m.action(at.Position()))
			return f.Type
		}
	}
	if len(m.wrong) >= mostMistakes {
		return nil
	}
	var known []string
	if kind(typ) == reflect.Struct {
		for _, f := range reflect.VisibleFields(typ) {
			if f.IsExported() {
				known = append(known, f.Name)
			}
		}
	}
	if s, ok := yamlpos.Suggest(name, known); ok {
		m.judge(false, pos, "field-suggest", "name", name, "type", typeName(typ), "suggestion", s)
	} else {
		m.judge(false, pos, "field", "name", name, "type", typeName(typ))
	}
	return nil
}

// function is the type of what a function gives.
func (m *mistakes) function(at *parse.CommandNode, n *parse.IdentifierNode, args []reflect.Type) reflect.Type {
	own, ok := m.r.functions[n.Ident]
	if ok {
		right := m.inside(n.Ident, args) && (own.takes == nil || fit(own.takes, args))
		m.judge(right, n.Pos, "call", "name", n.Ident, "action", m.action(at.Position()))
		return own.result
	}
	var first reflect.Type
	if len(args) > 0 {
		first = behind(args[0])
	}
	right, gives := true, reflect.Type(nil)
	switch n.Ident {
	case "fixed":
		if s, ok := at.Args[min(1, len(at.Args)-1)].(*parse.StringNode); ok {
			m.template(s.Text, reflect.TypeFor[*site.Fixed]())
		}
	case "and", "or":
		right = len(args) > 0
		if right && !slices.ContainsFunc(args, func(t reflect.Type) bool { return t != args[0] }) {
			gives = args[0]
		}
	case "not":
		right, gives = len(args) == 1, reflect.TypeFor[bool]()
	case "len":
		right, gives = len(args) == 1 && among(first, reflect.String, reflect.Slice, reflect.Array, reflect.Map, reflect.Chan), reflect.TypeFor[int]()
	case "index":
		right = len(args) > 0 && among(first, reflect.String, reflect.Slice, reflect.Array, reflect.Map)
		if len(args) == 2 && kind(first) == reflect.Slice {
			gives = first.Elem()
		}
	case "slice":
		right, gives = len(args) > 0 && among(first, reflect.String, reflect.Slice, reflect.Array), first
	case "eq", "ne", "lt", "le", "gt", "ge":
		right, gives = len(args) == 2 || n.Ident == "eq" && len(args) > 2, reflect.TypeFor[bool]()
		for _, a := range args {
			text := kind(args[0]) == reflect.String
			right = right && !(text && number(a) || number(args[0]) && kind(a) == reflect.String)
		}
	case "printf", "print", "println", "html", "js", "urlquery":
		right, gives = n.Ident != "printf" || len(args) > 0 && among(first, reflect.String), reflect.TypeFor[string]()
	}
	m.judge(right, n.Pos, "call", "name", n.Ident, "action", m.action(at.Position()))
	return gives
}

// inside reads the templates that a function executes, and reports whether it
// can.
func (m *mistakes) inside(function string, args []reflect.Type) bool {
	switch function {
	case "values":
		m.template("value", reflect.TypeFor[*site.Value]())
	case "rows":
		if len(args) != 1 {
			return false
		}
		switch args[0] {
		case reflect.TypeFor[[]site.YearRow]():
			m.template("year-row", reflect.TypeFor[*site.YearRow]())
		case reflect.TypeFor[[]site.CoverageRow]():
			m.template("coverage-row", reflect.TypeFor[*site.CoverageRow]())
		case reflect.TypeFor[[]site.Child]():
			m.template("child-row", reflect.TypeFor[*site.Child]())
		default:
			return args[0] == nil
		}
	}
	return true
}

// judge records whether a place is right or wrong. A place that is wrong with the
// data of one kind of pages may be right with that of another. Mistakes in the
// program's own layouts are not recorded: they can only come from what a layout of
// the site passes to them, and are reported when the page is made.
func (m *mistakes) judge(right bool, pos parse.Pos, message string, values ...any) {
	at := place{m.tree.ParseName, int(pos)}
	if right || !m.own[at.file] {
		m.right[at] = true
		return
	}
	if _, told := m.wrong[at]; !told && len(m.wrong) < mostMistakes {
		m.wrong[at] = wrong{message, values}
	}
}

// diagnostics returns, in order, the places that are wrong and nowhere right. The
// lines of each layout are counted once.
func (m *mistakes) diagnostics() (diags []diag.Diagnostic) {
	places := slices.SortedFunc(maps.Keys(m.wrong), func(a, b place) int {
		return cmp.Or(strings.Compare(a.file, b.file), a.offset-b.offset)
	})
	var last place
	line, column := 1, 1
	for _, at := range places {
		if at.file != last.file {
			last, line, column = place{at.file, 0}, 1, 1
		}
		for _, c := range m.text[at.file][last.offset:at.offset] {
			if column++; c == '\n' {
				line, column = line+1, 1
			}
		}
		last = at
		if w := m.wrong[at]; !m.right[at] {
			diags = append(diags, diag.New("layout/"+w.message, source.At(line, column).In(folder+at.file), w.values...))
		}
	}
	return diags
}

// mostMistakes is the largest number of mistakes reported for all layouts together.
// The others are reported when these have been repaired.
const mostMistakes = 500

// longestAction is the largest number of bytes of an action that a message quotes.
const longestAction = 60

// action returns the text of a layout from a place on.
func (m *mistakes) action(pos parse.Pos) string {
	text, _, _ := strings.Cut(m.text[m.tree.ParseName][pos:min(int(pos)+longestAction, len(m.text[m.tree.ParseName]))], "}}")
	return diag.Visible(strings.ToValidUTF8(strings.TrimSpace(text), ""))
}
