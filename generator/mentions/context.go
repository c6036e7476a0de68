package mentions

import (
	"slices"

	"annals/generator/form"
	"annals/generator/prose"
)

// context is what is known at a token from what stands before it.
type context struct {
	topic   int8 // that is open, or none of these
	year    yearKind
	part    bool // of the year
	within  bool // parts of a whole are told
	whole   int32
	unnamed int32 // symbols before the token in its clause that no word covers
	body    bool  // the last of them end the name of a public body
	channel bool  // a way in which something came in stands in the clause
	future  bool  // it is expected
	apiece  bool  // it is an average, or several things have one number each
	alone   bool  // the topic was opened by a phrase, without a noun
	known   int32 // unnamed when it was
	aside   bool  // something else is spoken of in the sentence, up to a semicolon
	other   bool  // something unknown was counted before, in the sentence
	bracket bool
	except  bool
	members bool   // a part of the body, or one below it, stands in the clause
	office  bool   // a body stands in the clause that may be the one that reports
	with    uint64 // topics of which a word of With stands before, and none of Unless since
	unless  uint64 // topics of which a word of Unless stands in the clause
}

// Topics that are none.
const (
	undecided int8 = -1 // nothing has been said yet
	shut      int8 = -2 // something else is spoken of
)

type yearKind uint8

const (
	noYear yearKind = iota
	reportYear
	anotherYear
)

// scan is a sentence with what is known at each of its tokens.
type scan struct {
	tokens
	m        *form.Mentions
	lastList string // of the last number's phrase
	stretch  prose.Stretch
	before   []context // by token; one more for the end
	listed   []respective
	stated   uint64 // topics of which a phrase stands before a number
	barred   uint64 // topics of which a word of Unless stands anywhere
}

// follow reads the tokens from left to right. topic is what is open at the
// beginning: that of the sentence before, of the heading, or none.
func (x *scan) follow(topic int8, within bool) {
	x.before = grown(x.before, len(x.list)+1)
	c := context{topic: topic, within: within, whole: -1}
	clause := c // its beginning
	lastYear := -1
	x.stated, x.barred = 0, 0
	for i := range x.list {
		x.before[i] = c
		t := &x.list[i]
		for k := t.from + 1; k <= t.to; k++ {
			c.with |= x.said[k]
		}
		switch t.kind {
		case unknown:
			c.unnamed++
			c.body = x.bodies[t.to]
		case stop, colon, pause:
			if t.kind != pause || c.unnamed > 0 && !c.channel {
				c.unnamed, c.body = 0, false
			}
			if t.kind == stop {
				c.channel, c.future, c.except, c.members, c.office, c.apiece, c.unless = false, false, false, false, false, false, 0
				if x.symbols[t.from].r == ';' {
					c.within, c.aside = false, false
					if c.topic == shut {
						c.topic = undecided
					}
				}
			}
		case open:
			clause, c.bracket = c, true
			c.unnamed, c.body = 0, false
		case closed:
			if c.bracket {
				topic := c.topic
				c, c.bracket = clause, false
				c.topic = topic
			}
		case dated:
			lastYear = x.dated(&c, i, lastYear)
		case numeric:
			if c.alone && c.unnamed > c.known {
				c.topic, c.alone = undecided, false // 上年结转的督办事项6件: of something else
			}
			x.state(i)
			c.other = c.other || c.unnamed > 0 && c.topic < 0
			c.unnamed, c.body = 0, false
		case worded:
			x.word(&c, i)
		}
	}
	x.before[len(x.list)] = c
}

// state notes the topics of the phrase that stands right before the number at a token.
func (x *scan) state(i int) {
	for i--; i > 0 && x.list[i].has(filler) && len(x.list[i].word.phrases) == 0 && x.list[i-1].kind == worded; i-- {
		x.look()
	}
	if i < 0 || x.list[i].kind != worded {
		return
	}
	for _, k := range x.list[i].word.phrases {
		x.stated |= 1 << x.phrase[k].Topic
	}
}

