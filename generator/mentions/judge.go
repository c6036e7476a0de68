package mentions

import (
	"math/bits"
	"slices"

	"annals/generator/archive"
	"annals/generator/form"
	"annals/generator/prose"
)

// judge is the work on one report.
type judge struct {
	*Engine
	r, last *archive.Report
	text    *prose.Text
	scan    *scan
	all     bool // sentences without a word of the form are looked at too
	Result
}

// part judges a part of the report. topic is what it is about from its beginning.
func (j *judge) part(p *prose.Part, topic int) {
	base := undecided
	if topic >= 0 {
		base = int8(topic)
	}
	heading, carried := base, undecided
	x := j.scan
	for i := range p.Sentences {
		s := &p.Sentences[i]
		first := i == 0 || j.text.Norm[s.From-1] == '\n'
		if first {
			carried = undecided
		}
		g := j.v.glance(j.text.Norm[s.From:s.To], j.r.Year)
		head := first && (s.Heading || g.item)
		idle := !g.counts || g.says&(g.opens|bit(heading)|bit(carried)) == 0
		if idle && !head && !j.all {
			if g.counts {
				carried = undecided
			}
			continue
		}
		x.read(j.text.Norm, s.Stretch)
		if len(x.symbols) == 0 {
			continue
		}
		x.divide()
		x.stretch = s.Stretch
		if head {
			heading = j.headed(s, heading, base)
		}
		start := heading
		if carried >= 0 && j.continued() {
			start = carried
		}
		x.lastList = ""
		x.follow(start, false)
		j.sentence(s)
		if !idle || head {
			carried = x.before[len(x.list)].topic
		} else if g.counts {
			carried = undecided
		}
	}
}

// bit is the set of one topic, or of none.
func bit(topic int8) uint64 {
	if topic < 0 {
		return 0
	}
	return 1 << topic
}

// longestHeading is the length in symbols of the longest heading of a paragraph.
const longestHeading = 30

// headed returns the topic of the paragraphs below a heading. A heading is a line
// with a number before it, or the sentence or clause with which a line begins.
func (j *judge) headed(s *prose.Sentence, topic, base int8) int8 {
	x := j.scan
	first := x.list[0].kind
	item := first == open || first == code || len(x.list) > 1 && x.list[1].kind == pause && x.list[0].kind != worded
	if !s.Heading && !item {
		return topic
	}
	end := 0
	for end < len(x.list) && x.list[end].kind != colon && x.list[end].kind != stop {
		if x.list[end].kind == numeric && end > 0 {
			return topic
		}
		end++
	}
	if int(x.list[end-1].to) > longestHeading {
		return topic
	}
	t := base
	for i := range x.list[:end] {
		if x.list[i].kind != worded {
			continue
		}
		if x.list[i].has(subject) {
			t = undecided
		}
		for _, n := range x.list[i].word.nouns {
			t = int8(n)
			break
		}
	}
	return t
}

// continued reports whether a sentence goes on about what the last one was about.
func (j *judge) continued() bool {
	x := j.scan
	for i := range x.list {
		switch t := &x.list[i]; {
		case t.has(continues | none), t.kind == numeric:
			return true
		case t.kind == worded && len(t.word.phrases) > 0:
			return true
		case t.has(filler | thisYear), t.kind == dated, t.kind == stop, t.kind == blank:
		default:
			return false
		}
	}
	return false
}

// sentence judges the numbers of a sentence.
func (j *judge) sentence(s *prose.Sentence) {
	x := j.scan
	first := len(j.Mentions)
	x.listed = x.listed[:0]
	for i := range x.list {
		if x.list[i].has(each) && i+1 < len(x.list) && len(x.listed) < mostListed {
			x.listed = x.respectively(x.listed, i)
			for _, q := range x.listed {
				for _, k := range x.list[q.phrase].word.phrases {
					x.stated |= 1 << x.phrase[k].Topic
				}
			}
		}
	}
	for i := range x.list {
		x.look()
		switch t := &x.list[i]; {
		case t.kind == numeric:
			m := j.number(i)
			m.Sentence = s.Stretch
			j.Mentions = append(j.Mentions, m)
		case t.has(none):
			j.denied(s, i)
		case t.kind == worded && len(t.word.zeros) > 0:
			j.saidNone(s, i)
		}
	}
	j.twice(j.Mentions[first:])
	j.sums(j.Mentions[first:])
}

// at returns where tokens stand.
func (x *scan) at(from, to int) prose.Stretch {
	return prose.Stretch{From: int(x.symbols[x.list[from].from].from), To: int(x.symbols[x.list[to-1].to-1].to)}
}

