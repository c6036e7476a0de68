package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/s2"

	"annals/generator/wire"
)

// partVersion is the first byte of a blob. A blob of another version, from
// an old cache, is refused.
const partVersion = 2

// Part turns an agency into the blob that Build takes. It depends on nothing
// but the agency and may be called from several goroutines at once.
func Part(a *Agency) []byte {
	former := make([]string, len(a.Former))
	for i, s := range a.Former {
		former[i] = clean(s)
	}
	reports := slices.Clone(a.Reports)
	slices.SortStableFunc(reports, func(x, y Report) int { return y.Year - x.Year })

	var years []string
	buf := unpacked.Get().(*[]byte)
	defer unpacked.Put(buf)
	text := (*buf)[:0]
	for i := range reports {
		if i > 0 {
			text = append(text, groupSep...)
		}
		text = appendReport(text, &reports[i])
		years = append(years, strconv.Itoa(reports[i].Year))
	}
	*buf = text
	head := strings.Join([]string{
		clean(a.Path), clean(a.Kind), clean(a.Name), clean(a.Short), strings.Join(former, partSep), strings.Join(years, partSep),
	}, fieldSep)

	out := make([]byte, 0, 1+binary.MaxVarintLen64+len(head)+s2.MaxEncodedLen(len(text)))
	out = append(out, partVersion)
	out = wire.AppendString(out, head)
	// s2 is chosen for speed rather than size: blobs stay in the cache and are
	// read again only when an agency of the same shard changes. What the site
	// serves is compressed separately.
	packed := s2.Encode(out[len(out):cap(out)], text)
	return slices.Clip(append(out, packed...))
}

// part is the head of a blob: what Build keeps of an agency. The reports are
// only unpacked where the agency's shard must be made.
type part struct {
	path, kind string
	names      []string // the name, then the short and former ones, none empty or twice
	years      []int    // newest first
	packed     []byte
}

var errPart = errors.New("search: a blob that Part did not make")

func parsePart(blob []byte) (p part, err error) {
	in := wire.NewReader(blob)
	version, head := in.Byte(), in.String()
	f := strings.Split(head, fieldSep)
	if version != partVersion || in.Bad() || len(f) != 6 {
		return p, errPart
	}
	p.path, p.kind, p.packed = f[0], f[1], in.Fixed(in.Len())
	for _, s := range append([]string{f[2], f[3]}, strings.Split(f[4], partSep)...) {
		if s != "" && !slices.Contains(p.names, s) {
			p.names = append(p.names, s)
		}
	}
	if len(p.names) == 0 {
		p.names = []string{p.path}
	}
	if f[5] == "" {
		return p, nil
	}
	for s := range strings.SplitSeq(f[5], partSep) {
		y, err := strconv.Atoi(s)
		if err != nil {
			return p, errPart
		}
		if m := len(p.years); m > 0 && p.years[m-1] <= y {
			return p, fmt.Errorf("search: %s has two reports of %d", p.path, y)
		}
		p.years = append(p.years, y)
	}
	return p, nil
}

// unpacked has buffers for texts that are packed or copied at once.
var unpacked = sync.Pool{New: func() any { return new([]byte) }}

// reports unpacks the agency's reports, in the order of its years.
func (p *part) reports() ([]record, error) {
	if len(p.years) == 0 {
		return nil, nil
	}
	buf := unpacked.Get().(*[]byte)
	defer unpacked.Put(buf)
	text, err := s2.Decode((*buf)[:cap(*buf)], p.packed)
	if err != nil {
		return nil, errPart
	}
	*buf = text
	out := make([]record, 0, len(p.years))
	for g := range strings.SplitSeq(string(text), groupSep) {
		r, ok := parseRecord(g)
		if !ok || len(out) >= len(p.years) || r.year != p.years[len(out)] {
			return nil, errPart
		}
		out = append(out, r)
	}
	if len(out) != len(p.years) {
		return nil, errPart
	}
	return out, nil
}

var inflaters = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// inflate unpacks a raw deflate stream.
func inflate(data []byte) (string, error) {
	r := inflaters.Get().(io.ReadCloser)
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(data), nil); err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(len(data) * 4)
	if _, err := io.Copy(&b, r); err != nil {
		return "", fmt.Errorf("search: %w", err)
	}
	return b.String(), nil
}

// deflateLevel 4 takes three quarters of the time of level 6, whose output is
// only 3 % smaller. Levels above 6 take twice as long as level 6.
const deflateLevel = 4

// deflaters compress the files that the site serves.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, deflateLevel)
	if err != nil {
		panic(err) // a constant level
	}
	return w
}}

func deflate(data []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(data)/3 + 64)
	w := deflaters.Get().(*flate.Writer)
	w.Reset(&out)
	w.Write(data) // a bytes.Buffer does not fail
	w.Close()
	deflaters.Put(w)
	return out.Bytes()
}
