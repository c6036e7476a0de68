package form

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"annals/generator/keys"
	"annals/generator/locale"
	"annals/generator/yamlpos"
)

// Limits of the words of a form, written out.
const (
	maxWords      = 20_000
	maxWordLength = 64 // code points
	maxTopics     = 60
)

// mentionsReader reads the key mentions.
type mentionsReader struct {
	*reader
	m      *Mentions
	topics map[string]int // by id
	words  int            // written out so far
	later  *keys.Fields   // what is read when all forms are known
}

// mentions reads how prose speaks of the form's cells. With as, the words of
// another form come first, when all forms are known (takeMentions).
func (r *reader) mentions(n *yamlpos.Node) {
	if n == nil {
		return
	}
	m := r.Fields(n)
	if m == nil {
		return
	}
	x := &mentionsReader{reader: r, m: &Mentions{}, topics: map[string]int{}}
	r.mentioned = x
	if r.mentionsAs = m.Get("as"); r.mentionsAs == nil {
		x.frame(m)
	} else {
		x.later = m
	}
}

// frame reads what is not phrases, and then these.
func (x *mentionsReader) frame(m *keys.Fields) {
	x.m.Units = append(x.m.Units, x.say(m.Get("units"))...)
	x.m.Subjects = append(x.m.Subjects, x.say(m.Get("subjects"))...)
	x.m.Channels = append(x.m.Channels, x.say(m.Get("channels"))...)
	x.m.About = append(x.m.About, x.say(m.Get("about"))...)
	x.m.Never = append(x.m.Never, x.say(m.Get("never"))...)
	x.money(m.Get("money"))
	topics := x.list(m.Get("topics"))
	for _, n := range topics {
		x.announce(n)
	}
	for _, n := range topics {
		x.topic(n)
	}
	for _, n := range x.list(m.Get("sections")) {
		x.spoken(n)
	}
	for _, n := range x.list(m.Get("phrases")) {
		x.m.Phrases = append(x.m.Phrases, x.phrase(n)...)
	}
	for _, n := range x.list(m.Get("zeros")) {
		x.m.Zeros = append(x.m.Zeros, x.phrase(n)...)
	}
	m.Close()
	x.form.Mentions = x.m
}

// money reads units of money: how many of the cells' unit each is.
func (x *mentionsReader) money(n *yamlpos.Node) {
	if n == nil {
		return
	}
	m := x.Fields(n)
	if m == nil {
		return
	}
	x.m.Money = map[string]int64{}
	for _, item := range n.Items {
		m.Get(item.Key)
		whole, decimals, _ := strings.Cut(item.Text, ".")
		v, err := strconv.ParseInt(whole+decimals+strings.Repeat("0", max(0, 6-len(decimals))), 10, 64)
		if err != nil || len(decimals) > 6 || v <= 0 || v > 1e15 || item.Kind != yamlpos.Scalar {
			x.report("money", item.Span, "text", item.Text)
			continue
		}
		x.m.Money[item.Key] = v
	}
}

// announce makes a topic's id known, so that others can name it before it is read.
func (x *mentionsReader) announce(n *yamlpos.Node) {
	id := n.Get("id")
	if id == nil {
		return
	}
	if _, taken := x.topics[id.Text]; taken || len(x.topics) == maxTopics {
		return
	}
	x.topics[id.Text] = len(x.m.Topics)
	x.m.Topics = append(x.m.Topics, Topic{ID: id.Text})
}

