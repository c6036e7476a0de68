package render

import (
	"reflect"
	"slices"
	"strings"
)

// The functions below say what layouts can do with a type. A nil type is unknown,
// and so is the type of a value in an interface.

// ranged is what a range over a type gives; nil where it is not known.
func ranged(typ reflect.Type) (key, element reflect.Type, ok bool) {
	switch kind(typ) {
	case reflect.Slice, reflect.Array:
		return reflect.TypeFor[int](), typ.Elem(), true
	case reflect.Map:
		return typ.Key(), typ.Elem(), true
	case reflect.Invalid, reflect.Interface, reflect.Func, reflect.Chan:
		return nil, nil, true
	}
	return typ, typ, number(typ)
}

// fit reports whether values can be what a function takes, as far as is known.
func fit(takes, args []reflect.Type) bool {
	if len(takes) != len(args) {
		return false
	}
	for i := range takes {
		take, arg := behind(takes[i]), behind(args[i])
		switch {
		case take == arg, among(take), among(arg), number(take) && number(arg):
		case take.Kind() == arg.Kind() && arg.PkgPath() == "": // a text or number that is written there
		default:
			return false
		}
	}
	return true
}

// behind returns the type that a pointer type points to.
func behind(typ reflect.Type) reflect.Type {
	if kind(typ) == reflect.Pointer {
		return typ.Elem()
	}
	return typ
}

func kind(typ reflect.Type) reflect.Kind {
	if typ == nil {
		return reflect.Invalid
	}
	return typ.Kind()
}

func number(typ reflect.Type) bool {
	return typ != nil && (reflect.Zero(typ).CanInt() || reflect.Zero(typ).CanUint())
}

// among reports whether a type is of one of the kinds, or not known.
func among(typ reflect.Type, kinds ...reflect.Kind) bool {
	return slices.Contains(append(kinds, reflect.Invalid, reflect.Interface), kind(typ))
}

// typeName returns the name that docs/layouts.md has for a type.
func typeName(typ reflect.Type) string {
	switch typ = behind(typ); {
	case typ == nil:
		return ""
	case typ.Kind() == reflect.Slice:
		return "[]" + typeName(typ.Elem())
	case strings.HasSuffix(typ.PkgPath(), "/render"), strings.HasSuffix(typ.PkgPath(), "/site"):
		return typ.Name()
	}
	return typ.String()
}
