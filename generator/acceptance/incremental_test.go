package acceptance

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"annals/generator"
)

// Thousands of edits: go test ./generator/acceptance -run Incremental -seeds 100 -timeout 1h
var modelSeeds = flag.Int("seeds", 6, "archives that TestIncrementalEqualsClean edits")

// An incremental build equals a clean one, byte for byte, whatever was done to the
// archive before. The expected result is that of a clean build.
func TestIncrementalEqualsClean(t *testing.T) {
	seeds, edits := *modelSeeds, 25
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			model(t, uint64(seed), edits)
		})
	}
}

func model(t *testing.T, seed uint64, edits int) {
	rng := rand.New(rand.NewPCG(seed, 1))
	dir := t.TempDir()
	start(t, dir)
	m := &editor{t: t, dir: dir, rng: rng}
	opt := generator.Options{Dir: dir, Out: filepath.Join(dir, "public"), Workers: 1 + int(seed%3)}
	var last map[string]string
	var log []string
	for range edits {
		for range 1 + rng.IntN(3) {
			log = append(log, m.edit())
		}
		res, err := generator.Build(t.Context(), opt)
		if err != nil {
			t.Fatalf("%v\n%s", err, strings.Join(log, "\n"))
		}
		got := files(t, opt.Out)
		clean, ok, found := cleanBuild(t, dir)
		if ok != res.Published {
			t.Fatalf("published %t, a clean build %t\n%s", res.Published, ok, strings.Join(log, "\n"))
		}
		if diff := difference(printed(t, dir, res), printed(t, dir, found)); diff != "" {
			t.Fatalf("%s\nafter:\n%s", diff, strings.Join(log, "\n"))
		}
		if !ok {
			clean = last // with errors the published site is not changed
		}
		if diff := difference(got, clean); diff != "" {
			t.Fatalf("%s\nafter:\n%s", diff, strings.Join(log, "\n"))
		}
		last = got
	}
}
