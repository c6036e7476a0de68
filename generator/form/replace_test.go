package form

import (
	"testing"
	"testing/fstest"
)

// A form of the archive replaces a built-in one only if it has no mistakes, so that
// a mistake in the form does not cause diagnostics in the reports.
func TestBrokenReplacementWaits(t *testing.T) {
	text, err := builtin.ReadFile("forms/cn-2021.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for extra, replaced := range map[string]bool{"\n# mended\n": true, "\nyeers: 2021-\n": false} {
		set, found := Load(fstest.MapFS{"content/forms/own.yaml": {Data: append([]byte(nil), string(text)+extra...)}})
		if (len(found) == 0) != replaced {
			t.Errorf("%q: %v", extra, found)
		}
		f, ok := set.Form("cn-2021")
		if !ok || len(f.Cells) != 200 {
			t.Fatalf("%q: the form is not there", extra)
		}
		if own := f.Relations[0].Place.File == "content/forms/own.yaml"; own != replaced {
			t.Errorf("%q: replaced is %t", extra, own)
		}
	}
}
