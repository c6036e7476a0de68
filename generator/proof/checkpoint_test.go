package proof

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

func newSigner(t *testing.T, origin string) (s Signer, vkey string) {
	t.Helper()
	key, vkey, err := NewKey(origin)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = NewSigner(key + "\n"); err != nil {
		t.Fatal(err)
	}
	if s.VerifierKey() != vkey {
		t.Fatalf("the key to verify with is %s, found %s", vkey, s.VerifierKey())
	}
	return s, vkey
}

var checkpoint = Checkpoint{Origin: "example.org/nb", Size: 3, Root: Root(leavesOf(0, 3))}

// A signed checkpoint is one to torchwood and to the library of notes; signatures
// of other kinds beside it change nothing for them.
func TestSignedCheckpoint(t *testing.T) {
	s, vkey := newSigner(t, checkpoint.Origin)
	s.Command = "sm2"
	s.More = func(text string) ([]byte, error) {
		if text != checkpoint.Text() {
			t.Errorf("the command signs %q", text)
		}
		return []byte("— example.org/nb+sm2 " + "AAAAAAAA"), nil
	}
	if _, err := s.Sign(checkpoint.Text()); err == nil {
		t.Error("a line that is no signature is published")
	}
	s.More = func(string) ([]byte, error) { return []byte("— sm2.example.org AAAAAAAA"), nil }
	data, err := s.Sign(checkpoint.Text())
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Sign(checkpoint.Text())
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("signed again it is\n%s\n%s", again, data)
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open(data, note.VerifierList(v))
	if err != nil {
		t.Fatal(err)
	}
	if c, err := torchwood.ParseCheckpoint(n.Text); err != nil || c.Origin != checkpoint.Origin || c.N != 3 || c.Hash != checkpoint.Root || len(c.Extension) > 0 {
		t.Errorf("torchwood reads %+v: %v", c, err)
	}
	known, err := Verifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	text, trust, err := Open(data, known)
	if err != nil || trust != Signed || text != checkpoint.Text() {
		t.Errorf("opened with the key: %q %v %v", text, trust, err)
	}
	if _, trust, err = Open(data, nil); err != nil || trust != Unknown {
		t.Errorf("opened without: %v %v", trust, err)
	}
}

// Wrong keys, changed texts, and notes without a signature are refused.
func TestForgedSignaturesAreRefused(t *testing.T) {
	s, vkey := newSigner(t, checkpoint.Origin)
	other, _ := newSigner(t, checkpoint.Origin)
	good, err := s.Sign(checkpoint.Text())
	if err != nil {
		t.Fatal(err)
	}
	forged, err := other.Sign(checkpoint.Text())
	if err != nil {
		t.Fatal(err)
	}
	known, err := Verifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"another key": forged,
		"unsigned":    []byte(checkpoint.Text()),
		"larger":      bytes.Replace(good, []byte("\n3\n"), []byte("\n4\n"), 1),
		"cut":         good[:len(good)-10],
		"empty":       nil,
	} {
		if _, _, err := Open(data, known); !errors.Is(err, ErrSignature) && !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		data := bytes.Clone(good)
		data[rapid.IntRange(0, len(data)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if text, _, err := Open(data, known); err == nil && text != checkpoint.Text() {
			t.Errorf("a changed note is believed: %q", text)
		}
	})
	for _, key := range []string{"", "x", "PRIVATE+KEY+a+00000000+AAAA", strings.Repeat("+", 9), vkey} {
		if _, err := NewSigner(key); !errors.Is(err, ErrKey) || key != "" && strings.Contains(err.Error(), key) {
			t.Errorf("%q is a key: %v", key, err)
		}
	}
}

