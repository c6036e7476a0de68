package render

import (
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"
)

// translator makes a program of a template and of those that it calls.
type translator struct {
	r       *Renderer
	set     *template.Template
	done    map[programKey]*program
	program *program    // that is being made
	tree    *parse.Tree // its template
	scope   []variable  // the variables at this place
	refusal *Refusal
}

// variable is a variable of a template.
type variable struct {
	name string
	slot int
	typ  reflect.Type
}

// translate makes the program of a template for data of a type.
func (r *Renderer) translate(t *template.Template, data reflect.Type) (*program, *Refusal) {
	if err := escape(t); err != nil {
		return nil, &Refusal{Layout: t.Name(), Action: err.Error()}
	}
	c := &translator{r: r, set: t, done: map[programKey]*program{}}
	p := c.template(t, data)
	return p, c.refusal
}

// refuse notes the first place for which there is no translation.
func (c *translator) refuse(n parse.Node) {
	if c.refusal == nil {
		name := c.tree.ParseName
		action, _, escaped := strings.Cut(n.String(), " | _html_template_")
		if escaped {
			action += "}}"
		}
		c.refusal = &Refusal{Layout: name, Line: lineOf(c.r.sources[name], action), Action: action}
	}
}

func (c *translator) template(t *template.Template, data reflect.Type) *program {
	key := programKey{t, data}
	if p, ok := c.done[key]; ok {
		return p // of a template that calls itself it is not finished yet
	}
	p := &program{}
	c.done[key] = p
	outer := *c
	c.program, c.tree = p, t.Tree
	c.scope = []variable{{"$", c.slot(), data}}
	p.steps = c.list(t.Tree.Root, data)
	c.program, c.tree, c.scope = outer.program, outer.tree, outer.scope
	return p
}

// slot makes room for a variable.
func (c *translator) slot() int {
	c.program.vars++
	return c.program.vars - 1
}

func (c *translator) list(l *parse.ListNode, dot reflect.Type) (steps []step) {
	if l == nil {
		return nil
	}
	for _, n := range l.Nodes {
		if c.refusal != nil {
			return nil
		}
		switch n := n.(type) {
		case *parse.TextNode:
			steps = append(steps, c.text(n))
		case *parse.ActionNode:
			steps = append(steps, c.print(n, dot))
		case *parse.IfNode:
			steps = append(steps, c.branch(n, &n.BranchNode, dot))
		case *parse.WithNode:
			steps = append(steps, c.branch(n, &n.BranchNode, dot))
		case *parse.RangeNode:
			steps = append(steps, c.loop(n, dot))
		case *parse.TemplateNode:
			steps = append(steps, c.call(n, dot))
		default:
			c.refuse(n)
		}
	}
	return steps
}

func (c *translator) text(n *parse.TextNode) step {
	p, err := c.r.marks.cut(string(n.Text))
	if err != nil {
		c.refuse(n)
		return nil
	}
	first, rest := p.text[0], p.text[1:]
	return func(x *run, _ reflect.Value) {
		x.b = append(x.b, first...)
		for _, t := range rest {
			x.b = append(x.b, x.root...)
			x.b = append(x.b, t...)
		}
	}
}

// branch translates if and with.
func (c *translator) branch(n parse.Node, b *parse.BranchNode, dot reflect.Type) step {
	mark := len(c.scope)
	defer func() { c.scope = c.scope[:mark] }()
	e := c.pipe(b.Pipe, dot)
	if c.refusal != nil {
		return nil
	}
	inner, with := dot, n.Type() == parse.NodeWith
	if with {
		inner = e.typ
	}
	yes, no := c.list(b.List, inner), c.list(b.ElseList, dot)
	if !with {
		test := e.condition()
		return func(x *run, dot reflect.Value) {
			if test(x, dot) {
				x.steps(yes, dot)
			} else {
				x.steps(no, dot)
			}
		}
	}
	return func(x *run, dot reflect.Value) {
		v := e.get(x, dot)
		if x.err != nil {
			return
		}
		if truth(v) {
			x.steps(yes, v)
		} else {
			x.steps(no, dot)
		}
	}
}

// loop translates a range over a list.
func (c *translator) loop(n *parse.RangeNode, dot reflect.Type) step {
	mark := len(c.scope)
	defer func() { c.scope = c.scope[:mark] }()
	declared := n.Pipe.Decl
	pipe := *n.Pipe
	pipe.Decl = nil
	list := c.pipe(&pipe, dot)
	if c.refusal != nil {
		return nil
	}
	if list.typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		c.refuse(n.Pipe)
		return nil
	}
	element := list.typ.Elem()
	index, item := -1, -1
	if len(declared) == 2 {
		index = c.slot()
		c.scope = append(c.scope, variable{declared[0].Ident[0], index, reflect.TypeFor[int]()})
	}
	if len(declared) > 0 {
		item = c.slot()
		c.scope = append(c.scope, variable{declared[len(declared)-1].Ident[0], item, element})
	}
	body := c.list(n.List, element)
	c.scope = c.scope[:mark]
	none := c.list(n.ElseList, dot)
	return func(x *run, dot reflect.Value) {
		v := list.get(x, dot)
		if x.err != nil {
			return
		}
		count := v.Len()
		if count == 0 {
			x.steps(none, dot)
		}
		for i := 0; i < count && x.err == nil; i++ {
			e := v.Index(i)
			if index >= 0 {
				x.vars[x.base+index] = reflect.ValueOf(i)
			}
			if item >= 0 {
				x.vars[x.base+item] = e
			}
			x.steps(body, e)
		}
	}
}

// call translates the call of a template.
func (c *translator) call(n *parse.TemplateNode, dot reflect.Type) step {
	t := c.set.Lookup(n.Name) // html/template hides those that it made for a place within a tag
	if t == nil || t.Tree == nil || n.Pipe == nil {
		c.refuse(n)
		return nil
	}
	e := c.pipe(n.Pipe, dot)
	if c.refusal != nil {
		return nil
	}
	p := c.template(t, e.typ)
	return func(x *run, dot reflect.Value) {
		if v := e.get(x, dot); x.err == nil {
			p.execute(x, v)
		}
	}
}
