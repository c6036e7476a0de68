package locale

import "strings"

// Prose is how running text is divided and how it speaks of numbers, whatever
// the form. The lists are of words, as Alternatives writes them out.
type Prose struct {
	Sentence string `yaml:"sentence"` // the marks, in ordinary width, that end a sentence
	Clause   string `yaml:"clause"`   // those that end a clause of one

	// How numbers and dates are written. Numerals of the language are in
	// Locale.Numerals and Zeros.
	Two        string           `yaml:"two"`         // another character for two
	Powers     map[string]int64 `yaml:"powers"`      // words that multiply what stands before them
	Ordinals   []string         `yaml:"ordinals"`    // before a number that counts nothing
	Idioms     []string         `yaml:"idioms"`      // begin like a number and are none
	NoUnits    []string         `yaml:"no_units"`    // begin like a unit and are none
	Ranges     []string         `yaml:"ranges"`      // between two numbers
	Shares     []string         `yaml:"shares"`      // behind a number that is a share
	Years      []string         `yaml:"years"`       // behind the four digits of a year, the longest first
	Months     []string         `yaml:"months"`      // behind the number of a month
	Days       []string         `yaml:"days"`        // behind the number of a day, or a word for the end of a month
	Numberings []string         `yaml:"numberings"`  // behind the number of an item; digits may stand in brackets instead
	LastMonth  int              `yaml:"last_month"`  // a date in it is the end of the period
	Filler     []string         `yaml:"filler"`      // say nothing between a phrase and its number
	Joins      []string         `yaml:"joins"`       // between two nouns that share a number
	Nearly     []string         `yaml:"nearly"`      // before a number that is not exact
	More       []string         `yaml:"more"`        // behind one
	Changes    []string         `yaml:"changes"`     // before a number that is a difference
	Compares   []string         `yaml:"compares"`    // before a year that another is compared with
	Compared   []string         `yaml:"compared"`    // behind one
	Expected   []string         `yaml:"expected"`    // before what has not happened yet
	None       []string         `yaml:"none"`        // before what there was not
	Parts      []string         `yaml:"parts"`       // before the parts of a whole
	ThisYear   []string         `yaml:"this_year"`   // the report's period
	OtherYears []string         `yaml:"other_years"` // another one
	PartOfYear []string         `yaml:"part_of_year"`
	Continues  []string         `yaml:"continues"` // begin a sentence about what the last one was about
	Each       []string         `yaml:"each"`      // several things have a number each
	Except     []string         `yaml:"except"`    // what does not count
	AllWays    []string         `yaml:"all_ways"`  // behind a list of ways, which are then all ways
	Offices    []string         `yaml:"offices"`   // say nothing, but that they may be a part of who reports
	Members    []string         `yaml:"members"`   // parts of a body, or the bodies below it
	Bodies     []string         `yaml:"bodies"`    // ends of the names of public bodies
}

// Alternatives writes out a text with alternatives in brackets: (收|受)理 is 收理
// and 受理, (新|)收 is 新收 and 收. It is not ok with brackets that do not match
// or are nested, or where there would be more than limit words.
func Alternatives(text string, limit int) (words []string, ok bool) {
	words = []string{""}
	for text != "" {
		before, rest, found := strings.Cut(text, "(")
		inner, after, closed := strings.Cut(rest, ")")
		if found != closed || strings.ContainsAny(before, ")|") || strings.Contains(inner, "(") {
			return nil, false
		}
		options := strings.Split(inner, "|")
		if len(words)*len(options) > limit {
			return nil, false
		}
		longer := make([]string, 0, len(words)*len(options))
		for _, w := range words {
			for _, o := range options {
				longer = append(longer, w+before+o)
			}
		}
		words, text = longer, after
	}
	return words, true
}
