package locale

// Wording is what rules about text know of a language: by which words a sentence
// says of when it speaks, what it cites, and that something is missing in it. All
// of it is in the spelling of package prose. A language without it has no words, and
// the rules are silent.
type Wording struct {
	Quotes   string   `yaml:"quotes"` // pairs of marks; what stands between them is quoted
	Period   Period   `yaml:"period"`
	Years    Years    `yaml:"years"`
	Citation Citation `yaml:"citation"`
	Holes    Holes    `yaml:"holes"`
	Fees     Fees     `yaml:"fees"`
	Item     Pattern  `yaml:"item"` // the beginning of an item, in a paragraph or as one
	None     Pattern  `yaml:"none"` // a text that says that there is nothing to say
}

// Period is how a report states the period of its figures.
type Period struct {
	Cues    []string  `yaml:"cues"`    // words that say that a period follows
	Between Pattern   `yaml:"between"` // what may stand between such a word and the period
	Ranges  []Pattern `yaml:"ranges"`  // periods, the first that fits: groups y m d of the first day, Y M D of the last
	Partial []string  `yaml:"partial"` // words for bodies that are founded or abolished
	Report  string    `yaml:"report"`  // the word for a report
}

// Years is how a sentence says in which year something happened.
type Years struct {
	Mark    string   `yaml:"mark"`    // behind the digits of a year
	Before  Pattern  `yaml:"before"`  // what may stand before a year, from the beginning of its clause
	After   Pattern  `yaml:"after"`   // what behind a year still tells the time
	Between Pattern  `yaml:"between"` // what may stand between the time and what happened
	Of      string   `yaml:"of"`      // behind what happened: it is an attribute of something else
	History []string `yaml:"history"` // words of sentences that look back
	Carried []string `yaml:"carried"` // words of clauses about what is carried over the end of a year
	Plans   []string `yaml:"plans"`   // words of sentences that look ahead
	Report  Pattern  `yaml:"report"`  // behind a year: the report of that year
}

// Citation is how documents are cited.
type Citation struct {
	Mark     string   `yaml:"mark"`     // behind a document's number
	Number   Pattern  `yaml:"number"`   // $1 the year and $2 the number of a document, at the end of the text
	Before   []string `yaml:"before"`   // before or
	Behind   []string `yaml:"behind"`   // behind a document that is named as history
	National []string `yaml:"national"` // beginnings of the short names of national issuers
	Local    string   `yaml:"local"`    // characters in the names of local ones
}

// Holes is what templates have in the place of a report's own words.
type Holes struct {
	Prompts  []string `yaml:"prompts"`  // instructions, behind one of
	Brackets string   `yaml:"brackets"` // these opening brackets
	Signs    []string `yaml:"signs"`    // beginnings of signs for missing text
	Behind   Pattern  `yaml:"behind"`   // what these stand before
	Units    []string `yaml:"units"`    // units of counted things
	Counted  []string `yaml:"counted"`  // words behind which a number is missing where a unit follows a blank
	Total    Pattern  `yaml:"total"`    // words behind which it is missing though there is no blank
	Date     string   `yaml:"date"`     // a date of which the digits are missing
}

// Fees is how amounts of fees are stated.
type Fees struct {
	Amount  Pattern  `yaml:"amount"`  // $1 a number and $2 its unit of money
	Reduced []string `yaml:"reduced"` // words for reductions
	Others  []string `yaml:"others"`  // words for other fees and amounts
}
