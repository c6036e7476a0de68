package proof

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var update = flag.Bool("update", false, "write the vectors for the browser's code anew")

type treeVector struct {
	Checkpoint string            `json:"checkpoint"`
	Tiles      map[string][]byte `json:"tiles"`
	Leaves     []leafVector      `json:"leaves"`
}

type leafVector struct {
	N    int    `json:"n"`
	Line string `json:"line"`
}

type noteVector struct {
	Note  string `json:"note"`
	VKey  string `json:"vkey"`
	Trust string `json:"trust"`
	Text  string `json:"text"`
}

type pathVector struct {
	Level int    `json:"level"`
	N     int64  `json:"n"`
	Width int    `json:"width"`
	Path  string `json:"path"`
}

// TestVectors: what layouts/assets/src/merkle.test.ts holds the browser's code
// against is what this package makes.
func TestVectors(t *testing.T) {
	var v struct {
		Trees []treeVector `json:"trees"`
		Notes []noteVector `json:"notes"`
		Paths []pathVector `json:"paths"`
	}
	rng := rand.New(rand.NewPCG(22, 3))
	sizes := []int{1, 2, 3, 255, 256, 257, 513, 65536 + 256 + 9}
	for range 3 {
		sizes = append(sizes, 1+rng.IntN(600))
	}
	for _, n := range sizes {
		x := treeVector{Tiles: map[string][]byte{}}
		leaves := make([]Hash, n)
		line := func(i int) string { return fmt.Sprintf("%d %d", n, i) }
		for i := range leaves {
			leaves[i] = tlog.RecordHash([]byte(line(i)))
		}
		all := folder{}
		root, err := Tiles(leaves, all.emit)
		if err != nil {
			t.Fatal(err)
		}
		x.Checkpoint = Checkpoint{Origin: "example.org", Size: int64(n), Root: root}.Text()
		for _, i := range []int{0, n - 1, rng.IntN(n)} {
			x.Leaves = append(x.Leaves, leafVector{i, line(i)})
			for level, at := 0, i; n>>(height*level) > 0; level++ {
				at >>= height
				for _, k := range []int{at, n >> (height * level) >> height} {
					width := min(full, n>>(height*level)-k*full)
					if width > 0 {
						path := TilePath(level, int64(k), width)
						x.Tiles[path] = all[path]
					}
				}
			}
		}
		v.Trees = append(v.Trees, x)
	}
	for i := range 6 {
		seed := bytes.Repeat([]byte{byte(i), 7}, 16)
		v.Notes = append(v.Notes, signedBy(t, seed, fmt.Sprintf("example.org/%d", i), fmt.Sprintf("example.org/%d\n%d\n%s\n", i, i, Root(nil))))
	}
	good := v.Notes[0]
	v.Notes = append(v.Notes,
		noteVector{good.Note, v.Notes[1].VKey, "forged", good.Text},
		noteVector{good.Note, "", "unknown", good.Text},
		noteVector{good.Text, good.VKey, "forged", good.Text},
		noteVector{good.Text, "", "unsigned", good.Text},
		noteVector{good.Note + "— sm2.example.org AAAAAAAA\n", good.VKey, "signed", good.Text})
	for _, p := range []pathVector{{Level: 0, N: 0, Width: 256}, {Level: 1, N: 999, Width: 1}, {Level: 0, N: 1000, Width: 255}, {Level: 2, N: 1234067, Width: 256}} {
		p.Path = TilePath(p.Level, p.N, p.Width)
		v.Paths = append(v.Paths, p)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	const path = "../../layouts/assets/src/testdata/proof.json"
	if *update {
		if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil || string(have) != string(data)+"\n" {
		t.Errorf("%s is not what Go makes (%v): go test ./generator/proof -run TestVectors -update", path, err)
	}
}

// signedBy is a note signed by the key of a seed.
func signedBy(t *testing.T, seed []byte, name, text string) noteVector {
	t.Helper()
	key := ed25519.NewKeyFromSeed(seed)
	vkey, err := note.NewEd25519VerifierKey(name, key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	id := strings.Split(vkey, "+")[1]
	s, err := NewSigner("PRIVATE+KEY+" + name + "+" + id + "+" + base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := s.Sign(text)
	if err != nil {
		t.Fatal(err)
	}
	return noteVector{string(data), vkey, "signed", text}
}
