package export

import (
	"crypto/sha256"
	"slices"
	"strconv"

	"annals/generator/archive"
	"annals/generator/site"
)

// shardResult describes the files written for a shard.
type shardResult struct {
	files   [][]site.DataFile // by index of year
	rows    []string          // by index of year: for each row of the year's form 1 if it has a file
	quality []*qualityYear    // by index of year
	err     error
}

// record is a report of a shard in one year, unpacked.
type record struct {
	entry  *archive.Entry
	at     int // the agency's index in the shard
	values []archive.Value
}

func (e *Exporter) shard(in *site.Archive, s *site.Shard, only bool, emit Emit) shardResult {
	res := shardResult{files: make([][]site.DataFile, len(in.Years)), rows: make([]string, len(in.Years)), quality: make([]*qualityYear, len(in.Years))}
	entries := make([][]archive.Entry, len(s.Agencies))
	for i, a := range s.Agencies {
		entries[i] = in.Reports(a)
	}
	done := func() error { return nil }
	if in.Open != nil {
		own, finish, err := in.Open("shard/"+s.ID, shardKey(in, s, only, entries))
		if err != nil {
			res.err = err
			return res
		}
		emit = own // nil where the files exist already; they are still listed
		if finish != nil {
			done = finish
		}
	}
	var spare [][]archive.Value
	for i, year := range in.Years {
		var records []record
		for at, list := range entries {
			k, ok := slices.BinarySearchFunc(list, year, func(x archive.Entry, y int) int { return x.Year - y })
			if !ok {
				continue
			}
			var values []archive.Value
			if n := len(spare); n > 0 {
				values, spare = spare[n-1], spare[:n-1]
			}
			records = append(records, record{&list[k], at, list[k].Values(values)})
		}
		if res.files[i], res.err = e.yearFiles(year, s, only, records, emit); res.err != nil {
			return res
		}
		if res.rows[i], res.err = e.exploreYear(in, year, s, records, emit); res.err != nil {
			return res
		}
		if res.quality[i], res.err = e.quality(year, s, only, records, emit); res.err != nil {
			return res
		}
		for _, r := range records {
			spare = append(spare, r.values)
		}
	}
	if emit != nil {
		if res.err = e.exploreAgencies(in, s, entries, emit); res.err == nil {
			res.err = done()
		}
	}
	return res
}

// shardKey changes whenever anything in the shard's files does.
func shardKey(in *site.Archive, s *site.Shard, only bool, entries [][]archive.Entry) [32]byte {
	b := strconv.AppendBool([]byte(s.ID+"\x00"+s.Name+"\x00"), only)
	for _, y := range in.Years {
		b = strconv.AppendInt(append(b, ' '), int64(y), 10)
	}
	h := sha256.New()
	for i, a := range s.Agencies {
		b = append(append(b, a.Path...), 0)
		b = append(append(b, a.Name...), 0)
		b = append(append(b, a.Kind...), 0)
		for k := range entries[i] {
			b = entries[i][k].Append(b)
		}
		h.Write(b)
		b = b[:0]
	}
	return [32]byte(h.Sum(nil))
}
