package render

import (
	"cmp"
	"fmt"
	"reflect"
	"strconv"
	"text/template/parse"
)

// expr is an expression of a layout: the type of its value and the function
// that computes it. The type is that of an empty interface where the value can
// have one of several types; such a value can only be printed and tested.
type expr struct {
	typ  reflect.Type
	get  func(x *run, dot reflect.Value) reflect.Value
	test func(x *run, dot reflect.Value) bool // of a condition
}

var anything = reflect.TypeFor[any]()

func constant(v any) expr {
	value := reflect.ValueOf(v)
	return expr{typ: value.Type(), get: func(*run, reflect.Value) reflect.Value { return value }}
}

func condition(test func(x *run, dot reflect.Value) bool) expr {
	return expr{reflect.TypeFor[bool](), func(x *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(test(x, dot)) }, test}
}

// pointer returns an expression for a pointer to e's struct, so that the struct
// is not copied for a call; e itself if it is no struct.
func (e expr) pointer() expr {
	if e.typ.Kind() != reflect.Struct {
		return e
	}
	return expr{typ: reflect.PointerTo(e.typ), get: func(x *run, dot reflect.Value) reflect.Value {
		v := e.get(x, dot)
		if !v.CanAddr() {
			x.fail("a value that stands nowhere")
			return v
		}
		return v.Addr()
	}}
}

func (e expr) condition() func(x *run, dot reflect.Value) bool {
	if e.test != nil {
		return e.test
	}
	return func(x *run, dot reflect.Value) bool { return truth(e.get(x, dot)) }
}

// truth reports whether a value counts as true in a condition, as text/template
// defines it.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Struct:
		return true
	}
	return !v.IsZero()
}

// refused records that there is no translation for a node, and returns an
// expression to continue with.
func (c *translator) refused(n parse.Node) expr {
	c.refuse(n)
	return expr{typ: anything}
}

// pipe translates a pipeline with its variables.
func (c *translator) pipe(p *parse.PipeNode, dot reflect.Type) expr {
	e := c.commands(p.Cmds, dot)
	if len(p.Decl) == 0 || c.refusal != nil {
		return e
	}
	if len(p.Decl) > 1 || e.typ == anything {
		return c.refused(p)
	}
	name := p.Decl[0].Ident[0]
	slot := -1
	if !p.IsAssign {
		slot = c.slot()
		c.scope = append(c.scope, variable{name, slot, e.typ})
	} else if v := c.variable(name); v != nil && v.typ == e.typ {
		slot = v.slot
	} else {
		return c.refused(p)
	}
	get := e.get
	return expr{typ: e.typ, get: func(x *run, dot reflect.Value) reflect.Value {
		v := get(x, dot)
		x.vars[x.base+slot] = v
		return v
	}}
}

func (c *translator) variable(name string) *variable {
	for i := len(c.scope) - 1; i >= 0; i-- {
		if c.scope[i].name == name {
			return &c.scope[i]
		}
	}
	return nil
}

func (c *translator) commands(cmds []*parse.CommandNode, dot reflect.Type) (e expr) {
	for i, cmd := range cmds {
		var args []expr
		for _, a := range cmd.Args[1:] {
			args = append(args, c.operand(cmd, a, nil, dot))
		}
		if i > 0 {
			args = append(args, e)
		}
		if c.refusal != nil {
			return expr{typ: anything}
		}
		if e = c.operand(cmd, cmd.Args[0], args, dot); c.refusal != nil {
			return e
		}
	}
	return e
}

