package mentions

import (
	"annals/generator/form"
	"annals/generator/prose"
)

// denied reads what is said to be none behind a denial: 未发生因政府信息公开引起的
// 行政复议和行政诉讼. Of nouns that follow each other the last one counts, the others
// only describe it; a join keeps both. All up to the end of the clause must be
// known: 未发生行政复议被改变的情形 says nothing of reviews as such.
func (j *judge) denied(s *prose.Sentence, i int) {
	x := j.scan
	topic := x.before[i].topic
	type said struct {
		phrase *form.Phrase
		token  int
	}
	var heads []said
	var pending *said
	for k := i + 1; k <= len(x.list); k++ {
		x.look()
		if k == len(x.list) || x.list[k].kind == stop || x.list[k].kind == closed || x.list[k].kind == open {
			break
		}
		t := &x.list[k]
		if t.kind == pause || t.has(joins) && !t.has(filler) {
			if pending != nil {
				heads, pending = append(heads, *pending), nil
			}
			continue
		}
		if t.kind == blank || t.kind == dated && x.symbols[t.from].r == symThis {
			continue
		}
		if t.kind != worded || t.word.roles&(never|subject|channel|changes|nearly|each|except|otherYear|partOfYear) != 0 {
			return
		}
		p := x.usable(k, t.word.zeros, topic)
		switch {
		case p != nil && !p.Strong:
			pending = &said{p, k}
		case len(t.word.nouns) > 0:
			pending = nil
		case t.has(filler | thisYear), t.word.fills != 0, t.word.about:
		default:
			return
		}
		for _, n := range t.word.nouns {
			if x.opens(k, n, topic) {
				topic = int8(n)
				break
			}
		}
	}
	if pending != nil {
		heads = append(heads, *pending)
	}
	for _, h := range heads {
		j.none(s, i, h.token, h.phrase)
	}
}

// saidNone reads words that say by themselves that there was none: 上年无结转.
func (j *judge) saidNone(s *prose.Sentence, i int) {
	x := j.scan
	if p := x.usable(i, x.list[i].word.zeros, x.before[i].topic); p != nil && p.Strong {
		j.none(s, i, i, p)
	}
}

// none judges a statement that there was none of what the words at a token are.
func (j *judge) none(s *prose.Sentence, from, at int, p *form.Phrase) {
	x := j.scan
	m := Mention{
		Number: x.at(at, at+1), Phrase: x.at(from, at+1), Sentence: s.Stretch, Zero: true, step: form.Scale, Agrees: -1,
	}
	if from != at {
		m.Phrase = m.Number
	}
	m.Reason = j.restricted(found{from: from, to: at + 1, phrases: []*form.Phrase{p}}, from)
	j.hold(&m, []*form.Phrase{p})
	j.Mentions = append(j.Mentions, m)
}
