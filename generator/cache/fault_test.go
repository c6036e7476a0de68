package cache

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"annals/generator/beneath"
)

// TestFaults lets every operation of several builds fail, once or with all
// that come after it, which is what a kill leaves. A value is the right one or
// is not there, in the build that meets the fault and in the next; an error
// names the file; and once the disk is well all is remembered again.
func TestFaults(t *testing.T) {
	const rounds = 3
	size := func(n int) int {
		if n == 0 {
			return 3_000
		}
		return 1_100_000 // written at once; the third lets the pack be copied
	}
	// build stores a value that is always the same, and one that is new.
	build := func(dir string, round int) error {
		s := Open(dir)
		defer s.Close()
		for _, n := range []int{0, round} {
			name, want := fmt.Sprint(n), value(n, size(n))
			if r, ok := s.Get(name); ok {
				data := s.Large(r)
				if data != nil && !bytes.Equal(data, want) || r.Key != (Key{byte(n)}) {
					t.Fatalf("round %d: %s is another value", round, name)
				}
				if p := make([]byte, 10); s.Read(r, p, 30) && !bytes.Equal(p, want[30:40]) {
					t.Fatalf("round %d: of %s other bytes are remembered", round, name)
				}
				if data != nil {
					s.Keep(name, r)
					continue
				}
			}
			r := s.Put(name, Key{byte(n)}, []byte(name), want)
			if data := s.Large(r); data != nil && !bytes.Equal(data, want) {
				t.Fatalf("round %d: %s is another value at once", round, name)
			}
			if p := make([]byte, 10); s.Read(r, p, 30) && !bytes.Equal(p, want[30:40]) {
				t.Fatalf("round %d: of %s other bytes are read", round, name)
			}
		}
		return s.Save()
	}
	for _, sticky := range []bool{false, true} {
		failed, copied := 0, false
		for k := 0; ; k++ {
			dir := t.TempDir()
			n := -1
			restore := beneath.Intercept(func(op, path string) error {
				copied = copied || op == "remove"
				if n++; n == k || sticky && n > k {
					return syscall.ENOSPC
				}
				return nil
			})
			for round := 1; round <= rounds; round++ {
				if err := build(dir, round); err != nil {
					failed++
					if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), dir) {
						t.Fatalf("operation %d: %v", k, err)
					}
				}
			}
			restore()
			if n < k {
				break
			}
			for range 2 { // the first mends it
				if err := build(dir, rounds); err != nil {
					t.Fatalf("operation %d: the next build: %v", k, err)
				}
			}
			s := Open(dir)
			for _, n := range []int{0, rounds} {
				if r, ok := s.Get(fmt.Sprint(n)); !ok || s.Large(r) == nil {
					t.Fatalf("operation %d: %d is not remembered after it", k, n)
				}
			}
			s.Close()
		}
		if failed < 10 || !copied {
			t.Errorf("only %d operations failed a build, the pack was copied: %v: the faults do not bite", failed, copied)
		}
	}
}

// TestPackIsShort: an index that refers to more bytes than the pack has is ignored.
func TestPackIsShort(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	s.Put("a", Key{1}, nil, value(1, 500))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.pack.Truncate(100), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = Open(dir)
	defer s.Close()
	if _, ok := s.Get("a"); ok {
		t.Error("a value that is not there is found")
	}
}

// TestLostWrite: a value that could not be written is not kept, although a later
// value was written after its place.
func TestLostWrite(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	first := true
	defer beneath.Intercept(func(op, path string) error {
		if op == "write" && first {
			first = false
			return syscall.EIO
		}
		return nil
	})()
	for n := range 2 {
		s.Put(fmt.Sprint(n), Key{}, nil, value(n, 2*maxTail))
	}
	if err := errors.Join(s.Save(), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = Open(dir)
	defer s.Close()
	for n := range 2 {
		if r, ok := s.Get(fmt.Sprint(n)); ok && (n == 0 || s.Large(r) == nil) {
			t.Errorf("%d is remembered, and lost", n)
		}
	}
}
