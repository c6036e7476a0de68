package form

// Mentions says how the prose of a report speaks of the form's cells: which words
// stand for which figures. Package mentions holds numbers in the text against
// cells by it; a form without it says nothing of its prose.
//
// All words are written out: alternatives in brackets are resolved. {last},
// {year} and {next} in a word stand for the years around the report's.
type Mentions struct {
	Sections []Spoken         // the parts whose prose is read
	Units    []string         // what is counted in: 件
	Money    map[string]int64 // units of money, each in millionths of the cells' unit
	Topics   []Topic
	Subjects []string // words of other matters, which end a topic
	Channels []string // ways in which something comes in, of which there are no cells
	About    []string // words that say that a sentence is about the form's matter
	Never    []string // words that contain a phrase and mean none
	Phrases  []Phrase
	Zeros    []Phrase // what is said to be none behind a word such as no
}

// Spoken is a part whose prose is read.
type Spoken struct {
	Section string // its id
	Topic   int    // what the part is about from its beginning, or -1
}

// Topic is what a stretch of prose is about.
type Topic struct {
	ID    string
	Nouns []string // open it
	Fills []string // stand between its phrases and their numbers, and do not open it
	// About: one of Mentions.About must stand in the sentence, unless the topic is
	// that of the part or follows on one of Within.
	About  bool
	Within []int    // topics
	With   []string // words of which one must stand before the phrase in its sentence
	Not    []string // words with which nothing in the sentence can be judged
	Unless []string // words that mean something else if they stand before the phrase in its clause, or behind the last of With
	Units  []string // what else is counted in
	Strict bool     // nothing unknown may stand before the phrase in its clause
}

// Phrase is words for figures.
type Phrase struct {
	Topic    int
	Say      []string
	Readings []Reading // acceptable ones, the likeliest first
	// Strong phrases need no noun of the topic; as one of Zeros, they say by themselves
	// that there was none. Weak ones are nouns that count only
	// if no other phrase governs the number.
	Strong, Weak bool
	Leads        bool // it stands before its number, never behind it
	Named        bool // a name may stand right before it; before any other, what is unknown restricts it
	// List names those phrases that stand beside each other, such as outcomes, which
	// are parts of a whole. Listed ones count only behind another of the list.
	List   string
	Listed bool
}

// Reading is what a phrase may mean: the sum of some cells.
type Reading struct {
	Cells    []int
	Previous bool  // of last year's report
	If       []int // only where the sum of these cells is not 0
}

// in returns the mentions of a form for the cells of another: a phrase has the
// readings whose cells are all there. cells returns nil where one is not.
func (m *Mentions) in(cells func([]int) []int, section func(id string) bool) *Mentions {
	x := *m
	x.Sections, x.Phrases, x.Zeros = nil, kept(m.Phrases, cells), kept(m.Zeros, cells)
	for _, s := range m.Sections {
		if section(s.Section) {
			x.Sections = append(x.Sections, s)
		}
	}
	return &x
}

func kept(list []Phrase, cells func([]int) []int) (phrases []Phrase) {
	for _, p := range list {
		var readings []Reading
		for _, r := range p.Readings {
			own, cond := cells(r.Cells), cells(r.If)
			if own != nil && (cond != nil || r.If == nil) {
				readings = append(readings, Reading{own, r.Previous, cond})
			}
		}
		if p.Readings = readings; len(readings) > 0 {
			phrases = append(phrases, p)
		}
	}
	return phrases
}

// counterparts returns the cells of f of the same rows and columns as those of another
// form, or nil.
func (f *Form) counterparts(other *Form, cells []int) (list []int) {
	for _, c := range cells {
		own, ok := f.cells[other.Cells[c].Row.Path+"."+other.Cells[c].Column.ID]
		if !ok || f.Cells[own].Column.Type != other.Cells[c].Column.Type {
			return nil
		}
		list = append(list, own)
	}
	return list
}
