package search

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Uint32Range(1, 5000).Draw(t, "size")
		list := slices.Compact(slices.Sorted(slices.Values(rapid.SliceOf(rapid.Uint32Range(0, size-1)).Draw(t, "list"))))
		if rapid.Bool().Draw(t, "run") {
			from := rapid.Uint32Range(0, size-1).Draw(t, "from")
			for i := from; i < min(size, from+300); i++ {
				list = append(list, i)
			}
			slices.Sort(list)
			list = slices.Compact(list)
		}
		if rapid.Bool().Draw(t, "turn") { // what is there and what is missing
			list = slices.DeleteFunc(slices.Collect(func(yield func(uint32) bool) {
				for v := range size {
					if !yield(v) {
						return
					}
				}
			}), func(v uint32) bool { return slices.Contains(list, v) })
		}
		var w bitWriter
		w.list(list, size)
		w.flush()
		r := bitReader{in: w.out}
		got := r.list(len(list), size)
		if !slices.Equal(got, list) || r.over {
			t.Fatalf("%v came back as %v", list, got)
		}
	})
}

// store is a cache and an output in memory.
type store struct {
	mu     sync.Mutex
	values map[[32]byte][]byte
	files  fstest.MapFS
	made   int // files of texts and lists
}

func (s *store) Get(k [32]byte) ([]byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.values[k]
	return v, ok
}

func (s *store) Put(k [32]byte, v []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[k] = bytes.Clone(v)
}

func (s *store) Keep(k [32]byte) bool {
	_, ok := s.Get(k)
	return ok
}

func (s *store) Read(k [32]byte, p []byte, off int64) bool {
	v, ok := s.Get(k)
	return ok && int64(len(p))+off <= int64(len(v)) && copy(p, v[off:]) == len(p)
}

