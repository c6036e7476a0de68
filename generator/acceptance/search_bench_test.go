package acceptance

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"annals/generator"
	"annals/generator/search"
	"annals/generator/testdata/browsertest"
)

// The search page in Chromium, on a site built from any archive, compared with a
// scan of the text:
//
//	go test ./generator/acceptance -run '^$' -bench SearchPage -benchtime 1x -timeout 2h -archive DIR -site DIR
//
// Of the site only search/ and assets/ are read. Without -site it is built; without
// -archive an archive is made with -sizes reports.
var (
	archiveDir = flag.String("archive", "", "folder that holds content/, for BenchmarkSearchPage")
	siteDir    = flag.String("site", "", "the site of -archive, already built")
	drawn      = flag.Int("drawn", 1000, "substrings of the text that BenchmarkSearchPage asks for")
	absent     = flag.Int("absent", 200, "queries that occur nowhere")
	timedCold  = flag.Int("cold", 150, "cold visits that are measured")
	timedWarm  = flag.Int("warm", 300, "further queries that are measured")
	compared   = flag.Bool("compare", true, "compare what is found with a scan and with Go's answer")
	askSeed    = flag.Uint64("seed", 1, "chooses the queries")
)

// Up to pageAll results are all compared. If there are more, the first pageSome are
// compared, and the number of results if it is exact. If it is only an upper bound,
// the test pages through up to pageProof results to find it.
const (
	pageAll   = 400
	pageSome  = 60
	pageProof = 4000
)

// BenchmarkSearchPage prints a table of costs and results of searches. It fails if
// a result is wrong.
func BenchmarkSearchPage(b *testing.B) {
	fmt.Printf("\n%9s  %-40s %s\n", "reports", "", "")
	if *archiveDir != "" {
		searchPage(b, *archiveDir, *siteDir)
		return
	}
	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			b.Fatal(err)
		}
		dir := b.TempDir()
		fullCorpus(7, n/4, 4).write(b, dir, rand.New(rand.NewPCG(1, 1)))
		searchPage(b, dir, "")
	}
}

func searchPage(b *testing.B, dir, site string) {
	if site == "" {
		site = b.TempDir()
		if _, err := generator.Build(b.Context(), generator.Options{Dir: dir, Out: filepath.Join(site, "public")}); err != nil {
			b.Fatal(err)
		}
		site = filepath.Join(site, "public")
	}
	reports := readReports(b, dir)
	queries := drawQueries(rand.New(rand.NewPCG(*askSeed, 5)), reports, *drawn, *absent)
	row := func(what, format string, args ...any) {
		fmt.Printf("%9d  %-40s %s\n", len(reports), what, fmt.Sprintf(format, args...))
	}
	present := queries[:*drawn]
	x := openSite(b, site)
	coldVisits(b, x, present[:min(*timedCold, len(present))], row)
	warmQueries(b, x, present[max(0, len(present)-*timedWarm):], row)
	askHostile(b, x, row)
	if *compared {
		compareAll(b, x, queries, reports, row)
	}
}

type printRow func(what, format string, args ...any)

// coldVisits opens the page with a query in its address and an empty cache.
func coldVisits(b *testing.B, x *siteTab, queries []*asked, row printRow) {
	var requests, bytes, ms []float64
	few := 0
	for _, q := range queries {
		cost := x.cold(b, q.text)
		requests = append(requests, float64(cost.requests))
		bytes = append(bytes, float64(cost.bytes)/1000)
		ms = append(ms, cost.ms)
		if cost.requests <= 17 {
			few++
		}
	}
	row("cold: requests, median, p90", "%.0f  %.0f   (%d %% of queries need at most 17)", percentile(requests, 50), percentile(requests, 90), few*100/max(1, len(queries)))
	row("cold: KB, median, p90", "%.1f  %.1f", percentile(bytes, 50), percentile(bytes, 90))
	row("cold: ms until all show, median, p95", "%.0f  %.0f", percentile(ms, 50), percentile(ms, 95))
}