// number judges the number at a token.
func (j *judge) number(i int) Mention {
	x := j.scan
	n := &x.numbers[x.symbols[x.list[i].from].number]
	m := Mention{Number: x.at(i, i+1), Value: n.value, step: n.step, Agrees: -1, inner: x.before[i].bracket}
	if n.unit != nil {
		m.money = n.unit.money > 0
		if n.unit.share {
			m.Reason = Share
			return m
		}
	}
	if j.ranged(i) {
		m.Reason = Range
		return m
	}
	topic, behind := x.topicOf(i)
	if topic == undecided && x.before[i].other {
		topic = shut // of the same kind as what was counted before
	}
	f := x.left(i, topic)
	at := f.from
	for _, q := range x.listed {
		if q.number == i && f.phrases == nil {
			f = found{from: q.phrase, to: q.phrase + 1, phrases: []*form.Phrase{q.as}, noun: true, at: -1}
			at = f.from
			if n.unit == nil && n.step == form.Scale {
				borrowed := *n
				borrowed.unit = q.unit
				n = &borrowed
			}
		}
	}
	if f.phrases == nil && f.reason != Difference && f.reason != Several {
		if !n.spelled || n.value > form.Scale {
			if r, ok := x.right(i, topic); ok {
				f, at = r, i
			}
		}
	}
	if f.phrases == nil {
		m.Reason = f.reason
		if n.unit == nil {
			m.Reason = OtherUnit
		} else if f.at >= 0 {
			first := f.at
			for first > 0 && x.list[first].kind == unknown && x.list[first-1].kind == unknown && f.at-first < longestQuote {
				first--
			}
			m.Because = x.at(first, f.at+1)
		}
		return m
	}
	m.Phrase = x.at(f.from, f.to)
	m.list = f.phrases[0].List
	x.lastList = m.list
	m.Reason = f.reason
	if m.Reason == Judged && n.inexact {
		m.Reason = Inexact
	}
	if m.Reason == Judged {
		m.Reason = j.restricted(f, at)
	}
	if m.Reason == Judged {
		m.Reason = j.counted(i, n, f, behind)
	}
	j.hold(&m, f.phrases)
	return m
}

// longestQuote is how many unknown symbols are quoted as a reason.
const longestQuote = 6

// ranged reports whether the number at a token is one end of a range.
func (j *judge) ranged(i int) bool {
	x := j.scan
	return i+2 < len(x.list) && x.list[i+1].has(ranges) && x.list[i+2].kind == numeric ||
		i >= 2 && x.list[i-1].has(ranges) && x.list[i-2].kind == numeric
}

// restricted says what stands before a phrase that the table does not count.
func (j *judge) restricted(f found, at int) Reason {
	x := j.scan
	c, p := &x.before[at], f.phrases[0]
	t := &j.m.Topics[p.Topic]
	bit := uint64(1) << p.Topic
	switch {
	case len(t.With) > 0 && c.with&bit == 0 && (c.aside || !x.together(p)):
		return OffTopic
	case x.not&bit != 0, len(t.With) == 0 && c.unless&bit != 0:
		return Counted
	case c.year == anotherYear:
		return OtherYear
	case c.part:
		return PartOfYear
	case c.members && !f.right:
		return PartOf
	case c.apiece && !f.right:
		return Several
	case c.future:
		return Expected
	case c.channel:
		return Channel
	case c.except && !f.right:
		return PartOf
	case (t.Strict || p.Weak) && c.unnamed > 0:
		return Unnamed
	case c.within && (c.unnamed > 0 || c.office):
		return PartOf
	case !p.Named && at > 0 && f.from > 0 && x.list[f.from-1].kind == unknown:
		return Unnamed
	case c.body && x.severalBodies():
		return PartOf
	case c.body && j.r.Agency != nil && j.r.Agency.Kind == archive.Government:
		return PartOf
	}
	return Judged
}

// together reports whether the sentence has numbers of two topics at least that need
// a word of With, and none of Unless: 行政许可5件、行政处罚2件.
func (x *scan) together(p *form.Phrase) bool {
	return p.List != "" && bits.OnesCount64(x.stated&^x.alone) > 1 && x.barred&(1<<p.Topic) == 0
}

// severalBodies reports whether the names of two bodies stand in the sentence.
func (x *scan) severalBodies() bool {
	n := 0
	for i := range x.list {
		t := &x.list[i]
		if t.kind == unknown && x.bodies[t.to] && (i+1 == len(x.list) || x.list[i+1].kind != unknown) {
			n++
		}
	}
	return n > 1
}

// counted says why a number is not in the unit of the cells.
func (j *judge) counted(i int, n *number, f found, behind bool) Reason {
	x := j.scan
	money := j.form.Cells[f.phrases[0].Readings[0].Cells[0]].Column.Type == form.Amount
	next := stop
	if i+1 < len(x.list) {
		next = x.list[i+1].kind
	}
	switch {
	case n.unit == nil:
		if money || next != stop && next != pause && next != closed || n.value >= 1900*form.Scale && n.value < 2200*form.Scale {
			return OtherUnit
		}
	case !money && n.value%form.Scale != 0: // an average
		return Several
	case money != (n.unit.money > 0), !money && n.unit.topics&(1<<f.phrases[0].Topic) == 0:
		return OtherUnit
	}
	if next == unknown && (!f.noun || f.phrases[0].Weak) && !behind && !f.right && !f.phrases[0].Strong {
		return Unnamed
	}
	if next == open && i+2 < len(x.list) && x.list[i+2].has(except) {
		return PartOf
	}
	return Judged
}

// twice takes those numbers of a sentence from the judged that are said of the same
// cells and differ: they are of different bodies, or times.
func (j *judge) twice(list []Mention) {
	for a := range list {
		for b := range list[:a] {
			x, y := &list[a], &list[b]
			if b > a-12 && x.Judged() && y.Judged() && !x.Zero && !y.Zero && x.Value != y.Value && slices.Equal(x.Readings[0].Cells, y.Readings[0].Cells) {
				x.Reason, y.Reason = Several, Several
			}
		}
	}
}