// build makes the index again, as an incremental build does, and returns it.
func (s *store) build(t *testing.T, agencies []Agency) fstest.MapFS {
	t.Helper()
	s.made = 0
	out := fstest.MapFS{}
	kept := func(path string) bool { return s.files[path] != nil }
	list, load := sources(agencies)
	err := Build(list, Options{Load: load, Labels: testLabels, Cache: s, Kept: kept}, func(path string, data []byte) error {
		if data == nil {
			out[path] = s.files[path]
			return nil
		}
		if strings.HasPrefix(path, "search/t/") || strings.HasPrefix(path, "search/g/") {
			s.made++
		}
		out[path] = &fstest.MapFile{Data: data}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.files = out
	return out
}

func sameFiles(t *testing.T, got, want fstest.MapFS) {
	t.Helper()
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Fatalf("%d files, want %d", len(g), len(w))
	}
	for p := range want {
		if !bytes.Equal(got[p].Data, want[p].Data) {
			t.Errorf("%s differs", p)
		}
	}
}

func TestBuildAgainEqualsClean(t *testing.T) {
	agencies := corpus(9, 14, 3)
	s := &store{values: map[[32]byte][]byte{}}
	sameFiles(t, s.build(t, agencies), built(t, agencies))
	s.build(t, agencies)
	if s.made != 0 {
		t.Errorf("nothing changed, and %d files of texts and lists were made", s.made)
	}
	report := func(a *Agency) *Report { return &a.Reports[len(a.Reports)/2] }
	for _, edit := range []func(){
		func() { report(&agencies[40]).Sections[0].Text += "新增的娓娓道来。" },
		func() { agencies[40].Reports = agencies[40].Reports[1:] },
		func() { agencies[3].Name, agencies[3].Short = "改名局", "局" },
		func() { agencies = slices.Delete(agencies, 60, 61) },
		func() {
			agencies = append(agencies, Agency{Path: "z", Name: "新设机构", Kind: "institution", Reports: []Report{{Year: 2019, URL: "agencies/z/2019/", Title: "新"}}})
		},
		func() { clear(s.files) }, // the output is gone, the cache is not
		func() { // a damaged cache
			for k, v := range s.values {
				s.values[k] = v[:len(v)/2]
			}
		},
	} {
		edit()
		sameFiles(t, s.build(t, agencies), built(t, agencies))
	}
}

// A changed sentence leaves the shards of other agencies as they were.
func TestChangeStaysLocal(t *testing.T) {
	agencies := corpus(4, 60, 2)
	before := built(t, agencies)
	changed := slices.Clone(agencies)
	changed[100].Reports = slices.Clone(changed[100].Reports)
	changed[100].Reports[0].Sections = []Section{{Text: "只有这一份改为娓娓动听的话。"}}
	after := built(t, changed)
	folders := func(fsys fstest.MapFS) map[string]bool {
		out := map[string]bool{}
		for p := range fsys {
			if strings.HasPrefix(p, "search/t/") {
				out[strings.Split(p, "/")[2]] = true
			}
		}
		return out
	}
	was, is, left := folders(before), folders(after), 0
	for f := range was {
		if is[f] {
			left++
		}
	}
	if len(was) < 4 || left != len(was)-1 {
		t.Errorf("of %d shards %d are as before", len(was), left)
	}
	r, err := Query(after, "娓娓动听", Filters{})
	if err != nil || len(r.Reports) != 1 {
		t.Errorf("the new text is found %d times, %v", len(r.Reports), err)
	}
	old := Fold(agencies[100].Reports[0].Sections[0].Text)
	r, err = Query(after, old, Filters{})
	if err != nil || slices.ContainsFunc(r.Reports, func(h ReportHit) bool { return h.URL == changed[100].Reports[0].URL }) {
		t.Errorf("the old text is still found, %v", err)
	}
}

func TestPartDoesNotDependOnOrder(t *testing.T) {
	a := corpus(2, 1, 4)[2]
	turned := a
	turned.Reports = slices.Clone(a.Reports)
	slices.Reverse(turned.Reports)
	if !bytes.Equal(Part(&a), Part(&turned)) {
		t.Error("the order of the reports changes the blob")
	}
}

func TestLongReport(t *testing.T) {
	var text strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&text, "第%d项工作", i)
		if i%50 == 0 {
			text.WriteByte('\n')
		}
	}
	agencies := []Agency{
		{Path: "a", Name: "甲局", Kind: "department", Reports: []Report{{Year: 2024, URL: "a/2024/", Title: "甲", Sections: []Section{{Text: text.String()}}}}},
		{Path: "b", Name: "乙局", Kind: "department", Reports: []Report{{Year: 2024, URL: "b/2024/", Title: "乙", Sections: []Section{{Text: "短"}}}}},
	}
	fsys := built(t, agencies)
	for p, f := range fsys {
		if len(f.Data) > 64<<10 {
			t.Errorf("%s has %d bytes", p, len(f.Data))
		}
	}
	for query, want := range map[string]int{"第39999项": 1, "第40000项": 0, "短": 1} {
		r, err := Query(fsys, query, Filters{})
		if err != nil || len(r.Reports) != want {
			t.Errorf("%s: %d reports, %v", query, len(r.Reports), err)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, agencies := range [][]Agency{nil, {{Path: "a", Name: "甲", Kind: "region"}}} {
		fsys := built(t, agencies)
		for _, q := range []string{"", "甲", "没有", "a"} {
			if _, err := Query(fsys, q, Filters{Year: 2024, Agency: "a/b"}); err != nil {
				t.Errorf("%q: %v", q, err)
			}
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	build := func(agencies []Agency, damage func(blob []byte) []byte, emit func(string, []byte) error) error {
		list, load := sources(agencies)
		return Build(list, Options{Load: func(i int) ([]byte, error) {
			blob, err := load(i)
			return damage(blob), err
		}}, emit)
	}
	whole := func(blob []byte) []byte { return blob }
	ignore := func(string, []byte) error { return nil }
	a, b, c := Agency{Path: "a", Name: "a"}, Agency{Path: "a/b", Name: "b"}, Agency{Path: "a-c", Name: "c"}
	twice := Agency{Path: "a", Name: "a", Reports: []Report{{Year: 2024}, {Year: 2024}}}
	for name, list := range map[string][]Agency{
		"out of order": {b, a}, "out of the tree's order": {a, c, b}, "twice": {a, a}, "two reports of a year": {twice},
	} {
		if build(list, whole, ignore) == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for name, damage := range map[string]func([]byte) []byte{
		"empty": func([]byte) []byte { return nil }, "cut": func(blob []byte) []byte { return blob[:len(blob)/3] },
		"another": func([]byte) []byte { return Part(&c) },
	} {
		if build([]Agency{a, b}, damage, ignore) == nil {
			t.Errorf("a blob that is %s: no error", name)
		}
	}
	if err := build([]Agency{a, b, c}, whole, ignore); err != nil {
		t.Error(err)
	}
	broken := errors.New("broken")
	if err := build(corpus(1, 30, 2), whole, func(string, []byte) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("emit fails, and Build says %v", err)
	}
}

// The cache loses the postings of a shard after they were made and before they are
// merged.
func TestLostPostings(t *testing.T) {
	agencies := corpus(9, 14, 3)
	list, load := sources(agencies)
	for name, read := range map[string]func([]byte) bool{
		"lost":    func([]byte) bool { return false },
		"damaged": func(p []byte) bool { copy(p, bytes.Repeat([]byte{7}, len(p))); return true },
	} {
		s := &forgetful{store: store{values: map[[32]byte][]byte{}}, read: read}
		out := fstest.MapFS{}
		if err := Build(list, Options{Load: load, Labels: testLabels, Cache: s}, func(path string, data []byte) error {
			out[path] = &fstest.MapFile{Data: data}
			return nil
		}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sameFiles(t, out, built(t, agencies))
	}
}

type forgetful struct {
	store
	read func([]byte) bool
}

func (s *forgetful) Read(k [32]byte, p []byte, off int64) bool {
	return s.store.Read(k, p, off) && s.read(p)
}

// Rows are read as they were written, and nothing after them is read.
func TestRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(rapid.Just(uint64(0)), rapid.Map(rapid.IntRange(0, 63), func(n int) uint64 { return 1 << n }), rapid.Uint64()), 0, 200).Draw(t, "rows")
		data := append(appendRows(nil, words), 7)
		got := make([]uint64, len(words))
		r := rowReader{data: data}
		for r.open(); r.next(); {
			got[r.row] = r.bits
		}
		if r.bad || len(r.data) != 1 || !slices.Equal(got, words) {
			t.Fatalf("%x came back as %x", words, got)
		}
		cut := rowReader{data: data[:rapid.IntRange(0, len(data)-2).Draw(t, "cut")]}
		for cut.open(); cut.next(); {
		}
		if !cut.bad {
			t.Fatalf("rows that were cut are not noticed")
		}
	})
}

// A unit has at least the letter for its kind.
func TestEmptyUnit(t *testing.T) {
	if _, ok := parseRecord("2024\x1eu/\x1etitle\x1epone\x1e"); ok {
		t.Error("a record with an empty unit is taken for whole")
	}
}

// A host that counts files gets half as many or less, and the same results.
func TestFewer(t *testing.T) {
	agencies := corpus(5, 40, 3)
	fewer := fstest.MapFS{}
	list, load := sources(agencies)
	if err := Build(list, Options{Load: load, Labels: testLabels, Fewer: true}, func(path string, data []byte) error {
		fewer[path] = &fstest.MapFile{Data: data}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	usual := built(t, agencies)
	if len(fewer)*2 > len(usual) {
		t.Errorf("%d files, where there are usually %d", len(fewer), len(usual))
	}
	for _, q := range sample(rand.New(rand.NewPCG(5, 5)), agencies, 60) {
		want, err := Query(usual, q, Filters{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Query(fewer, q, Filters{})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", q, err, diff)
		}
	}
}
