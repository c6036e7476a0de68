package snapshot

import (
	"bytes"
	"reflect"
	"testing"
	"testing/fstest"

	"annals/generator/archive"
	"annals/generator/cache"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/site"
	"annals/generator/source"
)

func forms(t testing.TB) *form.Set {
	set, found := form.Load(fstest.MapFS{})
	if len(found) > 0 {
		t.Fatal(found)
	}
	return set
}

// filler sets every field of a value, each to another value, so that the test
// notices a new field that is not encoded.
type filler struct{ n int64 }

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.String:
		v.SetString(string(rune('一' + f.n)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(f.n)
	case reflect.Uint8:
		v.SetUint(uint64(f.n % 2))
	case reflect.Uint64:
		v.SetUint(uint64(f.n))
	default:
		panic("what is a " + v.Type().String())
	}
}

// filled returns an agency, diagnostics about it and its outcome, with a value in
// every field that is encoded.
func filled(t testing.TB) (*archive.Agency, []diag.Diagnostic, *Outcome) {
	f := &filler{}
	var a archive.Agency
	for _, name := range []string{"Name", "Short", "FormerNames", "Aliases", "Kind", "Since", "Until", "Rulemaking", "Contact", "NameSpan"} {
		f.fill(reflect.ValueOf(&a).Elem().FieldByName(name))
	}
	var found []diag.Diagnostic
	f.fill(reflect.ValueOf(&found).Elem())
	o := &Outcome{}
	f.fill(reflect.ValueOf(&o.Files).Elem())
	f.fill(reflect.ValueOf(&o.Diagnostics).Elem())
	f.fill(reflect.ValueOf(&o.Refs).Elem())
	o.Unreleased = true
	f.fill(reflect.ValueOf(&o.Withdrawn).Elem())
	o.Diagnostics[0].Place.File = o.Files[1].Path // its own file
	o.Diagnostics[1] = diag.Diagnostic{Rule: "plain", Place: source.At(3, 4).In(o.Files[0].Path), Message: lang.Same("x")}
	e := archive.Entry{Form: forms(t).Forms()[0]}
	for _, name := range []string{"Year", "Title", "Published", "FromPage", "Updated", "Errors", "Accepted", "Corrections", "Packed", "Checked", "Departures"} {
		f.fill(reflect.ValueOf(&e).Elem().FieldByName(name))
	}
	o.Entries = []archive.Entry{e}
	return &a, found, o
}

// All fields of an agency and its outcome are the same after decoding.
func TestRoundTrip(t *testing.T) {
	a, found, o := filled(t)
	got, ok := Decode(Encode(a, found, o), forms(t))
	if !ok {
		t.Fatal("it cannot be read")
	}
	want := &Agency{Agency: *a, Plain: true, Found: found, Outcome: *o}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if n := reflect.TypeFor[archive.Agency]().NumField(); n != 15 {
		t.Errorf("an agency has %d fields: is the new one encoded?", n)
	}
	if n := reflect.TypeFor[archive.Entry]().NumField(); n != 13 {
		t.Errorf("an entry has %d fields: is the new one encoded?", n)
	}
}

// An agency without values in its fields is the same after decoding.
func TestRoundTripOfNothing(t *testing.T) {
	got, ok := Decode(Encode(&archive.Agency{}, nil, &Outcome{}), forms(t))
	if want := (&Agency{Plain: true, Outcome: Outcome{Files: Files{}}}); !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%v: %+v", ok, got)
	}
}

// Truncated data are refused, and so is an entry whose form does not exist any more.
func TestDamage(t *testing.T) {
	a, found, o := filled(t)
	data := Encode(a, found, o)
	set := forms(t)
	for n := range data {
		if _, ok := Decode(data[:n], set); ok {
			t.Fatalf("%d of %d bytes are taken for all", n, len(data))
		}
	}
	o.Entries[0].Form = &form.Form{ID: "gone"}
	if _, ok := Decode(Encode(a, found, o), set); ok {
		t.Error("a form that is not there is found")
	}
}

func FuzzDecode(f *testing.F) {
	a, found, o := filled(f)
	set := forms(f)
	f.Add(Encode(a, found, o))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		x, ok := Decode(data, set)
		if !ok {
			return
		}
		again := Encode(&x.Agency, x.Found, &x.Outcome)
		y, ok := Decode(again, set)
		if !ok || x.Plain && !reflect.DeepEqual(x, y) {
			t.Errorf("%+v is read again as %+v", x, y)
		}
	})
}

// Everything that the results for an agency depend on changes its key.
func TestKey(t *testing.T) {
	below := func() []Below {
		_, _, o := filled(t)
		return []Below{{&archive.Agency{Path: "p/c", Name: "c"}, o}}
	}
	_, _, own := filled(t)
	parent := &archive.Agency{Path: "p", Name: "p"}
	child := &archive.Agency{Path: "p/a/x", Name: "x"}
	a := &archive.Agency{Path: "p/a", Name: "a", Kind: archive.Government, Parent: parent, Children: []*archive.Agency{child}}
	settings, record, due := [32]byte{1}, [32]byte{2}, []int{2023}
	list := below()
	key := func() cache.Key { return Key(settings, record, a, own.Files, list, due) }
	was := key()
	for name, change := range map[string]func(){
		"the settings":              func() { settings[3]++ },
		"the releases":              func() { record[3]++ },
		"the name":                  func() { a.Name += "x" },
		"the name above":            func() { parent.Name += "x" },
		"the kind above":            func() { parent.Kind = archive.Region },
		"the name below":            func() { child.Name += "x" },
		"an agency further below":   func() { child.Children = append(child.Children, &archive.Agency{}) },
		"a file":                    func() { own.Files[0].Sum[3]++ },
		"a file's name":             func() { own.Files[0].Path += "x" },
		"a file below":              func() { list[0].Outcome.Files[1].Sum[0]++ },
		"a figure below":            func() { list[0].Outcome.Entries[0].Packed[0]++ },
		"a fault below":             func() { list[0].Outcome.Entries[0].Errors++ },
		"the year of a report":      func() { list[0].Outcome.Entries[0].Year++ },
		"who is compared":           func() { list[0].Agency.Name += "x" },
		"since when it is compared": func() { list[0].Agency.Since++ },
		"until when it is compared": func() { list[0].Agency.Until++ },
		"a year":                    func() { due = append(due, 2024) },
		"another one":               func() { list = append(list, below()...) },
	} {
		change()
		now := key()
		if bytes.Equal(now[:], was[:]) {
			t.Errorf("%s is not in the key", name)
		}
		was = now
	}
	own.Files[0].Stamp.Inode++
	list[0].Outcome.Refs = append(list[0].Outcome.Refs, site.Ref{})
	if key() != was {
		t.Error("a stamp is in the key")
	}
}
