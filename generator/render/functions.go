package render

import (
	"cmp"
	"fmt"
	"html/template"
	"reflect"

	"annals/generator/content"
	"annals/generator/site"
)

// function is what layouts can call: it either gives a value, or prints HTML.
type function struct {
	result reflect.Type // of the value
	value  func(args []any) (any, error)
	print  func(x *run, args []any) error
	takes  []reflect.Type // by print; nil where several types will do
}

func (r *Renderer) newFunctions() map[string]function {
	return map[string]function{
		"say":      value(r.say),
		"word":     value(r.word),
		"header":   value(func([]any) (template.HTML, error) { return r.header, nil }),
		"footer":   value(func([]any) (template.HTML, error) { return r.footer, nil }),
		"names":    value(func([]any) (*seen, error) { return &seen{}, nil }),
		"table":    print2((*run).table),
		"prose":    print3((*run).prose),
		"document": print2(func(x *run, path string, b *content.Body) error { return x.prose(path, b, nil) }),
		"chart":    print1((*run).chart),
		"trend":    print1((*run).trend),
		"multiple": print1((*run).multiple),
		"dataset":  print1((*run).dataset),
		"values":   print1((*run).values),
		"rows":     {print: (*run).rows},
	}
}

// funcMap gives the functions to html/template.
func (r *Renderer) funcMap() template.FuncMap {
	m := template.FuncMap{}
	for name, f := range r.functions {
		if f.value != nil {
			m[name] = func(args ...any) (any, error) { return f.value(args) }
			continue
		}
		m[name] = func(args ...any) (template.HTML, error) {
			x := &run{r: r, root: r.marks.root}
			err := f.print(x, args)
			return trusted(x.b), err
		}
	}
	return m
}

func value[T any](f func(args []any) (T, error)) function {
	return function{result: reflect.TypeFor[T](), value: func(args []any) (any, error) { return f(args) }}
}

func print1[A any](f func(*run, A) error) function {
	return function{takes: []reflect.Type{reflect.TypeFor[A]()}, print: func(x *run, args []any) error {
		a, err := argument[A](args, 0, 1)
		if err != nil {
			return err
		}
		return f(x, a)
	}}
}

func print2[A, B any](f func(*run, A, B) error) function {
	return function{takes: []reflect.Type{reflect.TypeFor[A](), reflect.TypeFor[B]()}, print: func(x *run, args []any) error {
		a, err1 := argument[A](args, 0, 2)
		b, err2 := argument[B](args, 1, 2)
		if err := cmp.Or(err1, err2); err != nil {
			return err
		}
		return f(x, a, b)
	}}
}

func print3[A, B, C any](f func(*run, A, B, C) error) function {
	return function{takes: []reflect.Type{reflect.TypeFor[A](), reflect.TypeFor[B](), reflect.TypeFor[C]()}, print: func(x *run, args []any) error {
		a, err1 := argument[A](args, 0, 3)
		b, err2 := argument[B](args, 1, 3)
		c, err3 := argument[C](args, 2, 3)
		if err := cmp.Or(err1, err2, err3); err != nil {
			return err
		}
		return f(x, a, b, c)
	}}
}

// argument returns the i-th of n arguments, or what it points to.
func argument[A any](args []any, i, n int) (a A, err error) {
	if len(args) != n {
		return a, fmt.Errorf("%d values, and not %d", len(args), n)
	}
	switch v := args[i].(type) {
	case A:
		return v, nil
	case *A:
		if v != nil {
			return *v, nil
		}
	}
	return a, fmt.Errorf("%T is no %T", args[i], a)
}

// say returns a word with its placeholders replaced by values.
func (r *Renderer) say(args []any) (string, error) {
	if len(args) > 0 {
		if key, ok := args[0].(string); ok {
			return r.words.say(r.tag, key, args[1:]...)
		}
	}
	return "", fmt.Errorf("the first value is the key of a word")
}

// word returns the word for a key that is known only when a page is made.
func (r *Renderer) word(args []any) (string, error) {
	if len(args) == 1 {
		switch key := args[0].(type) {
		case string:
			return r.words.in(key, r.tag), nil
		case site.Kind:
			return r.words.in(string(key), r.tag), nil
		}
	}
	return "", fmt.Errorf("one value, the key of a word")
}

// seen holds the ids used in a page so far, because each may be used only once.
type seen struct{ ids map[string]bool }

// First reports whether it is called with the id for the first time.
func (s *seen) First(id string) bool {
	if s.ids == nil {
		s.ids = map[string]bool{}
	}
	if s.ids[id] {
		return false
	}
	s.ids[id] = true
	return true
}
