// Package wording judges the words of a report: of which period and year it
// speaks, which notices it cites, whether it is a template still, and whether its
// parts say what they must.
//
//	words := wording.New(forms)              // once
//	found := words.Judge(report, prose.Of(report))
//
// All that it knows stands in data. What belongs to a form, such as the notices
// that prescribe it, is the form's review (form.Review); how a language says a year
// or a period is its locale's (locale.Wording). The words of both are looked for
// in one pass over the text; the rules then look at what stands around those that
// were found, within the sentence.
//
// A published report is right until its words prove otherwise: a sentence that is
// not understood says nothing. Each rule tells a fault once for a report, where it
// stands first, with the other places as related ones.
package wording

import (
	"sync"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/locale"
	"annals/generator/prose"
)

// Words are the words of forms, by which reports on them are judged.
type Words struct {
	of map[*form.Form]func() *words
}

// New returns the words of forms. Those of a form are gathered when the first
// report on it is judged.
func New(forms *form.Set) *Words {
	w := &Words{of: map[*form.Form]func() *words{}}
	for _, f := range forms.Forms() {
		if f.Review != nil && f.Language.Wording != nil {
			w.of[f] = sync.OnceValue(func() *words { return gather(f) })
		}
	}
	return w
}

// Judge returns what is wrong with the words of a report. There is nothing where
// its form or language knows no words, where the form is not that of the year, which
// is told already, and where the text is not the document's own.
func (w *Words) Judge(r *archive.Report, text *prose.Text) []diag.Diagnostic {
	of := w.of[r.Form]
	if of == nil || len(text.Parts) == 0 || !r.Form.Covers(r.Year) {
		return nil
	}
	words := of()
	j := &judge{words: words, r: r, text: text, lang: r.Form.Language.Wording, review: r.Form.Review}
	room := rooms.Get().(*[]hit)
	defer rooms.Put(room)
	*room = words.find(text.Norm, (*room)[:0])
	j.hits = *room
	j.spoken = make([]speech, len(j.review.Aspects))
	j.headings()
	for s := range j.sentences {
		for _, rule := range sentenceRules {
			if s.kinds&rule.kinds != 0 {
				rule.judge(j, s)
			}
		}
	}
	if !r.Draft { // what is not written yet is not missing
		j.aspects()
		j.filled()
		j.feeStatement()
	}
	return j.found
}

// sentenceRules are the rules about sentences, each with the kinds of words without
// which it has nothing to say of one. What they find comes in the text's order, the
// rules' within a sentence.
var sentenceRules = []struct {
	kinds uint32
	judge func(*judge, *sentence)
}{
	{1<<cue | 1<<yearMark, (*judge).period},
	{1 << yearMark, (*judge).years},
	{1<<cited | 1<<number, (*judge).notices},
	{1 << older, (*judge).columns},
	{1<<template | 1<<sign | 1<<prompt | 1<<unit | 1<<date, (*judge).template},
	{1<<say | 1<<also, (*judge).speaks},
	{1 << fee, (*judge).fee},
}

// rooms holds lists of hits, of which every report needs one for a moment.
var rooms = sync.Pool{New: func() any { return new([]hit) }}

// judge is a report while its words are judged.
type judge struct {
	*words
	r      *archive.Report
	text   *prose.Text
	lang   *locale.Wording
	review *form.Review
	hits   []hit    // in the order of the text
	spoken []speech // by aspect
	found  []diag.Diagnostic
}

// sentence is a sentence with the words that were found in it.
type sentence struct {
	*prose.Sentence
	part  *prose.Part
	at    int // in the part
	hits  []hit
	kinds uint32 // of the hits, a bit each
}

// sentences yields the sentences in which a word was found.
func (j *judge) sentences(yield func(*sentence) bool) {
	rest := j.hits
	var s sentence
	for p := range j.text.Parts {
		part := &j.text.Parts[p]
		for i := range part.Sentences {
			s = sentence{Sentence: &part.Sentences[i], part: part, at: i}
			n := 0
			for ; n < len(rest) && rest[n].From < s.To; n++ {
				s.kinds |= 1 << rest[n].kind
			}
			if s.hits, rest = rest[:n], rest[n:]; n > 0 && !yield(&s) {
				return
			}
		}
	}
}

// of returns the words of a kind that were found in the sentence.
func (s *sentence) of(k kind) (list []hit) {
	for _, h := range s.hits {
		if h.kind == k {
			list = append(list, h)
		}
	}
	return list
}

// has reports whether a word of a kind was found in the sentence.
func (s *sentence) has(k kind) bool { return s.kinds&(1<<k) != 0 }

// clause returns the clause of the sentence in which an offset lies.
func (s *sentence) clause(at int) prose.Stretch {
	for _, c := range s.Clauses {
		if at < c.To {
			return c
		}
	}
	return s.Stretch
}

// tell adds a finding about a stretch of a sentence.
func (j *judge) tell(key string, s *sentence, at prose.Stretch, args ...any) {
	d := diag.New(key, j.text.Place(at), append(args, "words", j.text.Raw(at))...)
	d.Text = j.text.Raw(s.Stretch)
	j.add(d)
}

// add adds a finding. The first one of a rule takes the later ones in: one fault is
// told once, however often it stands there.
func (j *judge) add(d diag.Diagnostic) {
	for i := range j.found {
		if first := &j.found[i]; first.Rule == d.Rule {
			if len(first.Related) < mostRelated {
				*first = first.With(d.Place, d.Message)
			}
			return
		}
	}
	j.found = append(j.found, d)
}

// mostRelated is how many more places of a fault are shown.
const mostRelated = 8

// quoted reports whether an offset stands between quotation marks or in the title of
// a document, as far as its paragraph shows.
func (j *judge) quoted(at int) bool {
	depth := 0
	for i := at; i > 0 && depth <= 0; {
		c, size := lastRune(j.text.Norm[:i])
		if c == '\n' {
			return false
		}
		i -= size
		if side := j.quotes[c]; side != 0 {
			depth += side
		}
	}
	return depth > 0
}
