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
// were. A Renderer can be shared: all that changes in it is a cache of
// programs.
var newest atomic.Pointer[compiled]

// compiled is a Renderer with the inputs that it was made from.
type compiled struct {
	options  Options
	forms    []*form.Form
	sum      [32]byte // of the layouts
	renderer *Renderer
}

// of reports whether New would make an equal Renderer from o and set.
func (c *compiled) of(o Options, set *layoutSet) bool {
	return c.sum == set.sum && slices.Equal(c.forms, o.Forms) && reflect.DeepEqual(c.options, o.plain())
}

// plain returns a copy of the options that can be kept and compared: settings
// are copied and free pages have no text. Layouts are left out because
// compiled.sum stands for them; forms are compared by identity.
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