// dated reads a year or a date. It returns the token of the last year read.
func (x *scan) dated(c *context, i, last int) int {
	switch x.symbols[x.list[i].from].r {
	case symDate:
		return last
	case symMonth:
		if !x.spans(i) {
			c.part = true
		}
		return last
	case symThis:
		c.year, c.part = reportYear, false
		if last >= 0 && x.symbols[x.list[last].from].r != symThis && x.span(last, i) {
			c.year = anotherYear
		}
	default:
		if x.compared(i) {
			return i
		}
		c.year = anotherYear
	}
	return i
}

// compared reports whether a year is one that another is compared with.
func (x *scan) compared(i int) bool {
	return i > 0 && x.list[i-1].has(compares) || i+1 < len(x.list) && x.list[i+1].has(compared)
}

// spans reports whether a month is one end of a span of months: 1月至12月.
func (x *scan) spans(i int) bool {
	return i+1 < len(x.list) && x.list[i+1].has(ranges)
}

// span reports whether two years are the ends of a span, or are listed together.
func (x *scan) span(from, to int) bool {
	joined := false
	for _, t := range x.list[from+1 : to] {
		switch {
		case t.kind == dated, t.has(filler):
		case t.kind == pause, t.has(ranges | joins):
			joined = true
		default:
			return false
		}
	}
	return joined
}

// word reads a word.
func (x *scan) word(c *context, i int) {
	w := x.list[i].word
	if w.roles&never != 0 {
		c.unnamed++
		return
	}
	if w.roles&subject != 0 {
		c.topic, c.aside = shut, true
	}
	if w.roles&channel != 0 {
		c.channel = true
	}
	if w.roles&allWays != 0 {
		c.channel = false
	}
	if w.roles&expected != 0 {
		c.future = true
	}
	if w.roles&each != 0 {
		c.apiece = true
	}
	if w.roles&office != 0 {
		c.office = true
	}
	c.with &^= w.unless
	c.unless |= w.unless
	x.barred |= w.unless
	if w.roles&members != 0 {
		c.members = true
	}
	if w.roles&except != 0 {
		c.except = true
	}
	if w.roles&parts != 0 {
		c.within = true
		if c.whole < 0 {
			c.whole = int32(i)
		}
	}
	switch {
	case w.roles&thisYear != 0:
		c.year, c.part = reportYear, false
	case w.roles&otherYear != 0 && !x.compared(i):
		c.year = anotherYear
	case w.roles&partOfYear != 0:
		c.part = true
	}
	for _, topic := range w.nouns {
		if x.opens(i, topic, c.topic) {
			if c.topic >= 0 && int(c.topic) != topic && x.joined(i) {
				c.topic = shut // of two kinds: what follows is of neither alone
			} else {
				c.topic = int8(topic)
			}
			c.alone = false
			break
		}
	}
	for _, k := range w.phrases {
		if p := x.phrase[k]; p.Strong && c.topic == undecided && !c.other {
			c.topic, c.alone, c.known = int8(p.Topic), true, c.unnamed
		}
	}
}

// opens reports whether the noun at a token opens its topic.
func (x *scan) opens(i, topic int, open int8) bool {
	t := &x.m.Topics[topic]
	if open == shut && x.list[i-1].kind == pause {
		return false // an item of a list of other things
	}
	return !t.About || x.about > 0 && x.about <= int(x.list[i].to) || int(open) == topic || open >= 0 && slices.Contains(t.Within, int(open))
}

// joined reports whether the noun at a token is listed with another, before it.
func (x *scan) joined(i int) bool {
	for i--; i > 0 && x.list[i].has(filler); i-- {
	}
	if i <= 0 || x.list[i].kind != pause && !x.list[i].has(joins) {
		return false
	}
	for i--; i > 0 && x.list[i].has(filler); i-- {
	}
	return i >= 0 && x.list[i].kind == worded && len(x.list[i].word.nouns) > 0
}
