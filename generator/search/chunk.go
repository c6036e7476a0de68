package search

import (
	"encoding/binary"
	"strconv"
)

// A chunk is a file of posting lists. It starts with the length of its
// dictionary in four bytes, little-endian; the dictionary follows, deflated,
// and then the lists, one after the other, each from a whole byte on.
//
// The dictionary has an entry for each list: the length of its key in bytes
// and the key in UTF-8, the number of reports, how many of them hold the key
// in their title or a heading, the number of agencies whose names hold it,
// and the length of the list in bytes; every number is a varint. A list is
// the set of the reports, the set of those places in it that are titles or
// headings, and the set of the agencies, in interpolative code.
type chunk struct {
	dictionary []byte
	lists      bitWriter
}

func chunkName(i int) string { return strconv.Itoa(i) + ".bin" }

func (c *chunk) add(k key, docs, headings, agencies []uint32, reports, allAgencies uint32) {
	start := len(c.lists.out)
	c.lists.list(docs, reports)
	c.lists.list(headings, uint32(len(docs)))
	c.lists.list(agencies, allAgencies)
	c.lists.flush()
	var name [20]byte
	s := k.appendName(name[:0])
	d := binary.AppendUvarint(c.dictionary, uint64(len(s)))
	d = append(d, s...)
	for _, n := range []int{len(docs), len(headings), len(agencies), len(c.lists.out) - start} {
		d = binary.AppendUvarint(d, uint64(n))
	}
	c.dictionary = d
}

func (c *chunk) bytes() []byte {
	packed := deflate(c.dictionary)
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(packed)))
	return append(append(out, packed...), c.lists.out...)
}

// postings is one list, unpacked.
type postings struct {
	docs     []uint32 // report numbers within the volume
	headings []bool   // of docs, those that hold the key in title or heading
	agencies []uint32
}

// find unpacks the list of a key from a chunk file; it is empty where the
// chunk has none. The universes are the numbers of possible reports and agencies.
func find(data []byte, want string, reports, allAgencies int) (p postings, err error) {
	if len(data) < 4 || int(binary.LittleEndian.Uint32(data)) > len(data)-4 {
		return p, errFormat
	}
	n := int(binary.LittleEndian.Uint32(data))
	dictionary, err := inflate(data[4 : 4+n])
	if err != nil {
		return p, err
	}
	lists := data[4+n:]
	d := []byte(dictionary)
	bad := false
	number := func() int {
		v, k := binary.Uvarint(d)
		if k <= 0 || v > 1<<31 {
			bad = true
			return 0
		}
		d = d[k:]
		return int(v)
	}
	for len(d) > 0 && !bad {
		size := number()
		if size > len(d) {
			return p, errFormat
		}
		k := string(d[:size])
		d = d[size:]
		docs, headings, agencies, length := number(), number(), number(), number()
		if bad || length > len(lists) {
			return p, errFormat
		}
		if k != want {
			lists = lists[length:]
			continue
		}
		if docs > reports || headings > docs || agencies > allAgencies {
			return p, errFormat
		}
		r := bitReader{in: lists[:length]}
		p.docs, p.headings = r.list(docs, uint32(reports)), make([]bool, docs)
		for _, i := range r.list(headings, uint32(docs)) {
			p.headings[i] = true
		}
		p.agencies = r.list(agencies, uint32(allAgencies))
		if r.over {
			return p, errFormat
		}
		return p, nil
	}
	if bad {
		return p, errFormat
	}
	return p, nil
}
