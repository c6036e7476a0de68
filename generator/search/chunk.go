package search

import (
	"strconv"

	"annals/generator/wire"
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
	d := wire.AppendString(c.dictionary, s)
	for _, n := range []int{len(docs), len(headings), len(agencies), len(c.lists.out) - start} {
		d = wire.AppendUvarint(d, uint64(n))
	}
	c.dictionary = d
}

func (c *chunk) bytes() []byte {
	packed := deflate(c.dictionary)
	out := wire.AppendUint32(nil, uint32(len(packed)))
	return append(append(out, packed...), c.lists.out...)
}

// postings is one list, unpacked.
type postings struct {
	docs     []uint32 // report numbers within the volume
	headings []bool   // of docs, those that hold the key in title or heading
	agencies []uint32
}

// find unpacks the list of a key from a chunk file; the result is empty where
// the chunk has no such key. The numbers of reports and agencies that can occur
// in a list must be those that the list was written with.
func find(data []byte, want string, reports, allAgencies int) (p postings, err error) {
	file := wire.NewReader(data)
	packed := file.Fixed(int(file.Uint32()))
	if file.Bad() {
		return p, errFormat
	}
	dictionary, err := inflate(packed)
	if err != nil {
		return p, err
	}
	d := wire.NewReader([]byte(dictionary))
	number := func() int { return int(min(d.Uvarint(), 1<<31)) }
	for d.Len() > 0 {
		k := d.String()
		docs, headings, agencies := number(), number(), number()
		list := file.Fixed(number())
		if d.Bad() || file.Bad() {
			return p, errFormat
		}
		if k != want {
			continue
		}
		if docs > reports || headings > docs || agencies > allAgencies {
			return p, errFormat
		}
		r := bitReader{in: list}
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
	return p, nil
}
