// Package locale holds what the documents of a language are made of: how
// their parts are numbered, what stands where there is no number, which words
// a title, a date or a page number have. A form names its language, and what
// reads or writes a document of the form asks the language's Locale.
//
// A language is data, one file of data/ each, so that no Go source holds a
// word of any. The words of the program itself are elsewhere: those of pages
// in layouts/words.json, those of messages in diag/rules/ and in the
// words.json of the packages that speak.
package locale

import (
	"embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"annals/generator/lang"
	"annals/generator/yamlpos"
)

// Locale is a language as its documents use it. A text is called folded here
// where full-width characters are ordinary ones, and normalised where it has
// been through form.Normalise.
type Locale struct {
	Language lang.Tag `yaml:"language"`
	Code     string   `yaml:"code"` // BCP 47, as the lang attribute of HTML has it

	ArchiveTitle string `yaml:"archive_title"` // of an archive that gives none
	ReportTitle  string `yaml:"report_title"`  // of a report whose form gives none: {agency} {year}
	PartHeading  string `yaml:"part_heading"`  // of a part of a report: {number} {label}
	Preface      string `yaml:"preface"`       // what the text before the first part is called
	List         string `yaml:"list"`          // stands between the items of a list

	// Numerals are the digits from one to ten, where the language writes
	// numbers in characters of its own; "" elsewhere. Zeros are the characters
	// for zero in a written-out year.
	Numerals string `yaml:"numerals"`
	Zeros    string `yaml:"zeros"`
	// Variants are pairs of characters: one, and the usual one in its place.
	Variants []string `yaml:"variants"`
	// Tokens are the words that documents print where there is no number, by
	// how they are met, each with the spelling that an archive keeps.
	Tokens map[string]string `yaml:"tokens"`

	Label    Label    `yaml:"label"`
	Number   Number   `yaml:"number"`
	Document Document `yaml:"document"`
	Draft    Draft    `yaml:"draft"`
}

// Label is how labels in tables are numbered and remarked on.
type Label struct {
	Numbering Pattern   `yaml:"numbering"` // a number at the start, folded
	Number    Pattern   `yaml:"number"`    // the same in lists of figures, as printed; the label follows
	Remark    Pattern   `yaml:"remark"`    // in brackets at the end
	Counter   Pattern   `yaml:"counter"`   // a whole cell that only counts rows
	Inner     []Pattern `yaml:"inner"`     // a number inside, where labels ran into each other, between $1 and $2; it begins with a digit or an opening bracket
}

// Document is what an office's document says about itself and how.
type Document struct {
	Title       Pattern `yaml:"title"`        // a report's title, normalised
	TitleBegins string  `yaml:"title_begins"` // what the first of two lines of a title has, normalised
	TitleLabel  Pattern `yaml:"title_label"`  // says that a title follows
	TitlePrefix string  `yaml:"title_prefix"` // words before the agency's name
	Bracketed   Pattern `yaml:"bracketed"`    // what stands in brackets in a title or a file's name: a final version, a seal
	Sentence    Pattern `yaml:"sentence"`     // what no title has
	Introduces  Pattern `yaml:"introduces"`   // what a line has that only leads to what follows: no title has it
	Year        Pattern `yaml:"year"`         // $1: a year that the text calls one
	YearAlone   Pattern `yaml:"year_alone"`   // a line of nothing but the year
	Date        Pattern `yaml:"date"`         // $1 year, $2 month, $3 day
	SignOff     Pattern `yaml:"sign_off"`     // $1 who, $2 the date below the text
	Published   Pattern `yaml:"published"`    // $1: the date of publication that a page gives
	Dated       Pattern `yaml:"dated"`        // $1: any other date that it gives: of an update, of the document
	Fields      Pattern `yaml:"fields"`       // a line of words, each with a colon and what it is
	Period      Pattern `yaml:"period"`       // $1, $2: the years of the first and the last day
	Chrome      Pattern `yaml:"chrome"`       // a line of the page around a text
	Body        Pattern `yaml:"body"`         // the end of a public body's name
	NameEnds    Pattern `yaml:"name_ends"`    // what behind a name is no part of it, normalised
	Local       Pattern `yaml:"local"`        // what may stand before a name that lacks its region, normalised
	// ShortForms are parts of names, each with what is written in its place.
	ShortForms [][2]string `yaml:"short_forms"`
	Pause      string      `yaml:"pause"`       // characters that part a heading from the text behind it
	PartNumber Pattern     `yaml:"part_number"` // $1: the number with which a heading begins
	PageNumber Pattern     `yaml:"page_number"` // a line of nothing but a page's number
	NoNumber   string      `yaml:"no_number"`   // what a text that begins like a number has if it is none
	Original   string      `yaml:"original"`    // introduces what the document says: {text}
	Struck     string      `yaml:"struck"`      // what it says, and what is struck out beside it: {text} {struck}
}

