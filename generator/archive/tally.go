package archive

import "annals/generator/wire"

// Standing is what became of an equation when a report was checked.
type Standing uint8

// An equation was held against the printed numbers, or could not be, for the
// reasons that follow.
const (
	Agrees    Standing = iota
	Differs            // the numbers are not what the equation demands
	Explained          // so, and the document is like that: the report accepts the finding

	NoLastYear  // there is no report of the year before
	OtherForm   // the form of the year before has no such cell
	Below       // figures of the agencies below are not there
	FaultyBelow // a report of an agency below has errors
	NoCell      // the document does not have the cell
	NoNumber    // it has something else than a number there
	LeftBlank
	HasToken // a token in the place of a number: / - —

	Standings = iota // how many there are
)

// String returns the word for it in every file.
func (s Standing) String() string {
	return [Standings]string{"agree", "differ", "explained", "no-last-year", "other-form", "below", "faulty-below",
		"missing", "invalid", "blank", "not-applicable"}[s]
}

// Assessed reports whether numbers were held against each other.
func (s Standing) Assessed() bool { return s <= Explained }

// Without is the standing of an equation that lacks a number, because the
// report has a fact of this status there.
func Without(s Status) Standing {
	return [...]Standing{Missing: NoCell, Number: NoNumber, Blank: LeftBlank, NotApplicable: HasToken, Invalid: NoNumber}[s]
}

// Count is the equations of a relation by what became of them.
type Count [Standings]int

// Assessed is how many were held against numbers.
func (c *Count) Assessed() int { return c[Agrees] + c[Differs] + c[Explained] }

// Add adds the counts of another.
func (c *Count) Add(o *Count) {
	for s := range o {
		c[s] += o[s]
	}
}

// Tally is the record of what was checked in a report: for each of its form's
// relations, in their order, how many equations agree, and how many could not
// be checked and why. In a relation with the agencies below, which may state
// more than one equation for a cell, a cell counts once.
type Tally []Count

// Pack encodes a tally in few bytes; Unpack decodes it.
func (t Tally) Pack() string {
	b := make([]byte, 0, 32)
	for rel := range t {
		for s, n := range t[rel] {
			if n > 0 {
				b = wire.AppendUvarint(append(b, byte(s)), uint64(rel))
				b = wire.AppendUvarint(b, uint64(n))
			}
		}
	}
	return string(b)
}

// Unpack decodes the tally of a report in a form with that many relations.
func Unpack(packed string, relations int) Tally {
	t := make(Tally, relations)
	for r := wire.NewReader([]byte(packed)); r.Len() > 0; {
		s, rel, n := r.Byte(), r.Uvarint(), r.Uvarint()
		if int(s) < Standings && rel < uint64(relations) {
			t[rel][s] = int(n)
		}
	}
	return t
}

// Checked is a tally with the numbers that the report's page needs to show it.
type Checked struct {
	Tally     Tally
	Explained []string // the equations that Tally counts so: rule@cell
	Text      Mentioned
	Below     *Rollup // what the report was held against; nil for an agency with none below it
}

// Mentioned counts the numbers in a report's prose. Those that contradict a cell
// are in neither count: what is found about prose is not published by itself.
type Mentioned struct {
	Agree int // equal to a cell that they speak of
	Open  int // not held against any
}
