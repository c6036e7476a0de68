package mentions

import "annals/generator/form"

// found is the phrase of a number.
type found struct {
	from, to int            // its tokens
	phrases  []*form.Phrase // several where they share the number: 予以公开和部分公开共5件
	noun     bool           // a noun of the topic stands in it, or between it and the number
	reason   Reason         // why there is none, or why it cannot be judged
	at       int            // the token that is the reason, or -1
	right    bool           // it stands behind the number
}

// usable returns the phrase of the word at a token that means something where a topic is open, or nil.
// Of several, one whose list is not being told gives way to the others.
func (x *scan) usable(i int, list []int, topic int8) (unlisted *form.Phrase) {
	for _, k := range list {
		p := x.phrase[k]
		if p.Listed && p.List != x.lastList {
			if unlisted == nil && int(topic) == p.Topic {
				unlisted = p
			}
			continue
		}
		if int(topic) == p.Topic || p.Strong && topic == undecided {
			return p
		}
		for _, n := range x.list[i].word.nouns {
			if n == p.Topic && x.opens(i, n, topic) {
				return p
			}
		}
	}
	return unlisted
}

// topicOf is what a number's sentence is about: what is open before it, or what
// the noun behind it opens, 收到8份政府信息公开申请.
func (x *scan) topicOf(i int) (topic int8, noun bool) {
	topic = x.before[i].topic
	for j := i + 1; j < len(x.list) && j <= i+4; j++ {
		t := &x.list[j]
		if t.kind == blank {
			continue
		}
		if t.kind != worded {
			break
		}
		if t.has(subject) {
			return shut, false
		}
		for _, n := range t.word.nouns {
			if x.opens(j, n, topic) {
				return int8(n), true
			}
		}
		if !t.has(filler) {
			break
		}
	}
	return topic, false
}

// left looks for the phrase to the left of the number at a token.
func (x *scan) left(i int, topic int8) found {
	var weak found
	noun := false
	give := func(reason Reason, at int) found {
		if weak.phrases != nil {
			return weak
		}
		return found{reason: reason, at: at}
	}
	var inexact bool
	for j := i - 1; j >= 0; j-- {
		x.look()
		t := &x.list[j]
		switch t.kind {
		case unknown:
			return give(Between, j)
		case stop, pause, numeric, code, closed:
			return give(NoPhrase, -1)
		case open, colon, blank:
			continue
		case dated:
			switch x.symbols[t.from].r {
			case symThis, symDate:
				continue
			}
			return give(OtherYear, j)
		}
		w := t.word
		if w.roles&(never|subject) != 0 {
			return give(Between, j)
		}
		if p := x.usable(j, w.phrases, topic); p != nil && !(p.Listed && x.lastList != p.List && w.roles&filler != 0) {
			f := found{from: j, to: j + 1, phrases: []*form.Phrase{p}, noun: noun || len(w.nouns) > 0, at: -1}
			if p.Listed && x.lastList != p.List {
				return give(NoPhrase, -1)
			}
			if inexact {
				f.reason = Inexact
			}
			if !p.Weak {
				return x.shared(f, topic)
			}
			if weak.phrases == nil {
				weak = f
			}
			noun = true
			continue
		}
		switch r := w.roles; {
		case x.belongs(w, topic):
			noun = true
		case r&filler == 0 && (len(w.nouns) > 0 || len(w.phrases) > 0):
			return give(OffTopic, j)
		case r&nearly != 0:
			inexact = true
		case r&changes != 0, r&(compares|compared) != 0 && r&joins == 0:
			return found{reason: Difference, at: j}
		case r&each != 0:
			return found{reason: Several, at: j}
		case r&channel != 0:
			return found{reason: Channel, at: j}
		case r&except != 0:
			return found{reason: PartOf, at: j}
		case r&expected != 0:
			return found{reason: Expected, at: j}
		case r&otherYear != 0:
			return found{reason: OtherYear, at: j}
		case r&partOfYear != 0:
			return found{reason: PartOfYear, at: j}
		case r&(filler|thisYear|members) != 0:
		default:
			return give(NoPhrase, -1)
		}
	}
	return give(NoPhrase, -1)
}

// belongs reports whether a word is a noun of the topic, or stands between its
// phrases and numbers.
func (x *scan) belongs(w *word, topic int8) bool {
	if topic >= 0 && w.fills&(1<<topic) != 0 || w.about {
		return true
	}
	for _, n := range w.nouns {
		if int(topic) == n {
			return true
		}
	}
	return false
}

// shared adds the phrases that share the number with the one that was found.
func (x *scan) shared(f found, topic int8) found {
	first := f.phrases[0]
	for j := f.from - 1; j > 0; j-- {
		x.look()
		if t := &x.list[j]; t.has(filler) && t.word.roles&joins == 0 && len(t.word.nouns) == 0 {
			continue
		} else if t.kind != pause && !t.has(joins) {
			return f
		}
		k := j - 1
		for k > 0 && x.list[k].has(filler) && len(x.list[k].word.phrases) == 0 {
			k--
		}
		t := &x.list[k]
		if t.kind == unknown || t.has(never|subject) {
			f.reason = Several // it shares the number with something unknown
			return f
		}
		if t.kind != worded {
			return f
		}
		p := x.usable(k, t.word.phrases, topic)
		if p == nil && len(t.word.phrases) > 0 {
			for _, q := range t.word.phrases {
				if x.phrase[q].List != "" && x.phrase[q].List == first.List {
					p = x.phrase[q]
				}
			}
		}
		if p == nil {
			return f
		}
		f.phrases = append(f.phrases, p)
		f.from, j = k, k
	}
	return f
}

// mostBetween is how many symbols may stand between a number and a phrase behind it.
const mostBetween = 10

// right looks for the phrase behind the number at a token.
func (x *scan) right(i int, topic int8) (f found, ok bool) {
	noun := false
	for j := i + 1; j < len(x.list); j++ {
		x.look()
		t := &x.list[j]
		if t.kind == blank {
			continue
		}
		if t.kind != worded || t.word.roles&(never|subject|channel|none) != 0 || int(t.from-x.list[i].to) > mostBetween {
			return f, false
		}
		if p := x.usable(j, t.word.phrases, topic); p != nil && !p.Weak && !p.Leads {
			if p.Listed || x.governs(j) {
				return f, false
			}
			for j+1 < len(x.list) && x.list[j+1].kind == worded { // 3件答复信息不存在: the last one says what it came to
				q := x.usable(j+1, x.list[j+1].word.phrases, topic)
				if q == nil || q.Weak || q.Leads || q.Listed {
					break
				}
				j, p = j+1, q
			}
			return found{from: j, to: j + 1, phrases: []*form.Phrase{p}, noun: noun || len(t.word.nouns) > 0, at: -1, right: true}, true
		}
		switch {
		case x.belongs(t.word, topic):
			noun = true
		case t.has(filler | thisYear):
		default:
			return f, false
		}
	}
	return f, false
}

// governs reports whether the phrase at a token has a number of its own behind it.
func (x *scan) governs(i int) bool {
	for j := i + 1; j < len(x.list); j++ {
		x.look()
		switch t := &x.list[j]; {
		case t.kind == numeric:
			return true
		case t.has(filler | nearly | changes), t.kind == open, t.kind == blank, t.kind == worded && len(t.word.nouns) > 0:
		default:
			return false
		}
	}
	return false
}