// Number is how figures are written in documents.
type Number struct {
	Remarked Pattern          `yaml:"remarked"` // a number with a unit and a remark: $1 $2 $3
	Changed  Pattern          `yaml:"changed"`  // a change in words: $1 how, $2 by how much
	Less     string           `yaml:"less"`     // begins a change downwards
	Money    string           `yaml:"money"`    // ends every unit of money
	Units    map[string]int64 `yaml:"units"`    // of money, each in the smallest
}

// Draft is what a new report's file says to who fills it in.
type Draft struct {
	Published string `yaml:"published"`
	Remove    string `yaml:"remove"`
	Columns   string `yaml:"columns"` // {columns}
	Row       string `yaml:"row"`     // {row} {columns}
}

// Pattern is a regular expression in a data file. It is compiled when it is first
// used, because most commands read no documents and need none.
type Pattern struct{ compiled func() *regexp.Regexp }

// UnmarshalText stores the expression; Regexp compiles it.
func (p *Pattern) UnmarshalText(text []byte) error {
	p.compiled = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(string(text)) })
	return nil
}

// Regexp returns the compiled expression.
func (p Pattern) Regexp() *regexp.Regexp { return p.compiled() }

//go:embed data/*.yaml
var data embed.FS

var locales = sync.OnceValue(func() []*Locale {
	list, err := read()
	if err != nil {
		panic("locale: " + err.Error()) // the data are embedded, and a test reads all of them
	}
	return list
})

func read() ([]*Locale, error) {
	var list []*Locale
	for _, tag := range [...]lang.Tag{lang.ZH, lang.EN} {
		name := "data/" + string(tag) + ".yaml"
		text, err := data.ReadFile(name)
		if err != nil {
			return nil, err
		}
		l := &Locale{}
		if err := yamlpos.Strict(name, text, l); err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

// All lists the locales, Chinese first.
func All() []*Locale { return locales() }

// For returns the locale of a language, or the Chinese one if there is none.
func For(tag lang.Tag) *Locale {
	for _, l := range locales() {
		if l.Language == tag {
			return l
		}
	}
	return locales()[0]
}

// Heading returns the heading of a part of a report; without a number that is the
// label alone.
func (l *Locale) Heading(number, label string) string {
	if number == "" {
		return label
	}
	return strings.NewReplacer("{number}", number, "{label}", label).Replace(l.PartHeading)
}

// Unnumbered returns a label without the number at its start and without a remark
// in brackets at its end: both have a use in the printed table only.
func (l *Locale) Unnumbered(label string) string {
	if at := l.Label.Remark.Regexp().FindStringIndex(label); at != nil && at[0] > 0 {
		label = strings.TrimSpace(label[:at[0]])
	}
	if n := len(l.Label.Number.Regexp().FindString(label)); n < len(label) {
		return strings.TrimSpace(label[n:])
	}
	return label
}

// Figures writes the numerals of a text in digits, as they stand in dates:
// 二〇二四 is 2024 and 二十一 is 21.
func (l *Locale) Figures(text string) string {
	numerals := []rune(l.Numerals) // the tenth is ten
	list := []rune(text)
	value := func(i int) int {
		if i < 0 || i >= len(list) {
			return -1
		}
		return slices.Index(numerals, list[i])
	}
	unit := func(i int) bool { n := value(i); return 0 <= n && n < 9 }
	var b strings.Builder
	for i, r := range list {
		switch n := value(i); {
		case strings.ContainsRune(l.Zeros, r):
			b.WriteByte('0')
		case n == 9:
			if !unit(i - 1) {
				b.WriteByte('1')
			}
			if !unit(i + 1) {
				b.WriteByte('0')
			}
		case n >= 0:
			b.WriteByte(byte('1' + n))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
