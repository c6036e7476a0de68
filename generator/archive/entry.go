package archive

import (
	"encoding/binary"

	"annals/generator/diag"
	"annals/generator/form"
)

// Entry is what the rest of the archive keeps of a published report: numbers
// and a few words, enough for every page that shows more than one agency. The
// values are packed, because a nation has a million reports of 200 numbers
// and most of them are zero.
type Entry struct {
	Agency    *Agency
	Year      int
	Form      *form.Form
	Title     string
	Published Date
	Updated   Date // the day of publication, or of the last correction after it

	Errors      int // faults published with on_error: mark
	Warnings    int // warnings that are not accepted
	Accepted    int // accepted findings
	Corrections int

	Packed []byte
}

// Value is a fact without its place.
type Value struct {
	N      int64 // for an Amount, times form.Scale
	Status Status
}

// Known reports whether the value is a number to reckon with.
func (v Value) Known() bool { return v.Status == Number }

// Pack stores values in few bytes. A run of zeros is one pair of bytes.
func Pack(facts []Fact) []byte {
	buf := make([]byte, 0, 64)
	for i := 0; i < len(facts); {
		f := facts[i]
		if f.Status == Number && f.Value == 0 {
			run := 1
			for i+run < len(facts) && facts[i+run].Status == Number && facts[i+run].Value == 0 {
				run++
			}
			buf = append(buf, zeros)
			buf = binary.AppendUvarint(buf, uint64(run))
			i += run
			continue
		}
		buf = append(buf, byte(f.Status))
		if f.Status == Number {
			buf = binary.AppendVarint(buf, f.Value)
		}
		i++
	}
	return buf
}

const zeros = 0xff

// Values unpacks the entry's values by cell number into dst, which is reused
// if it is large enough.
func (e *Entry) Values(dst []Value) []Value {
	dst = dst[:0]
	for p := e.Packed; len(p) > 0; {
		status := p[0]
		p = p[1:]
		switch {
		case status == zeros:
			run, n := binary.Uvarint(p)
			p = p[n:]
			for range run {
				dst = append(dst, Value{Status: Number})
			}
		case Status(status) == Number:
			v, n := binary.Varint(p)
			p = p[n:]
			dst = append(dst, Value{N: v, Status: Number})
		default:
			dst = append(dst, Value{Status: Status(status)})
		}
	}
	return dst
}

// Finding is a diagnostic that is shown on a report's page: one that the
// agency accepts with a reason, or, with on_error: mark, a fault.
type Finding struct {
	Diagnostic diag.Diagnostic
	Accepted   bool
	Reason     string
}

// Rollup is a government's year against the sum of its children.
type Rollup struct {
	Year     int
	Form     *form.Form
	Expected int     // children from which a report is expected
	Reported int     // children whose report, in the same form, is in
	Faulty   bool    // one of these reports has errors
	Sums     []Value // by cell number; a sum with an unknown part is not Known
}
