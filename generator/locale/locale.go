// Package locale describes how documents are written in a language: how their
// parts are numbered, what is printed in place of a number, and what titles, dates
// and page numbers look like. A form names its language; code that reads or writes
// a document of the form uses that language's Locale.
//
// A language is data, a file in data/, so that no Go source holds a word of it.
// The words of the program itself are elsewhere: those of pages in
// layouts/words.json, those of messages in diag/rules/ and in the words.json files
// of the packages that print them.
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

// Locale is a language as its documents use it. In the comments below, a folded
// text is one whose full-width characters have been replaced by ordinary ones, and
// a normalised text is the result of form.Normalise.
type Locale struct {
	Language lang.Tag `yaml:"language"`
	Code     string   `yaml:"code"` // BCP 47, as the lang attribute of HTML has it

	ArchiveTitle string `yaml:"archive_title"` // title of an archive that sets none
	ReportTitle  string `yaml:"report_title"`  // title of a report whose form sets none: {agency} {year}
	PartHeading  string `yaml:"part_heading"`  // heading of a part of a report: {number} {label}
	PartName     string `yaml:"part_name"`     // what the part is called where it is cited: {number}
	Preface      string `yaml:"preface"`       // name of the text before the first part
	List         string `yaml:"list"`          // separator of the items of a list

	// Numerals are the characters for one to ten, "" if the language has none of
	// its own. Zeros are the characters for zero in a written-out year.
	Numerals string `yaml:"numerals"`
	Zeros    string `yaml:"zeros"`
	// Variants are pairs of characters: a variant, and the usual character for it.
	Variants []string `yaml:"variants"`
	// Tokens maps words that documents print in place of a number to the spelling
	// that an archive uses.
	Tokens map[string]string `yaml:"tokens"`

	Label    Label    `yaml:"label"`
	Number   Number   `yaml:"number"`
	Document Document `yaml:"document"`
	Prose    Prose    `yaml:"prose"`
	Draft    Draft    `yaml:"draft"`
	Wording  *Wording `yaml:"wording"` // nil where rules about text know no words
	Personal Personal `yaml:"personal"`
}

// Label is how labels in tables are numbered and remarked on.
type Label struct {
	Numbering Pattern   `yaml:"numbering"` // a number at the start, folded
	Number    Pattern   `yaml:"number"`    // the same in lists of figures, as printed; the label follows
	Remark    Pattern   `yaml:"remark"`    // a remark in brackets at the end
	Counter   Pattern   `yaml:"counter"`   // a whole cell that only numbers the row
	Inner     []Pattern `yaml:"inner"`     // the number between two labels, $1 and $2, that ran into each other; begins with a digit or an opening bracket
}

// Document describes the documents that offices publish in a language: how they
// write titles, dates, numbers of parts and their other metadata. "Normalised" is
// as by form.Normalise.
type Document struct {
	Title       Pattern `yaml:"title"`        // a report's title, normalised
	TitleLabel  Pattern `yaml:"title_label"`  // a label before a title
	TitlePrefix string  `yaml:"title_prefix"` // words before the agency's name
	Bracketed   Pattern `yaml:"bracketed"`    // a remark in brackets in a title or a file's name, such as "final version"
	Sentence    Pattern `yaml:"sentence"`     // occurs in sentences but not in titles
	Introduces  Pattern `yaml:"introduces"`   // occurs in lines that introduce the text below them, but not in titles
	Year        Pattern `yaml:"year"`         // $1: a year, with the word for year
	YearAlone   Pattern `yaml:"year_alone"`   // a line with only a year
	Date        Pattern `yaml:"date"`         // $1 year, $2 month, $3 day
	Moment      Pattern `yaml:"moment"`       // a date and a time of day, or what a page writes behind it
	SignOff     Pattern `yaml:"sign_off"`     // the signature below a text: $1 the name of a body or nothing, $2 the date
	Published   Pattern `yaml:"published"`    // $1: the date of publication in a field of a page
	Dated       Pattern `yaml:"dated"`        // $1: any other date in a field of a page, as of an update or of the document
	Fields      Pattern `yaml:"fields"`       // a line with several fields, each a word, a colon and a value; or with a date
	Period      Pattern `yaml:"period"`       // the period that a report covers: $1 year of its first day, $2 of its last
	Body        Pattern `yaml:"body"`         // the end of a public body's name
	// Offices are the endings of the names of offices that act for a government,
	// and Governments those of governments, which their regions' names lack.
	Offices     []string `yaml:"offices"`
	Governments []string `yaml:"governments"`
	NameEnds    Pattern  `yaml:"name_ends"`   // begins the text behind a name that is not part of it, normalised
	NameBegins  Pattern  `yaml:"name_begins"` // ends the text before a name that is not part of it, normalised
	Bare        Pattern  `yaml:"bare"`        // in a title, all that does not say whose the report is, normalised
	Regional    Pattern  `yaml:"regional"`    // the name of a body with that of its region, normalised
	Local       Pattern  `yaml:"local"`       // the text that may precede a name without its region, normalised
	// ShortForms are parts of names, each with the short form of it.
	ShortForms [][2]string `yaml:"short_forms"`
	Pause      string      `yaml:"pause"`       // characters that may separate a heading from the text behind it
	PartNumber Pattern     `yaml:"part_number"` // $1: the number with which a heading begins
	PageNumber Pattern     `yaml:"page_number"` // a line with only a page number
	NoNumber   string      `yaml:"no_number"`   // occurs in texts that begin with a digit and are no numbers, such as years
	Ended      Pattern     `yaml:"ended"`       // the end of a line that is a paragraph's last
	Item       Pattern     `yaml:"item"`        // the beginning of a line that is a paragraph's first
	Original   string      `yaml:"original"`    // a remark that quotes the document: {text}
	Struck     string      `yaml:"struck"`      // a remark on a value beside which another is struck out: {text} {struck}
}

// Number is how figures are written in documents.
type Number struct {
	Remarked Pattern          `yaml:"remarked"` // a number with a unit and a remark: $1 $2 $3
	Changed  Pattern          `yaml:"changed"`  // a change in words: $1 the word for its direction, $2 the number
	Less     string           `yaml:"less"`     // $1 of Changed begins with it if the change is downwards
	Money    string           `yaml:"money"`    // the end of every unit of money
	Units    map[string]int64 `yaml:"units"`    // units of money, and how many of the smallest each is
}

// Personal are words, in small letters, that stand beside numbers of persons.
type Personal struct {
	Identity   []string `yaml:"identity"`    // beside an identity number
	Card       []string `yaml:"card"`        // beside the number of a bank card
	Mobile     []string `yaml:"mobile"`      // beside a mobile number
	CreditCode []string `yaml:"credit_code"` // beside the code of an organisation, which is none of these
	Units      []string `yaml:"units"`       // behind an amount, which is none of these
}

// Draft holds the instructions in a new report's file for the person who fills
// it in.
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

// CitePart names a part of a report by its number.
func (l *Locale) CitePart(number string) string {
	return strings.Replace(l.PartName, "{number}", number, 1)
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

// Figures replaces the numerals in a text by digits, as they are used in dates:
// 二〇二四 is 2024 and 二十一 is 21.
func (l *Locale) Figures(text string) string {
	numerals := []rune(l.Numerals) // one to ten
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