func (x *mentionsReader) topic(n *yamlpos.Node) {
	m := x.Fields(n)
	if m == nil {
		return
	}
	var t Topic
	usable := false
	if id := m.Need("id"); id != nil {
		t.ID, usable = x.name(id, keyID)
	}
	t.Nouns, t.Fills, t.With, t.Not, t.Units = x.say(m.Get("nouns")), x.say(m.Get("fills")), x.say(m.Get("with")), x.say(m.Get("not")), x.say(m.Get("units"))
	t.Unless = x.say(m.Get("unless"))
	t.About, t.Strict = x.flag(m.Get("about"), false), x.flag(m.Get("strict"), false)
	for _, item := range x.list(m.Get("within")) {
		if i, ok := x.topicOf(item); ok {
			t.Within = append(t.Within, i)
		}
	}
	m.Close()
	if i, known := x.topics[t.ID]; usable && known {
		x.m.Topics[i] = t
	} else if usable {
		x.report("topics", n.Span, "limit", maxTopics)
	}
}

func (x *mentionsReader) topicOf(n *yamlpos.Node) (int, bool) {
	id, ok := x.line(n)
	if !ok {
		return 0, false
	}
	i, ok := x.topics[id]
	if !ok {
		var known []string
		for _, t := range x.m.Topics {
			known = append(known, t.ID)
		}
		x.suggest("word", n.Span, id, known)
	}
	return i, ok
}

func (x *mentionsReader) spoken(n *yamlpos.Node) {
	m := x.Fields(n)
	if m == nil {
		return
	}
	s := Spoken{Topic: -1}
	if id := m.Need("id"); id != nil {
		s.Section, _ = x.line(id)
		if known := append(x.sectionIDs(), PrefaceID); s.Section != "" && !slices.Contains(known, s.Section) {
			x.suggest("word", id.Span, s.Section, known)
		}
	}
	if t := m.Get("topic"); t != nil {
		if i, ok := x.topicOf(t); ok {
			s.Topic = i
		}
	}
	m.Close()
	x.m.Sections = append(x.m.Sections, s)
}

func (x *mentionsReader) sectionIDs() (ids []string) {
	for _, s := range x.form.Sections {
		ids = append(ids, s.ID)
	}
	return ids
}

// phrase reads a phrase; one whose cells differ by topic is several.
func (x *mentionsReader) phrase(n *yamlpos.Node) (list []Phrase) {
	m := x.Fields(n)
	if m == nil {
		return nil
	}
	p := Phrase{
		Strong: x.flag(m.Get("strong"), false), Weak: x.flag(m.Get("weak"), false),
		Listed: x.flag(m.Get("listed"), false), Leads: x.flag(m.Get("leads"), false),
		Named: x.flag(m.Get("named"), false),
	}
	p.List, _ = x.line(m.Get("list"))
	if say := m.Get("say"); say != nil {
		p.Say = x.say(say)
	} else if !p.Weak {
		m.Need("say")
	}
	cells := m.Need("cells")
	switch {
	case cells == nil:
	case cells.Kind == yamlpos.Map:
		for i := range cells.Items {
			item := &cells.Items[i]
			topic, ok := x.topics[item.Key]
			if !ok {
				var known []string
				for _, t := range x.m.Topics {
					known = append(known, t.ID)
				}
				x.suggest("word", item.KeySpan, item.Key, known)
				continue
			}
			list = append(list, x.of(p, topic, item))
		}
	default:
		if topic := m.Need("topic"); topic != nil {
			if i, ok := x.topicOf(topic); ok {
				list = append(list, x.of(p, i, cells))
			}
		}
	}
	m.Close()
	return slices.DeleteFunc(list, func(p Phrase) bool { return len(p.Readings) == 0 })
}

// of completes a phrase by its topic, whose nouns it says if it has no words of its own.
func (x *mentionsReader) of(p Phrase, topic int, cells *yamlpos.Node) Phrase {
	p.Topic, p.Readings = topic, x.readings(cells)
	if p.Say == nil {
		p.Say = x.m.Topics[topic].Nouns
	}
	return p
}

