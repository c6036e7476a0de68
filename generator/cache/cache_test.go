package cache

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

func value(n, size int) []byte {
	return bytes.Repeat([]byte{byte(n), byte(n >> 8), 7}, size/3+1)[:size]
}

// Values come back as they were put, over many builds that keep some, drop
// some and make some anew, while the pack is appended to and copied.
func TestStore(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 2))
	want := map[string]int{}
	for build := range 30 {
		s := Open(dir)
		next := map[string]int{}
		for name, n := range want {
			r, ok := s.Get(name)
			if !ok || !bytes.Equal(s.Large(r), value(n, 30_000)) || string(r.Small) != name || r.Key != (Key{byte(n)}) {
				t.Fatalf("build %d: %s is lost or wrong", build, name)
			}
			if rng.IntN(3) > 0 {
				s.Keep(name, r)
				next[name] = n
			}
		}
		for range rng.IntN(40) {
			n := rng.IntN(1 << 16)
			name := fmt.Sprint("agency-", n)
			r := s.Put(name, Key{byte(n)}, []byte(name), value(n, 30_000))
			if !bytes.Equal(s.Large(r), value(n, 30_000)) {
				t.Fatalf("build %d: %s cannot be read back at once", build, name)
			}
			next[name] = n
		}
		if err := s.Save(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		want = next
	}
	if info, err := os.Stat(filepath.Join(dir, packFile)); err != nil || info.Size() > int64(2*30_000*len(want)+1<<20) {
		t.Errorf("the pack holds %d bytes for %d values: %v", info.Size(), len(want), err)
	}
}

// A damaged cache is noticed: whatever is changed in it, a value is either
// right or not there.
func TestDamage(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	lost := 0
	for round := range 300 {
		dir := t.TempDir()
		s := Open(dir)
		for n := range 5 {
			s.Put(fmt.Sprint(n), Key{byte(n)}, []byte{byte(n)}, value(n, 500))
		}
		if err := s.Save(); err != nil {
			t.Fatal(err)
		}
		s.Close()
		name := filepath.Join(dir, []string{indexFile, packFile}[round%2])
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		switch i := rng.IntN(len(data)); rng.IntN(3) {
		case 0:
			data[i] ^= 1 << rng.IntN(8)
		case 1:
			data = data[:i]
		case 2:
			clear(data[i:])
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		s = Open(dir)
		for n := range 5 {
			r, ok := s.Get(fmt.Sprint(n))
			if !ok {
				lost++
				continue
			}
			if large := s.Large(r); large == nil {
				lost++
			} else if !bytes.Equal(large, value(n, 500)) || r.Small[0] != byte(n) {
				t.Fatalf("round %d: a damaged value was believed", round)
			}
		}
		s.Close()
	}
	if lost == 0 {
		t.Error("no damage was noticed")
	}
}

func FuzzIndex(f *testing.F) {
	f.Add(encodeIndex(map[string]Record{"a": {Small: []byte("x"), large: ref{0, 3, [16]byte{}}}}, 3))
	f.Fuzz(func(t *testing.T, data []byte) {
		sum := checksum(data)
		decodeIndex(data)
		decodeIndex(append(append([]byte(magic), data...), sum[:]...))
	})
}

func TestProgram(t *testing.T) {
	if Program() == (Key{}) {
		t.Error("the program does not know itself")
	}
}
