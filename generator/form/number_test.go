package form

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGroupedAndPlainAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "n")
		for _, typ := range []Type{Count, Amount, Change} {
			grouped, plain := typ.Grouped(n), typ.Format(n)
			if strings.ReplaceAll(grouped, ",", "") != plain {
				t.Fatalf("%d as type %d: %q and %q", n, typ, grouped, plain)
			}
			whole, _, _ := strings.Cut(strings.TrimPrefix(grouped, "-"), ".")
			for i, part := range strings.Split(whole, ",") {
				if len(part) > 3 || i > 0 && len(part) != 3 || part == "" {
					t.Fatalf("%d: groups in %q", n, grouped)
				}
			}
		}
	})
	for n, want := range map[int64]string{59237_244900: "59,237.2449", -500000: "-0.5", 0: "0", 1: "0.000001", 12_000000: "12"} {
		if got := Amount.Grouped(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