// readings reads a list of sums of cells, each with or without a condition.
func (x *mentionsReader) readings(n *yamlpos.Node) (list []Reading) {
	for _, item := range x.list(n) {
		if item.Kind != yamlpos.Map {
			if r, ok := x.reading(item); ok {
				list = append(list, r)
			}
			continue
		}
		m := x.Fields(item)
		cells, cond := m.Need("cells"), m.Need("if")
		m.Close()
		if cells == nil || cond == nil {
			continue
		}
		r, ok := x.reading(cells)
		c, also := x.reading(cond)
		if r.If = c.Cells; ok && also {
			list = append(list, r)
		}
	}
	return list
}

// reading reads a sum: requests.new.total + requests.carried_in.total, with
// previous. before the first where it is of last year's report.
func (x *mentionsReader) reading(n *yamlpos.Node) (r Reading, ok bool) {
	text, ok := x.line(n)
	if !ok {
		return r, false
	}
	text, r.Previous = strings.CutPrefix(text, wordPrevious+".")
	for _, id := range strings.Split(text, "+") {
		item := *n
		item.Text = strings.TrimSpace(id)
		cells := x.cells(&item)
		if cells == nil {
			return r, false
		}
		r.Cells = append(r.Cells, cells...)
	}
	for _, c := range r.Cells[1:] {
		if x.form.Cells[c].Column.Type != x.form.Cells[r.Cells[0]].Column.Type {
			x.report("mentions-type", n.Span, "word", text)
			return r, false
		}
	}
	return r, true
}

// say reads a list of words, and writes out the alternatives in them:
// (收|受)理 is 收理 and 受理, and (新|)收 is 新收 and 收.
func (x *mentionsReader) say(n *yamlpos.Node) (list []string) {
	for _, item := range x.list(n) {
		text, ok := x.line(item)
		if !ok {
			continue
		}
		words, ok := x.alternatives(text)
		if !ok {
			x.report("say", item.Span, "text", text)
			continue
		}
		if x.words += len(words); x.words > maxWords {
			x.report("words", item.Span, "limit", maxWords)
			return list
		}
		list = append(list, words...)
	}
	return list
}

// alternatives writes out a text with alternatives. It is not ok with brackets
// that do not match or nest, with an empty word, or with one that is too long.
func (x *mentionsReader) alternatives(text string) (words []string, ok bool) {
	if words, ok = locale.Alternatives(text, maxWords-x.words); !ok {
		return nil, false
	}
	for _, w := range words {
		if n := utf8.RuneCountInString(w); n == 0 || n > maxWordLength {
			return nil, false
		}
	}
	return words, true
}

// takeMentions reads the mentions of a form that takes over another's words:
// those whose cells it has, and its own besides.
func (r *reader) takeMentions(s *Set) {
	if r.mentionsAs == nil {
		return
	}
	f := r.form
	x := r.mentioned
	id, ok := r.line(r.mentionsAs)
	if !ok {
		return
	}
	other := s.byID[id]
	if other == nil || other == f || other.Parent != nil || other.Mentions == nil || s.readers[id].mentionsAs != nil {
		if !strings.HasPrefix(r.File, Folder) {
			return // built in, and the archive has replaced the other form by one without mentions
		}
		var known []string
		for _, f := range s.forms {
			if f != r.form && f.Parent == nil && f.Mentions != nil && s.readers[f.ID].mentionsAs == nil {
				known = append(known, f.ID)
			}
		}
		r.suggest("word", r.mentionsAs.Span, id, known)
		return
	}
	x.m = other.Mentions.in(
		func(cells []int) []int { return f.counterparts(other, cells) },
		func(id string) bool { return id == PrefaceID || slices.Contains(x.sectionIDs(), id) })
	x.m.Topics = slices.Clone(x.m.Topics)
	for i, t := range x.m.Topics {
		x.topics[t.ID] = i
	}
	x.m.Units, x.m.Subjects = slices.Clip(x.m.Units), slices.Clip(x.m.Subjects)
	x.m.Channels, x.m.Never, x.m.About = slices.Clip(x.m.Channels), slices.Clip(x.m.Never), slices.Clip(x.m.About)
	x.frame(x.later)
}
