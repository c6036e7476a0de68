// Package config reads site.yaml, the settings of an archive.
package config

import (
	"annals/generator/lang"
	"annals/generator/source"
)

// Site is the content of site.yaml, with its defaults filled in.
type Site struct {
	Title    lang.Text
	BaseURL  string   // "" or an absolute URL ending in a slash
	Language lang.Tag // of the words around the content

	// Facts for the page's footer and head; any may be empty.
	Owner        string // 主办单位
	ICP          string // ICP 备案号
	PoliceRecord string // 公安备案号
	SiteCode     string // 网站标识码
	PartyMark    string // 党政机关标识 (a link)
	Contact      string
	Domain       string // host of BaseURL

	// Deadlines by kind of agency: the last day, of the year after the
	// report's, on which publication is in time.
	Deadlines map[string]Day
	DatesOnly bool // coverage: dates — pages show dates of publication and judge nobody by them

	Explain       bool    // warnings: explain — a warning about a report fails until it is accepted
	PublishFaulty bool    // on_error: mark — reports with errors are published, with a notice
	Header        Partial // of the host site, put around every page as it is
	Footer        Partial
	Repository    string // "" or the address of the content's repository
	Copies        Copies
	Publish       []string // kinds of attachments that are published; others are kept in the archive
	// PublishFindings are the rules about text, copies, data of persons and
	// plausibility whose findings are published all the same. Whether there are
	// such rules is not known here.
	PublishFindings []Named
	FewFiles        bool     // files: few — at most two files a report, for hosts that count files
	Deploy          []Target // where the site is published to
}

// Day is a day of any year.
type Day struct{ Month, Day int }

// Named is a name with its place in the settings.
type Named struct {
	Name string
	Span source.Span
}

// Partial is a file of the host site's HTML. It holds the bytes that were
// checked, so that exactly these are published even if the file changes.
type Partial struct {
	File string // relative to the folder that holds content/, or ""
	HTML []byte
}

// MaxPartial is the largest size of a partial, in bytes. It is small because
// every page contains the partial.
const MaxPartial = 64 << 10

// Copies says from when on prose that stands elsewhere too is told of.
type Copies struct {
	Share      int  // percent of a report's own prose that must be the same
	Notice     int  // the same, for a notice about last year's report
	Characters int  // reports with less prose of their own are not judged
	Warn       bool // the same text in another agency's report is a warning, not a notice
}