// warmQueries types into a page that has answered a query before.
func warmQueries(b *testing.B, x *siteTab, queries []*asked, row printRow) {
	x.open(b)
	x.typed(b, "一")
	var first, all, requests []float64
	for _, q := range queries {
		x.Requests()
		t := x.typed(b, q.text)
		first, all = append(first, t.First), append(all, t.All)
		requests = append(requests, float64(len(x.Requests())))
	}
	row("warm: ms to first results, p50, p95, max", "%.1f  %.1f  %.1f", percentile(first, 50), percentile(first, 95), percentile(first, 100))
	row("warm: ms until ten show, p50, p95, max", "%.1f  %.1f  %.1f", percentile(all, 50), percentile(all, 95), percentile(all, 100))
	row("warm: requests, p50, p90", "%.0f  %.0f", percentile(requests, 50), percentile(requests, 90))
}

// hostileQueries are queries meant to do harm.
var hostileQueries = []string{
	"__proto__", "constructor __proto__ hasOwnProperty", ".*", "[^x]+(", "\\d{2,}", `<img src=x onerror=alert(1)>`, `"><script>1</script>`, `"`,
	strings.Repeat("政府信息公开", 600), strings.Repeat("a b c 政 ", 1000), strings.Repeat(`"政`, 2500), strings.Repeat("(a+)+", 2000), strings.Repeat("政", 10000),
}

// askHostile measures how long the page is busy with them.
func askHostile(b *testing.B, x *siteTab, row printRow) {
	x.open(b)
	x.typed(b, "一")
	var ms []float64
	for _, q := range hostileQueries {
		ms = append(ms, x.typed(b, q).All)
		x.typed(b, "一") // so that each query is a change
	}
	for _, q := range []string{`"\ud800政"`, `"\udfff"`, `"政\ud800".repeat(2000)`} {
		ms = append(ms, browsertest.Eval[typedTimes](b, x, `type(`+q+`)`).All)
		x.typed(b, "一")
	}
	row("hostile: ms until answered, median, max", "%.1f  %.1f", percentile(ms, 50), percentile(ms, 100))
}

// compareAll pages through the results of every query, and compares them with the
// scan and with the reference in Go.
func compareAll(b *testing.B, x *siteTab, queries []*asked, reports []*scanned, row printRow) {
	x.open(b)
	recall, precision := 0.0, 0.0
	shown, whole, counted, agree := 0, 0, 0, 0
	for _, q := range queries {
		got := x.paged(b, q.text)
		want, err := search.Query(x.site, q.text, search.Filters{Limit: max(1, len(got.URLs))})
		if err != nil {
			b.Fatal(err)
		}
		right := map[string]bool{}
		for _, i := range q.found {
			right[reports[i].url] = true
		}
		good := map[string]bool{}
		for _, u := range got.URLs {
			if right[u] {
				good[u] = true
			}
		}
		var byGo []string
		for _, r := range want.Reports {
			byGo = append(byGo, r.URL)
		}
		shown += len(got.URLs)
		found := len(good)
		switch {
		case got.Whole:
			whole++
		case got.Proven:
			counted++
			found = got.Total
		default: // shown in part, with an upper bound of the number
			found = len(q.found)
		}
		recall += share(min(found, len(q.found)), len(q.found))
		precision += share(len(good), len(got.URLs))
		if slices.Equal(byGo, got.URLs) && want.Total == len(q.found) {
			agree++
		} else {
			b.Errorf("%q: Go finds %d reports, the text holds it in %d; of the first %d Go has %d, and maybe in another order", q.text, want.Total, len(q.found), len(got.URLs), len(byGo))
		}
		if len(good) != len(got.URLs) || found != len(q.found) || got.Total < len(q.found) {
			b.Errorf("%q: the text holds it in %d reports; the page says %d, shows %d, of them %d right", q.text, len(q.found), got.Total, len(got.URLs), len(good))
		}
	}
	n := float64(len(queries))
	row("recall, precision", "%.2f %%  %.2f %%   (%d queries, %d of them of what is nowhere)", recall/n*100, precision/n*100, len(queries), *absent)
	row("compared with every result paged through", "%d   (%d reports)", whole, shown)
	row("with the number, and the first results", "%d", counted)
	row("with the first results alone", "%d", len(queries)-whole-counted)
	row("answered alike by Go, in order", "%d", agree)
	for _, fault := range x.Faults() {
		b.Error(fault)
	}
}

func share(part, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(part) / float64(of)
}

// percentile returns the value that p per cent of the values do not exceed.
func percentile(list []float64, p int) float64 {
	if len(list) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(list))[max(0, (len(list)*p+99)/100-1)]
}
