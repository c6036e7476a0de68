package bind

import (
	"testing"

	"pgregory.net/rapid"
)

// An alignment pairs only equal characters, in order, and finds the whole of a
// text that is contained in the other.
func TestAlign(t *testing.T) {
	letters := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙丙丁一二")), 0, 30)
	rapid.Check(t, func(t *rapid.T) {
		have, want := letters.Draw(t, "have"), letters.Draw(t, "want")
		at, ok := align(have, want)
		if !ok || len(at) != len(want) {
			t.Fatalf("%d places for %d characters", len(at), len(want))
		}
		last := -1
		for j, i := range at {
			if i < 0 {
				continue
			}
			if i <= last || have[i] != want[j] {
				t.Fatalf("%q in %q: %v", string(want), string(have), at)
			}
			last = i
		}
		before, after := letters.Draw(t, "before"), letters.Draw(t, "after")
		whole := append(append(append([]rune{}, before...), want...), after...)
		at, _ = align(whole, want)
		for j, i := range at {
			if i < 0 || j > 0 && i != at[j-1]+1 {
				t.Fatalf("%q is not found as one piece in %q: %v", string(want), string(whole), at)
			}
		}
	})
}

func TestAlignRefusesTooMuch(t *testing.T) {
	if _, ok := align(make([]rune, 10_000), make([]rune, 10_000)); ok {
		t.Error("a hundred million pairs were compared")
	}
}