func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.example.gov.cn/zfxxgk/nb/": "www.example.gov.cn/zfxxgk/nb",
		"http://10.0.0.1:8080/":                 "10.0.0.1:8080",
		"":                                      "annals",
		"https://a/b+c d/":                      "a/b%2Bc%20d",
	} {
		if got := Origin(address); got != want {
			t.Errorf("Origin(%q) is %q, want %q", address, got, want)
		} else if _, _, err := NewKey(got); err != nil {
			t.Errorf("%q is no name of a key: %v", got, err)
		}
	}
}

// What Append and Text write is read again as it was; what was changed is not read
// as something else without notice.
func TestFilesAreReadAgain(t *testing.T) {
	text := rapid.StringMatching(`[a-z0-9-]{1,9}(/[a-z0-9-]{1,9}){0,2}`)
	sum := rapid.Custom(func(t *rapid.T) [32]byte { return [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "sum")) })
	leaves := rapid.SliceOfN(rapid.IntRange(0, 1<<29), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Entry {
			return Entry{text.Draw(t, "agency"), sum.Draw(t, "record"), leaves.Draw(t, "leaves"), leaves.Draw(t, "gone")}
		}), 0, 600).Draw(t, "entries")
		site := folder{}
		x, err := NewInventory("a.example", Root(nil), entries, []List{{Path: "proof/files/x.txt", Sum: sum.Draw(t, "sum")}}, site.emit)
		if err != nil {
			t.Fatal(err)
		}
		y, err := ParseInventory(x.Text())
		if err != nil || y.Text() != x.Text() {
			t.Fatalf("read again: %v\n%s", err, x.Text())
		}
		var all []Entry
		for _, l := range y.Lists {
			list, err := ParseList(site[l.Path])
			if err != nil || list[0].Agency != l.First {
				t.Fatal(err)
			}
			all = append(all, list...)
		}
		if !slices.EqualFunc(all, entries, func(a, b Entry) bool { return bytes.Equal(a.Append(nil), b.Append(nil)) }) {
			t.Errorf("the lists are %v, not %v", all, entries)
		}
		files := Sums(rapid.MapOf(text, sum).Draw(t, "sums"))
		if again, err := ParseSums(files.Append(nil)); err != nil || !maps.Equal(again, files) {
			t.Errorf("%v is read as %v: %v", files, again, err)
		}
		r := Record{Text: rapid.MapOf(rapid.IntRange(2000, 2030), rapid.String()).Draw(t, "text"),
			Files: rapid.MapOf(rapid.String(), sum).Draw(t, "files")}
		for range rapid.IntRange(0, 3).Draw(t, "lines") {
			r.Lines = append(r.Lines, []byte(`{"agency":"`+text.Draw(t, "agency")+"\"}\n"))
		}
		s, err := ParseRecord(r.Append(nil))
		if err != nil || !slices.EqualFunc(s.Lines, r.Lines, bytes.Equal) || !maps.Equal(s.Text, r.Text) || !maps.Equal(s.Files, r.Files) {
			t.Errorf("%q is read as %+v: %v", r.Append(nil), s, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(checkpoint.Text())
	f.Add("a inventory\n" + checkpoint.Root.String() + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := ParseCheckpoint(text); err == nil && !strings.HasPrefix(text, c.Text()) {
			t.Errorf("%q is read as %q", text, c.Text())
		}
		if x, err := ParseInventory(text); err == nil && x.Text() != text {
			t.Errorf("%q is read as %q", text, x.Text())
		}
		if list, err := ParseList([]byte(text)); err == nil {
			var b []byte
			for _, e := range list {
				b = e.Append(b)
			}
			if _, err := ParseList(b); err != nil {
				t.Errorf("%q is read as %q", text, b)
			}
		}
		_, _ = ParseRecord([]byte(text))
		if s, err := ParseSums([]byte(text)); err == nil && len(s) == 1 && strings.Count(text, "\n") == 1 && !strings.EqualFold(string(s.Append(nil)), text) {
			t.Errorf("%q is read as %q", text, s.Append(nil))
		}
	})
}
