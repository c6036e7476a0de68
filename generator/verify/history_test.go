package verify_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator/proof"
	"annals/generator/verify"
)

// Copies of a site are as good as the site: of a folder, out of a tar file and a zip
// file, and with what systems leave in folders.
func TestCleanCopies(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	site := readTree(t, a.site)
	unpack := map[string]func(to string){
		"a folder": func(to string) {
			if err := os.CopyFS(to, os.DirFS(a.site)); err != nil {
				t.Fatal(err)
			}
			write(t, to, "agencies/anping/c/2024/.DS_Store", "x")
			write(t, to, "agencies/Thumbs.db", "x")
		},
		"tar": func(to string) {
			var b bytes.Buffer
			out := tar.NewWriter(&b)
			for path, data := range site {
				if err := out.WriteHeader(&tar.Header{Name: path, Size: int64(len(data)), Mode: 0o444}); err != nil {
					t.Fatal(err)
				}
				if _, err := out.Write(data); err != nil {
					t.Fatal(err)
				}
			}
			out.Close()
			for in := tar.NewReader(&b); ; {
				h, err := in.Next()
				if err == io.EOF {
					break
				}
				data, err := io.ReadAll(in)
				if err != nil {
					t.Fatal(err)
				}
				write(t, to, h.Name, string(data))
			}
		},
		"zip": func(to string) {
			var b bytes.Buffer
			out := zip.NewWriter(&b)
			for path, data := range site {
				w, err := out.Create(path)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := w.Write(data); err != nil {
					t.Fatal(err)
				}
			}
			out.Close()
			in, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(to, in); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, unpack := range unpack {
		to := t.TempDir()
		unpack(to)
		if list, _ := verified(t, to, verify.Options{Key: a.vkey}); len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// Whoever holds the key can write another history. An older checkpoint tells: of a
// fork, of a history that was rolled back, and of another site.
func TestOtherHistories(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	first := a.since(t)
	saved := filepath.Join(t.TempDir(), "first")
	if err := os.CopyFS(saved, os.DirFS(a.site)); err != nil {
		t.Fatal(err)
	}
	a.second(t)
	second := a.since(t)
	other, vkey := newArchive(t).signer, ""
	if _, vkey, _ = proof.NewKey("www.example.gov.cn/zfxxgk/nb"); vkey == a.vkey || other.VerifierKey() == a.vkey {
		t.Fatal("two keys are the same")
	}

	// The history is written anew with one figure changed, and signed by the same key.
	forked := newArchive(t, "content/agencies/anping/extra/_index.md", "---\nname: 安平县统计局\nkind: department\n---\n",
		"content/agencies/anping/extra/2024.md", strings.Replace(readText(t, bureau+"2024.md"), "permits: 30", "permits: 31", 1))
	forked.signer = a.signer
	forked.build(t)
	forked.second(t)

	for name, c := range map[string]struct {
		site string
		opt  verify.Options
		want verify.What
	}{
		"a fork":                       {forked.site, verify.Options{Key: a.vkey, Since: first}, verify.History},
		"a fork, longer":               {forked.site, verify.Options{Key: a.vkey, Since: second}, verify.History},
		"rolled back":                  {saved, verify.Options{Key: a.vkey, Since: second}, verify.History},
		"another key":                  {a.site, verify.Options{Key: vkey, Since: first}, verify.Signature},
		"a checkpoint of another site": {a.site, verify.Options{Key: a.vkey, Since: bytes.Replace(first, []byte("zfxxgk/nb"), []byte("zfxxgk/xx"), 1)}, verify.Origin},
	} {
		list, _ := verified(t, c.site, c.opt)
		if len(list) == 0 || list[0].What != c.want {
			t.Errorf("%s: want %v, got %+v", name, c.want, list)
		}
	}
	if list, _ := verified(t, forked.site, verify.Options{Key: a.vkey}); len(list) > 0 {
		t.Errorf("a fork by itself is as good as the other: %+v", list)
	}
	if list, _ := verified(t, saved, verify.Options{Key: a.vkey, Since: first}); len(list) > 0 {
		t.Errorf("a copy of its own time: %+v", list)
	}
}