// operand translates a value, or a call with its arguments, in the command at.
func (c *translator) operand(at, n parse.Node, args []expr, dot reflect.Type) expr {
	switch n := n.(type) {
	case *parse.IdentifierNode:
		return c.function(at, n, args)
	case *parse.FieldNode:
		return c.members(at, current(dot), n.Ident, args)
	case *parse.ChainNode:
		return c.members(at, c.operand(at, n.Node, nil, dot), n.Field, args)
	case *parse.VariableNode:
		v := c.variable(n.Ident[0])
		if v == nil {
			break
		}
		slot := v.slot
		return c.members(at, expr{typ: v.typ, get: func(x *run, _ reflect.Value) reflect.Value { return x.vars[x.base+slot] }}, n.Ident[1:], args)
	case *parse.PipeNode:
		return c.members(at, c.pipe(n, dot), nil, args)
	case *parse.DotNode:
		return c.members(at, current(dot), nil, args)
	case *parse.StringNode:
		return c.members(at, constant(n.Text), nil, args)
	case *parse.BoolNode:
		return c.members(at, constant(n.True), nil, args)
	case *parse.NumberNode:
		if i, err := strconv.Atoi(n.Text); err == nil {
			return c.members(at, constant(i), nil, args)
		}
	}
	return c.refused(at)
}

func current(dot reflect.Type) expr {
	return expr{typ: dot, get: func(_ *run, dot reflect.Value) reflect.Value { return dot }}
}

// members translates fields of fields; the last may be a method that takes the
// arguments.
func (c *translator) members(n parse.Node, e expr, names []string, args []expr) expr {
	for i, name := range names {
		if c.refusal != nil {
			return e
		}
		var with []expr
		if i == len(names)-1 {
			with, args = args, nil
		}
		e = c.member(n, e, name, with)
	}
	if len(args) > 0 {
		return c.refused(n)
	}
	return e
}

func (c *translator) member(n parse.Node, e expr, name string, args []expr) expr {
	typ, pointer := e.typ, e.typ.Kind() == reflect.Pointer
	if pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return c.refused(n)
	}
	if m, ok := reflect.PointerTo(typ).MethodByName(name); ok {
		return c.method(n, e, m, args)
	}
	f, ok := typ.FieldByName(name)
	if !ok || !f.IsExported() || f.Type.Kind() == reflect.Interface || len(args) > 0 {
		return c.refused(n)
	}
	return expr{typ: f.Type, get: func(x *run, dot reflect.Value) reflect.Value {
		v := e.get(x, dot)
		if pointer {
			if v.IsNil() {
				x.fail("nothing has a %s", f.Name)
				return reflect.Zero(f.Type)
			}
			v = v.Elem()
		}
		if len(f.Index) == 1 {
			return v.Field(f.Index[0])
		}
		field, err := v.FieldByIndexErr(f.Index)
		if err != nil {
			x.fail("%v", err)
			return reflect.Zero(f.Type)
		}
		return field
	}}
}

func (c *translator) method(n parse.Node, e expr, m reflect.Method, args []expr) expr {
	if m.Type.NumOut() != 1 || m.Type.IsVariadic() || len(args) != m.Type.NumIn()-1 {
		return c.refused(n)
	}
	for i, a := range args {
		if a.typ != m.Type.In(i+1) {
			return c.refused(n)
		}
	}
	return expr{typ: m.Type.Out(0), get: func(x *run, dot reflect.Value) reflect.Value {
		v := e.get(x, dot)
		if v.Kind() != reflect.Pointer && v.CanAddr() {
			v = v.Addr()
		}
		if v.Kind() != reflect.Pointer || v.IsNil() {
			x.fail("nothing has a %s", m.Name)
			return reflect.Zero(m.Type.Out(0))
		}
		in := []reflect.Value{v}
		for _, a := range args {
			in = append(in, a.get(x, dot))
		}
		return m.Func.Call(in)[0]
	}}
}

