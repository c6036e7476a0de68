package export

import (
	_ "embed"
	"sync"

	"annals/generator/bug"
	"annals/generator/site"
	"annals/generator/sitemap"
)

// JSON Schemas of report.json, of the rules of the forms, and of findings.json with
// the files that it names.
var (
	//go:embed report.schema.json
	reportSchema []byte
	//go:embed rules.schema.json
	rulesSchema []byte
	//go:embed findings.schema.json
	findingsSchema []byte
)

// Global writes the files that hold more than one agency, and returns their
// descriptions for the data page. The shards are written by the given number of
// goroutines, so emit may be called by several at a time.
func (e *Exporter) Global(in *site.Archive, free []*site.Free, workers int, emit Emit) ([]site.DataFile, []site.Link, error) {
	shards := site.Shards(in.Roots, site.ShardLimit)
	results := make([]shardResult, len(shards))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for i := range next {
				func() {
					defer bug.Catch(&results[i].err)
					results[i] = e.shard(in, &shards[i], len(shards) == 1, emit)
				}()
			}
		})
	}
	for i := range shards {
		next <- i
	}
	close(next)
	wg.Wait()
	for i := range results {
		if results[i].err != nil {
			return nil, nil, results[i].err
		}
	}
	files, err := e.lists(in, emit)
	if err != nil {
		return nil, nil, err
	}
	changed, err := e.changes(in, emit)
	if err != nil {
		return nil, nil, err
	}
	files = append(files, changed...)
	for i := len(in.Years) - 1; i >= 0; i-- {
		for k := range results {
			files = append(files, results[k].files[i]...)
		}
	}
	if err := e.index(in, shards, results, emit); err != nil {
		return nil, nil, err
	}
	if err := e.findings(in, results, emit); err != nil {
		return nil, nil, err
	}
	forms, err := e.describe(in.Forms, emit)
	if err != nil {
		return nil, nil, err
	}
	if err := e.datapackage(files, forms, emit); err != nil {
		return nil, nil, err
	}
	for _, schema := range []struct {
		path string
		data []byte
	}{{sitemap.ReportSchema, reportSchema}, {sitemap.RulesSchema, rulesSchema}, {sitemap.FindingsSchema, findingsSchema}} {
		if err := emit(schema.path, schema.data); err != nil {
			return nil, nil, err
		}
	}
	return files, forms, e.feeds(in, free, emit)
}
