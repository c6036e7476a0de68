package mentions

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/generator/form"
	"annals/generator/locale"
	"annals/generator/prose"
)

// role is what a word does in a sentence; most have one.
type role uint32

const (
	filler role = 1 << iota
	joins
	nearly
	more
	changes
	compares
	compared
	expected
	none
	parts
	thisYear
	otherYear
	partOfYear
	continues
	each
	except
	allWays
	members
	office
	subject
	channel
	never
	body    // ends the name of a public body
	ordinal // what follows counts nothing
	ranges
)

// covering are the roles of words that tokens are made of. The others only mark
// where they stand.
const covering = ^(body | ordinal)

// word is a word of the vocabulary, with all that it means.
type word struct {
	length  int // symbols
	roles   role
	phrases []int  // of form.Mentions.Phrases
	zeros   []int  // of form.Mentions.Zeros
	nouns   []int  // topics that it opens
	fills   uint64 // topics between whose phrases and numbers it may stand
	about   bool   // see form.Mentions.About; with and not, of topics: see form.Topic
	with    uint64
	not     uint64
	unless  uint64
}

// token reports whether a token can be made of the word.
func (w *word) token() bool {
	return w.roles&covering != 0 || w.fills != 0 || w.unless != 0 || w.about || len(w.phrases)+len(w.zeros)+len(w.nouns) > 0
}

// vocabulary is all words of a form and its language.
type vocabulary struct {
	*automaton
	words   []word
	phrase  []*form.Phrase // those of the form, and its zeros behind them
	zeros   int            // where these begin
	prose   *locale.Prose
	units   []unit // the longest first
	digits  map[rune]int64
	powers  map[rune]int64
	idioms  []string
	class   classes
	hints   []hint           // by state
	alone   uint64           // topics that need no word of form.Topic.With
	unitsAt map[rune][]*unit // by their first character, the longest first
}

// unit is what is counted in.
type unit struct {
	name   string
	topics uint64 // that are counted in it
	money  int64  // millionths of the cells' unit; 0 for a unit of things
	share  bool
	none   bool // a text that is no unit though it begins like one
}

const allTopics = ^uint64(0)

// compile makes the vocabulary of a form.
func compile(f *form.Form) *vocabulary {
	m, l := f.Mentions, f.Language
	v := &vocabulary{prose: &l.Prose, digits: map[rune]int64{}, powers: map[rune]int64{}, unitsAt: map[rune][]*unit{}, zeros: len(m.Phrases)}
	c := &compiler{vocabulary: v, numbers: map[string]int16{}, years: l.Prose.Years}
	c.language(&l.Prose)
	for i := range m.Phrases {
		c.add(m.Phrases[i].Say, func(w *word) { w.phrases = append(w.phrases, i) })
		v.phrase = append(v.phrase, &m.Phrases[i])
	}
	for i := range m.Zeros {
		c.add(m.Zeros[i].Say, func(w *word) { w.zeros = append(w.zeros, v.zeros+i) })
		v.phrase = append(v.phrase, &m.Zeros[i])
	}
	c.roles(m.Subjects, subject)
	c.roles(m.Channels, channel)
	c.roles(m.Never, never)
	c.add(m.About, func(w *word) { w.about = true })
	for i, t := range m.Topics {
		bit := uint64(1) << i
		c.add(t.Nouns, func(w *word) { w.nouns = append(w.nouns, i) })
		c.add(t.Fills, func(w *word) { w.fills |= bit })
		c.add(t.With, func(w *word) { w.with |= bit })
		c.add(t.Not, func(w *word) { w.not |= bit })
		c.add(t.Unless, func(w *word) { w.unless |= bit })
		v.unit(t.Units, unit{topics: bit})
	}
	v.unit(m.Units, unit{topics: allTopics})
	for name, worth := range m.Money {
		v.unit([]string{name}, unit{topics: allTopics, money: worth})
	}
	v.automaton = build(c.distinct())
	slices.SortStableFunc(v.units, func(a, b unit) int {
		return cmp.Or(cmp.Compare(len(b.name), len(a.name)), cmp.Compare(a.name, b.name))
	})
	v.numerals(l)
	c.classify()
	v.hint()
	for i, t := range m.Topics {
		if len(t.With) == 0 {
			v.alone |= 1 << i
		}
	}
	return v
}

// classify fills the table of characters.
func (c *compiler) classify() {
	for i := range c.units {
		u := &c.units[i]
		first, _ := utf8.DecodeRuneInString(u.name)
		c.class.add(first, behind)
		c.unitsAt[first] = append(c.unitsAt[first], u)
		if !u.none && !u.share {
			c.class.add(first, unitary)
		}
	}
	p := c.prose
	for _, text := range slices.Concat(p.Years, p.Months, p.Days, writtenOut(p.More), p.Numberings) {
		first, _ := utf8.DecodeRuneInString(text)
		c.class.add(first, behind)
	}
	for r := range c.digits {
		c.class.add(r, numeral)
	}
	for r := range c.powers {
		c.class.add(r, numeral|behind)
	}
	c.class.add(' ', behind)
	c.deny()
}

