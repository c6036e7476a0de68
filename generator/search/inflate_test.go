package search

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// stream is what a browser without raw deflate has to unpack.
type stream struct {
	Packed []byte `json:"packed"`
	Text   []byte `json:"text"` // null where it is broken
}

func inflateVectors(t *testing.T) any {
	rng := rand.New(rand.NewPCG(5, 5))
	var list []stream
	for _, text := range []string{"", "a", "政府信息公开", strings.Repeat("政府信息公开", 60), strings.Repeat("\x00", 700)} {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, flate.BestCompression, flate.HuffmanOnly} {
			list = append(list, stream{pack(t, []byte(text), level), []byte(text)})
		}
	}
	for range 12 {
		list = append(list, randomStream(t, rng, 400))
	}
	for _, broken := range []string{"", "\x07", "\x01\x05\x00\x00\x00hello", "\x01\x05\x00\xfa\xff", "\x03", "\x63\x00\x02", "\x05\xe0\x81\x08"} {
		list = append(list, stream{[]byte(broken), inflated([]byte(broken))})
	}
	return list
}

func pack(t *testing.T, text []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inflated returns what Go unpacks from a stream; nil if the stream is broken.
func inflated(data []byte) []byte {
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), 1<<20))
	if err != nil {
		return nil
	}
	return text
}

// randomStream packs a text with matches near and far, at any level.
func randomStream(t *testing.T, rng *rand.Rand, most int) stream {
	t.Helper()
	text := []byte{}
	for n := rng.IntN(most); len(text) < n; {
		if len(text) > 0 && rng.IntN(3) > 0 {
			from := rng.IntN(len(text))
			text = append(text, text[from:min(len(text), from+rng.IntN(300))]...)
		}
		for range rng.IntN(20) {
			text = append(text, byte(rng.IntN(1+rng.IntN(256))))
		}
	}
	return stream{pack(t, text, rng.IntN(12)-2), text}
}

// The inflate function in TypeScript unpacks whatever Go packs, at every level. On
// damaged data it ends, with the same text as Go if Go can unpack them.
func TestInflateEqualsGo(t *testing.T) {
	const src = "../../layouts/assets/src"
	if _, err := os.Stat(src + "/node_modules"); err != nil {
		t.Skip("no packages of npm: run `npm ci --ignore-scripts` in layouts/assets/src")
	}
	seed := rand.Uint64()
	t.Log("seed", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	var list []stream
	for i := range 1500 {
		s := randomStream(t, rng, []int{40, 3000, 90_000}[i%25/12])
		list = append(list, s)
		if broken := slices.Clone(s.Packed); i%3 == 0 {
			broken[rng.IntN(len(broken))] ^= 1 << rng.IntN(8)
			list = append(list, stream{broken, inflated(broken)})
		}
	}
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "streams.json"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	bundle := exec.Command("npx", "esbuild", "inflate.test.ts", "--bundle", "--platform=node", "--format=cjs", "--outdir="+dir, "--log-level=warning")
	bundle.Dir = src
	if out, err := bundle.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := exec.Command("node", "--test", filepath.Join(dir, "inflate.test.js"))
	run.Dir = src
	run.Env = append(os.Environ(), "STREAMS="+filepath.Join(dir, "streams.json"))
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
