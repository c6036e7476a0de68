package archive

import (
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/wire"
)

// Entry is a summary of a published report that stays in memory: its numbers
// and a few words, enough for every page that shows more than one agency. The
// values are packed, because a nation has a million reports of 200 numbers and
// most of them are zero.
type Entry struct {
	Agency    *Agency
	Year      int
	Form      *form.Form
	Title     string
	Published Date
	FromPage  bool // Published was taken from a web page
	Updated   Date // the day of publication, or of the last correction after it

	Errors      int // faults published with on_error: mark
	Accepted    int // accepted findings of rules whose findings are published
	Corrections int

	Checked    string      // the Tally, packed; Unpack has it again
	Departures []Departure // what quality/findings.json lists

	Packed []byte // the values of Report.BaseFacts, made by Pack
}

// The sizes in bytes of the shortest entry and departure that Append can write.
const (
	leastEntry     = 16
	leastDeparture = 7
)

// Append appends the entry to b, without its agency. ReadEntries reads it again.
// The bytes also serve as input of a hash, because an entry holds everything that
// the pages and files of several agencies show of a report.
func (e *Entry) Append(b []byte) []byte {
	b = wire.AppendString(b, e.Form.ID)
	b = wire.AppendString(b, e.Title)
	for _, n := range e.numbers() {
		b = wire.AppendUvarint(b, uint64(*n))
	}
	b = wire.AppendString(wire.AppendBool(b, e.FromPage), e.Packed)
	b = wire.AppendUvarint(wire.AppendString(b, e.Checked), uint64(len(e.Departures)))
	for _, d := range e.Departures {
		for _, s := range [...]string{d.Rule, d.Cell, d.Severity, d.Message, d.Reason, d.By} {
			b = wire.AppendString(b, s)
		}
		b = wire.AppendBool(b, d.Accepted)
	}
	return b
}

func (e *Entry) numbers() [10]*int {
	return [...]*int{&e.Year, &e.Published.Year, &e.Published.Month, &e.Published.Day,
		&e.Updated.Year, &e.Updated.Month, &e.Updated.Day, &e.Errors, &e.Accepted, &e.Corrections}
}

// ReadEntries reads a count and that many entries, each as Append wrote it. If
// the form of an entry is not in forms any more it calls r.Fail.
func ReadEntries(r *wire.Reader, forms *form.Set) []Entry {
	n := r.Count(leastEntry)
	if n == 0 {
		return nil
	}
	list := make([]Entry, n)
	for i := range list {
		e := &list[i]
		var ok bool
		if e.Form, ok = forms.Form(r.String()); !ok {
			r.Fail()
		}
		e.Title = r.String()
		for _, n := range e.numbers() {
			*n = int(r.Uvarint())
		}
		e.FromPage = r.Bool()
		e.Packed = r.Bytes()
		e.Checked = r.String()
		for range r.Count(leastDeparture) {
			e.Departures = append(e.Departures, Departure{Rule: r.String(), Cell: r.String(), Severity: r.String(), Message: r.String(), Reason: r.String(), By: r.String(), Accepted: r.Bool()})
		}
	}
	return list
}

// Value is the value of a Fact, without its text and its place in the file.
type Value struct {
	N      int64 // for an Amount, times form.Scale
	Status Status
}

// Known reports whether the value is a number, which sums may use.
func (v Value) Known() bool { return v.Status == Number }

// Pack encodes the values of facts in few bytes: a run of zeros takes two. Values
// decodes them.
func Pack(facts []Fact) []byte {
	b := make([]byte, 0, 64)
	for i := 0; i < len(facts); {
		run := 0
		for i+run < len(facts) && facts[i+run].Status == Number && facts[i+run].Value == 0 {
			run++
		}
		if run > 0 {
			b = wire.AppendUvarint(append(b, zeros), uint64(run))
			i += run
			continue
		}
		b = append(b, byte(facts[i].Status))
		if facts[i].Status == Number {
			b = wire.AppendVarint(b, facts[i].Value)
		}
		i++
	}
	return b
}

const zeros = 0xff

// Values unpacks the entry's values by cell of Form.Base() into dst, which is reused
// if it is large enough.
func (e *Entry) Values(dst []Value) []Value {
	dst = dst[:0]
	for r := wire.NewReader(e.Packed); r.Len() > 0; {
		switch status := r.Byte(); {
		case status == zeros:
			for range r.Uvarint() {
				dst = append(dst, Value{Status: Number})
			}
		case Status(status) == Number:
			dst = append(dst, Value{N: r.Varint(), Status: Number})
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
	By         string // whose reason it is: ByAgency or ByArchive
	Private    bool   // of a rule whose findings are not published: shown on the page alone, for its reason
}

// Departure is a finding as files for other programs have it.
type Departure struct {
	Rule     string `json:"rule"`
	Cell     string `json:"cell,omitempty"`
	Severity string `json:"severity"`
	Accepted bool   `json:"accepted"`
	Message  string `json:"message"` // in the site's language
	Reason   string `json:"reason,omitempty"`
	By       string `json:"by,omitempty"` // "archive" where the reason is the archive's, not the agency's
}

// Departure returns a finding with its words in a language.
func (f *Finding) Departure(tag lang.Tag) Departure {
	d := &f.Diagnostic
	x := Departure{Rule: d.Rule, Cell: d.Cell, Severity: d.Severity.String(), Accepted: f.Accepted, Message: d.Message.In(tag), Reason: f.Reason}
	if f.By == ByArchive {
		x.By = f.By
	}
	return x
}

// Rollup holds the sums over a government's children for a year, with which its
// own report is compared.
type Rollup struct {
	Year     int
	Form     *form.Form
	Expected int     // children from which a report is expected
	Reported int     // children whose report, in the same form or a variant, is in
	Faulty   bool    // one of these reports has errors
	Sums     []Value // by cell of Form; see RollUp for when a sum is not Known
}