// function translates a call of a function: one of text/template's own, or one
// of layouts.
func (c *translator) function(at parse.Node, n *parse.IdentifierNode, args []expr) expr {
	switch own, ok := c.r.functions[n.Ident]; {
	case ok && own.value != nil:
		return expr{typ: own.result, get: func(x *run, dot reflect.Value) reflect.Value {
			var v any
			x.call(args, dot, func(args []any) (err error) {
				v, err = own.value(args)
				return err
			})
			if x.err != nil {
				return reflect.Zero(own.result)
			}
			return reflect.ValueOf(v)
		}}
	case ok || len(args) == 0:
	case n.Ident == "and" || n.Ident == "or":
		return choice(args, n.Ident == "or")
	case n.Ident == "not" && len(args) == 1:
		test := args[0].condition()
		return condition(func(x *run, dot reflect.Value) bool { return !test(x, dot) })
	case n.Ident == "len" && len(args) == 1 && (args[0].typ.Kind() == reflect.String || args[0].typ.Kind() == reflect.Slice):
		return expr{typ: reflect.TypeFor[int](), get: func(x *run, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(args[0].get(x, dot).Len())
		}}
	case n.Ident == "index" && len(args) == 2 && args[0].typ.Kind() == reflect.Slice && args[1].typ.Kind() == reflect.Int:
		return expr{typ: args[0].typ.Elem(), get: func(x *run, dot reflect.Value) reflect.Value {
			list, i := args[0].get(x, dot), args[1].get(x, dot).Int()
			if i < 0 || i >= int64(list.Len()) {
				x.fail("no element %d", i)
				return reflect.Zero(args[0].typ.Elem())
			}
			return list.Index(int(i))
		}}
	case n.Ident == "printf" && args[0].typ.Kind() == reflect.String:
		return expr{typ: reflect.TypeFor[string](), get: func(x *run, dot reflect.Value) reflect.Value {
			var s string
			x.call(args[1:], dot, func(values []any) error {
				s = fmt.Sprintf(args[0].get(x, dot).String(), values...)
				return nil
			})
			return reflect.ValueOf(s)
		}}
	default:
		if holds := comparisons[n.Ident]; holds != nil && len(args) > 1 && (len(args) == 2 || n.Ident == "eq") {
			if compare := comparing(args); compare != nil {
				return condition(func(x *run, dot reflect.Value) bool {
					a := args[0].get(x, dot)
					for _, b := range args[1:] {
						if holds(compare(a, b.get(x, dot))) {
							return true
						}
					}
					return false
				})
			}
		}
	}
	return c.refused(at)
}

// call calls a function with the values of expressions, unless one of them
// fails.
func (x *run) call(args []expr, dot reflect.Value, f func(args []any) error) {
	start := len(x.args)
	for _, a := range args {
		v := a.get(x, dot)
		if x.err != nil {
			break
		}
		x.args = append(x.args, v.Interface())
	}
	if x.err == nil {
		x.err = f(x.args[start:])
	}
	x.args = x.args[:start]
}

// choice is the first of the values that is true, for or, or that is not, for
// and; or else the last.
func choice(args []expr, or bool) expr {
	typ := args[0].typ
	for _, a := range args {
		if a.typ != typ {
			typ = anything
		}
	}
	return expr{typ: typ, get: func(x *run, dot reflect.Value) (v reflect.Value) {
		for _, a := range args {
			if v = a.get(x, dot); truth(v) == or {
				break
			}
		}
		return v
	}}
}

// comparisons say what a comparison must give.
var comparisons = map[string]func(int) bool{
	"eq": func(n int) bool { return n == 0 },
	"ne": func(n int) bool { return n != 0 },
	"lt": func(n int) bool { return n < 0 },
	"le": func(n int) bool { return n <= 0 },
	"gt": func(n int) bool { return n > 0 },
	"ge": func(n int) bool { return n >= 0 },
}

// comparing returns the order of texts or of whole numbers; nil for anything
// else.
func comparing(args []expr) func(a, b reflect.Value) int {
	texts, numbers := true, true
	for _, a := range args {
		texts, numbers = texts && a.typ.Kind() == reflect.String, numbers && reflect.Zero(a.typ).CanInt()
	}
	switch {
	case texts:
		return func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) }
	case numbers:
		return func(a, b reflect.Value) int { return cmp.Compare(a.Int(), b.Int()) }
	}
	return nil
}