// deny marks characters such that one stands in each word that denies: those with
// which the shortest begin, as most others hold one of them too.
func (c *compiler) deny() {
	var list []string
	for symbols, n := range c.numbers {
		if c.denies(&c.words[n]) {
			list = append(list, symbols)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
	for _, symbols := range list {
		if !strings.ContainsFunc(symbols, func(r rune) bool { return c.class.is(r, denial) }) {
			first, _ := utf8.DecodeRuneInString(symbols)
			c.class.add(first, denial)
			c.class.add(unicode.ToUpper(first), denial)
		}
	}
}

// language adds the words of a language.
func (c *compiler) language(p *locale.Prose) {
	for _, x := range []struct {
		list []string
		role role
	}{
		{p.Filler, filler}, {p.Joins, joins}, {p.Nearly, nearly}, {p.More, more}, {p.Changes, changes}, {p.Compares, compares},
		{p.Compared, compared}, {p.Expected, expected}, {p.None, none}, {p.Parts, parts}, {p.ThisYear, thisYear},
		{p.OtherYears, otherYear}, {p.PartOfYear, partOfYear}, {p.Continues, continues}, {p.Each, each}, {p.Except, except},
		{p.AllWays, allWays}, {p.Members, members}, {p.Offices, office | filler}, {p.Bodies, body}, {p.Ranges, ranges},
	} {
		c.roles(x.list, x.role)
	}
	c.unit(p.Shares, unit{share: true})
	c.unit(p.NoUnits, unit{none: true})
}

// numerals fills the tables of numbers in words.
func (v *vocabulary) numerals(l *locale.Locale) {
	for i, r := range []rune(l.Numerals) {
		if i < 9 {
			v.digits[r] = int64(i + 1)
		}
	}
	for _, r := range l.Zeros {
		v.digits[r] = 0
	}
	for _, r := range l.Prose.Two {
		v.digits[r] = 2
	}
	for name, n := range l.Prose.Powers {
		r, _ := utf8.DecodeRuneInString(name)
		v.powers[r] = n
	}
	v.idioms = writtenOut(l.Prose.Idioms)
}

func (v *vocabulary) unit(names []string, u unit) {
	for _, name := range writtenOut(names) {
		u.name = prose.Spelling(name)
		i := slices.IndexFunc(v.units, func(x unit) bool { return x.name == u.name })
		if i >= 0 {
			v.units[i].topics |= u.topics
			continue
		}
		v.units = append(v.units, u)
	}
}

// compiler adds words to a vocabulary.
type compiler struct {
	*vocabulary
	numbers map[string]int16 // of the words, by their symbols
	years   []string
}

func (c *compiler) roles(list []string, r role) { c.add(list, func(w *word) { w.roles |= r }) }

// add makes words mean something more.
func (c *compiler) add(list []string, mean func(*word)) {
	for _, text := range writtenOut(list) {
		symbols := c.symbols(text)
		if symbols == "" {
			continue
		}
		i, known := c.numbers[symbols]
		if !known {
			if len(c.words) == maxWords {
				return
			}
			i = int16(len(c.words))
			c.numbers[symbols] = i
			c.words = append(c.words, word{length: utf8.RuneCountInString(symbols)})
		}
		mean(&c.words[i])
	}
}

// maxWords bounds the words of a form and its language.
const maxWords = 32_000

// distinct lists the words in order.
func (c *compiler) distinct() []spelled {
	list := make([]spelled, 0, len(c.numbers))
	for symbols, n := range c.numbers {
		list = append(list, spelled{[]rune(symbols), n})
	}
	slices.SortFunc(list, func(a, b spelled) int { return slices.Compare(a.symbols, b.symbols) })
	return list
}

// symbols spells a word as sentences are spelled.
func (c *compiler) symbols(text string) string {
	text = prose.Spelling(text)
	if strings.Contains(text, "{") {
		for name, r := range map[string]rune{"{last}": symLast, "{year}": symThis, "{next}": symNext} {
			before, after, found := strings.Cut(text, name)
			if found {
				text = before + string(r) + after[hasPrefix(after, c.years):]
			}
		}
	}
	return strings.Map(func(r rune) rune {
		if quotation(r) {
			return -1
		}
		return lower(r)
	}, text)
}

// writtenOut resolves the alternatives of the language's words; the form's have none.
func writtenOut(list []string) (words []string) {
	for _, text := range list {
		if !strings.Contains(text, "(") {
			words = append(words, text)
			continue
		}
		w, _ := locale.Alternatives(text, maxWords)
		words = append(words, w...)
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
