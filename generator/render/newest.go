package render

import (
	"reflect"
	"slices"
	"sync/atomic"

	"annals/generator/form"
	"annals/generator/site"
)

// newest is the Renderer that was compiled last. Compiling takes longer than
// the pages of a small archive, and whoever opens an archive again, as serve
// does after every save, nearly always finds the layouts and settings as they
// were. A Renderer is the same whoever uses it: all that changes in it is what
// it has worked out so far.
var newest atomic.Pointer[compiled]

// compiled is a Renderer and all that it was made of.
type compiled struct {
	options  Options
	forms    []*form.Form
	sum      [32]byte // of the layouts
	renderer *Renderer
}

// of reports whether the Renderer is what New would make.
func (c *compiled) of(o Options, set *layoutSet) bool {
	return c.sum == set.sum && slices.Equal(c.forms, o.Forms) && reflect.DeepEqual(c.options, o.plain())
}

// plain returns the options as values that can be compared and kept: settings
// that nobody else may change, free pages without their text; without layouts,
// of which there is a sum, and forms, which are who they are.
func (o Options) plain() Options {
	o.Overrides, o.Forms = nil, nil
	settings := *o.Site
	o.Site = &settings
	free := make([]*site.Free, len(o.Free))
	for i, f := range o.Free {
		free[i] = &site.Free{Name: f.Name, Title: f.Title}
	}
	o.Free = free
	return o
}
