package render

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// A layout is translated into a program: a list of steps, each of which appends
// to the page or chooses what is appended. The fields that the layout uses are
// looked up when it is translated, by the types of the page's data, and each
// place is escaped as html/template has decided for it. A page costs a tenth of
// what executing the layout does.
//
// html/template defines what a page is. A layout with an action that cannot be
// translated (Refusal) is executed by html/template; so is a page whose program
// fails, so that the error is the one of html/template.

// program is a template of a layout, for data of one type.
type program struct {
	steps []step
	vars  int // variables, the first of which is $
}

// step is one action of a layout, or a text.
type step func(x *run, dot reflect.Value)

// run makes a page, or a piece of one.
type run struct {
	r     *Renderer
	b     []byte
	root  string          // the way from the page to the root of the site
	vars  []reflect.Value // the variables of all templates that are being executed
	base  int             // index in vars of the first variable of the innermost template
	args  []any           // arguments of the calls that are being made
	depth int             // how many templates are being executed inside each other
	full  bytes.Buffer
	err   error
}

// maxDepth is how many templates may be executed inside each other. Beyond it
// the page is left to html/template, which has a limit too and reports it.
const maxDepth = 1000

// steps executes a list of steps until one fails.
func (x *run) steps(list []step, dot reflect.Value) {
	for _, s := range list {
		if x.err != nil {
			return
		}
		s(x, dot)
	}
}

func (p *program) execute(x *run, dot reflect.Value) {
	if x.depth++; x.depth > maxDepth {
		x.fail("templates stand in each other too deeply")
		x.depth--
		return
	}
	base, top := x.base, len(x.vars)
	x.base = top
	for range p.vars {
		x.vars = append(x.vars, dot) // the first is $, the others are set before they are used
	}
	x.steps(p.steps, dot)
	clear(x.vars[top:])
	x.base, x.vars = base, x.vars[:top]
	x.depth--
}

func (x *run) fail(format string, args ...any) {
	if x.err == nil {
		x.err = fmt.Errorf(format, args...)
	}
}

// layout appends what a template makes of data, a pointer.
func (x *run) layout(t *template.Template, data any) error {
	if p := x.r.program(t, reflect.TypeOf(data)); p != nil {
		start := len(x.b)
		if p.execute(x, reflect.ValueOf(data)); x.err == nil {
			return nil
		}
		x.b, x.err = x.b[:start], nil
	}
	x.full.Reset()
	if err := t.Execute(&x.full, data); err != nil {
		return err
	}
	x.b = x.r.marks.appendRooted(x.b, x.full.Bytes(), x.root)
	return nil
}

// programKey identifies a program: a template and the type of its data.
type programKey struct {
	template *template.Template
	data     reflect.Type
}

// program returns a template's program for data of a type; nil if the template
// has to be executed by html/template.
func (r *Renderer) program(t *template.Template, data reflect.Type) *program {
	key := programKey{t, data}
	if p, ok := r.programs.Load(key); ok {
		return p.(*program)
	}
	r.translating.Lock()
	defer r.translating.Unlock()
	if p, ok := r.programs.Load(key); ok {
		return p.(*program)
	}
	p, refused := r.translate(t, data)
	if refused != nil {
		p = nil
		r.inFull[*refused] = true
	}
	r.programs.Store(key, p)
	return p
}

// Refusal is an action in a layout that cannot be translated into a program, so
// that html/template executes the layout, about ten times as slowly.
type Refusal struct {
	Layout string // file name: report.html
	Line   int
	Action string
}

// InFull lists the refusals that were met so far.
func (r *Renderer) InFull() []Refusal {
	r.translating.Lock()
	defer r.translating.Unlock()
	return slices.SortedFunc(maps.Keys(r.inFull), func(a, b Refusal) int {
		return cmp.Or(strings.Compare(a.Layout, b.Layout), a.Line-b.Line, strings.Compare(a.Action, b.Action))
	})
}

// lineOf returns the line, from 1, on which an action stands in the source of a
// layout; 1 if the action is not found as it is spelt.
func lineOf(text, action string) int {
	before, _, ok := strings.Cut(text, action)
	if !ok {
		return 1
	}
	return strings.Count(before, "\n") + 1
}

// escape lets html/template decide how each place of a template is escaped,
// which it does before it executes it.
func escape(t *template.Template) error {
	err := t.Execute(closed{}, nil)
	var problem *template.Error
	if errors.As(err, &problem) {
		return problem
	}
	return nil
}

// closed is a writer that refuses everything, so that the execution of a template
// ends at its first text.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, fs.ErrClosed }
