package render

import (
	"reflect"
	"testing"
	"testing/fstest"

	"annals/generator/config"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
)

// The Renderer that was made last is taken again for the same options and
// layouts, and for no others: what it is made of is here, field by field.
func TestRendererIsTakenAgain(t *testing.T) {
	x := own(t)
	kept := func() (Options, *Renderer) {
		o := Options{Site: x.Config, Forms: x.Forms.Forms(), Free: []*site.Free{{Name: "n", Title: "t"}}, Header: []byte("h"), Footer: []byte("f"), Nonce: "1"}
		r, _, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		return o, r
	}
	_, r := kept()
	if _, again := kept(); again != r {
		t.Error("equal options make another Renderer")
	}
	differs := func(name string, change func(o *Options)) {
		o, r := kept()
		change(&o)
		other, diags, err := New(o)
		if err != nil || len(diags) > 0 {
			t.Fatal(name, diags, err)
		}
		if other == r {
			t.Errorf("%s is another, and the Renderer the same", name)
		}
	}
	differs("header", func(o *Options) { o.Header = []byte("g") })
	differs("footer", func(o *Options) { o.Footer = nil })
	differs("nonce", func(o *Options) { o.Nonce = "2" })
	differs("free page", func(o *Options) { o.Free = []*site.Free{{Name: "n", Title: "u"}} })
	differs("free page's name", func(o *Options) { o.Free = []*site.Free{{Name: "m", Title: "t"}} })
	differs("layout", func(o *Options) { o.Overrides = fstest.MapFS{"assets/own.css": {Data: []byte("a{}")}} })
	differs("form", func(o *Options) { o.Forms = o.Forms[1:] })
	differs("equal form", func(o *Options) {
		twin := *o.Forms[0]
		o.Forms = append([]*form.Form{&twin}, o.Forms[1:]...)
	})
	if n := reflect.TypeFor[Options]().NumField(); n != 7 {
		t.Errorf("Options has %d fields: is a Renderer with another value in the new one another?", n)
	}
	for i := range reflect.TypeFor[config.Site]().NumField() {
		field := reflect.TypeFor[config.Site]().Field(i)
		differs("site's "+field.Name, func(o *Options) {
			settings := *o.Site
			o.Site = &settings
			change(t, reflect.ValueOf(o.Site).Elem().Field(i))
		})
	}
	// What is done to the settings afterwards does not reach it.
	o, _ := kept()
	settings := *o.Site
	o.Site = &settings
	if r, _, _ := New(o); r.Plan.Config == &settings {
		t.Error("the Renderer has the settings of whoever asked for it")
	}
}

// change changes a value.
func change(t *testing.T, v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[lang.Tag]():
		v.Set(reflect.ValueOf(map[lang.Tag]lang.Tag{lang.ZH: lang.EN, lang.EN: lang.ZH}[v.Interface().(lang.Tag)]))
	case v.Kind() == reflect.Struct:
		change(t, v.Field(0))
	case v.Kind() == reflect.String:
		v.SetString(v.String() + "x")
	case v.Kind() == reflect.Slice:
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
	case v.CanInt():
		v.SetInt(v.Int() + 1)
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	case v.Kind() == reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("x"), reflect.Zero(v.Type().Elem()))
	default:
		t.Fatalf("how is a %s changed?", v.Type())
	}
}
