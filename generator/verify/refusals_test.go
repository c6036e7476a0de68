package verify_test

import (
	"flag"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"annals/generator/proof"
	"annals/generator/verify"
)

// Forty: go test ./generator/verify -run TestRefusals -refusals 40
var refusals = flag.Int("refusals", 16, "forks, rollbacks, wrong keys and damaged tiles of TestRefusals")

// Every fork of the history, every shortened one, every other key and every tile that
// is cut or changed is refused, and told as what it is.
func TestRefusals(t *testing.T) {
	t.Parallel()
	a := newArchive(t)
	text, _, err := proof.Open(a.since(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	now, err := proof.ParseCheckpoint(text)
	if err != nil {
		t.Fatal(err)
	}
	signed := func(c proof.Checkpoint) []byte {
		data, err := a.signer.Sign(c.Text())
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	files := readTree(t, a.site)
	var tiles []string
	for path := range files {
		if strings.HasPrefix(path, "tile/") {
			tiles = append(tiles, path)
		}
	}
	slices.Sort(tiles)
	rng := rand.New(rand.NewPCG(22, 1))
	for i := range *refusals {
		opt, want := verify.Options{Key: a.vkey}, verify.History
		damaged := ""
		switch old := now; i % 4 {
		case 0: // another history of as many lines or fewer
			old.Size = 1 + rng.Int64N(now.Size)
			old.Root[rng.IntN(len(old.Root))] ^= 1 << rng.IntN(8)
			opt.Since = signed(old)
		case 1: // what was kept has more lines
			old.Size += 1 + rng.Int64N(1000)
			opt.Since = signed(old)
		case 2:
			want = verify.Signature
			if _, opt.Key, err = proof.NewKey(now.Origin); err != nil {
				t.Fatal(err)
			}
		case 3:
			want = verify.Tree
			damaged = tiles[rng.IntN(len(tiles))]
			data := slices.Clone(files[damaged])
			if at := rng.IntN(len(data)); i%8 == 3 {
				data = data[:at]
			} else {
				data[at] ^= 1 << rng.IntN(8)
			}
			write(t, a.site, damaged, string(data))
		}
		if list, _ := verified(t, a.site, opt); len(list) == 0 || list[0].What != want {
			t.Errorf("%d: want %s, got %+v (%s)", i, want, list, filepath.Base(damaged))
		}
		if damaged != "" {
			write(t, a.site, damaged, string(files[damaged]))
		}
	}
	if list, _ := verified(t, a.site, verify.Options{Key: a.vkey, Since: signed(now)}); len(list) > 0 {
		t.Errorf("as it was: %+v", list)
	}
}
