package files

import (
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// growing is a file system with one file that has become longer, by any length,
// since the system said how long it is.
type growing struct {
	data string
	read int
}

func (g *growing) Open(string) (fs.File, error) {
	return growingFile{g, strings.NewReader(g.data)}, nil
}

type growingFile struct {
	g *growing
	r io.Reader
}

func (f growingFile) Stat() (fs.FileInfo, error) {
	return fs.Stat(fstest.MapFS{"f": {Data: []byte("abc")}}, "f")
}
func (f growingFile) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	f.g.read += n
	return n, err
}
func (f growingFile) Close() error                        { return nil }
func (g *growing) Lstat(name string) (fs.FileInfo, error) { return growingFile{}.Stat() }
func (g *growing) ReadLink(name string) (string, error)   { return "", fs.ErrInvalid }

// TestReadOfAGrowingFile: a file that grows while it is read is read whole, but
// no more of it than the limit.
func TestReadOfAGrowingFile(t *testing.T) {
	for _, c := range []struct {
		size int
		ok   bool
	}{{3, true}, {4, true}, {5, true}, {1000, true}, {1001, false}, {1 << 20, false}} {
		g := &growing{data: strings.Repeat("x", c.size)}
		data, diags := Read(g, "f", 1000)
		if (data != nil) != c.ok || c.ok && len(data) != c.size || !c.ok && (len(diags) != 1 || diags[0].Rule != "file-size") {
			t.Errorf("%d bytes: %d were read, %v", c.size, len(data), diags)
		}
		if g.read > 1001 {
			t.Errorf("%d bytes: %d were read", c.size, g.read)
		}
	}
}

// TestUnmerged: a text with a conflict is reported and not used, saved or not.
func TestUnmerged(t *testing.T) {
	const text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n"
	for way, read := range map[string]func() ([]byte, string){
		"Text": func() ([]byte, string) { data, diags := Text("f", []byte(text)); return data, rule(diags) },
		"ReadText": func() ([]byte, string) {
			data, diags := ReadText(fstest.MapFS{"f": {Data: []byte(text)}}, "f")
			return data, rule(diags)
		},
	} {
		if data, rule := read(); data != nil || rule != "merge-conflict" {
			t.Errorf("%s: %q, %s", way, data, rule)
		}
	}
	if _, diags := Text("f", []byte("a\n||||||| 3f2a1b (base)\nb\n")); rule(diags) != "merge-conflict" || diags[0].Place.Line != 2 {
		t.Errorf("the base alone: %v", diags)
	}
	if _, diags := Text("f", []byte("a\n<<<<<<<<<<<< HEAD\nb\n============\nc\n>>>>>>>>>>>> other\n")); rule(diags) != "merge-conflict" || diags[0].Place.Line != 2 {
		t.Errorf("marks of another length: %v", diags)
	}
	if data, diags := Text("f", []byte("a\n=======\n|||||||\n||||||| 5 |\n< <<<<<<<\n <<<<<<<\n>>>>>>>> x\n<<<<<<<<\n")); data == nil || len(diags) > 0 {
		t.Errorf("what is no conflict is one: %v", diags)
	}
}

// FuzzUnmerged: diagnostics about conflicts have places in the text, and one more
// line above moves them by one.
func FuzzUnmerged(f *testing.F) {
	for _, seed := range []string{"<<<<<<< a\n=======\n>>>>>>> b\n", ">>>>>>>\n", "<<<<<<<\r\n", "||||||| 甲\n>>>>>>>\n", "x\n<<<<<<< 甲\n<<<<<<<\n>>>>>>>", strings.Repeat(">>>>>>>\n", 20)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d, found := Unmerged("f", data)
		if !found {
			return
		}
		lines := strings.Split(string(data), "\n")
		p := d.Place
		if p.Line < 1 || int(p.EndLine) > len(lines) || p.Line > p.EndLine {
			t.Fatalf("%v in %d lines", p, len(lines))
		}
		if text := lines[p.Line-1]; !strings.HasPrefix(strings.TrimPrefix(text, ByteOrderMark), "<<<<<<<") && !strings.HasPrefix(text, ">>>>>>>") && !strings.HasPrefix(text, "||||||| ") {
			t.Fatalf("%v is at %q", p, text)
		}
		again, _ := Unmerged("f", append([]byte("x\n"), data...))
		if again.Place.Line != p.Line+1 || again.Place.Column != p.Column || again.Place.EndLine != p.EndLine+1 {
			t.Fatalf("%v, a line below %v", p, again.Place)
		}
	})
}
