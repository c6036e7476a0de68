package office

import (
	"bytes"
	"html"
	"strconv"
)

// texts calls f with the text of every element of the names.
func texts(part []byte, f func(name, text string), names ...string) {
	scan(part, func(text []byte, t tag) {
		if !t.open && t.is(names...) {
			f(string(t.name), html.UnescapeString(string(text)))
		}
	})
}

// core and app scan the properties that office programs write about a file by
// themselves.
func (c *collector) core(part []byte) {
	texts(part, func(_, text string) { c.name(Author, text) }, "creator", "lastModifiedBy")
}

func (c *collector) app(part []byte) {
	texts(part, func(_, text string) { c.name(Author, text) }, "Manager")
}

func (c *collector) ofd(part []byte) {
	texts(part, func(_, text string) { c.name(Author, text) }, "Author")
}

// programs are the properties that WPS writes into every file, about itself.
var programs = map[string]bool{"KSOProductBuildVer": true, "ICV": true}

func (c *collector) custom(part []byte) {
	scan(part, func(_ []byte, t tag) {
		if name := t.attr("name"); t.open && t.is("property") && !programs[name] {
			c.name(Properties, name)
		}
	})
}

func (c *collector) elements(k Kind, name string) func([]byte) {
	return func(part []byte) {
		scan(part, func(_ []byte, t tag) {
			if t.open && t.is(name) {
				c.count(k, 1)
			}
		})
	}
}

func (c *collector) comments(part []byte) {
	scan(part, func(text []byte, t tag) {
		switch {
		case t.open && t.is("comment", "threadedComment"):
			c.count(Comments, 1)
			c.name(Author, t.attr("author"))
		case !t.open && t.is("author"):
			c.name(Author, html.UnescapeString(string(text)))
		}
	})
}

func (c *collector) people(part []byte) {
	scan(part, func(_ []byte, t tag) {
		if t.open && t.is("person") {
			c.name(Author, t.attr("author"))
			c.name(Author, t.attr("displayName"))
		}
	})
}

// hiddenStyles records the styles whose text is not shown.
func (c *collector) hiddenStyles(part []byte) {
	c.styles = map[string]bool{}
	id := ""
	scan(part, func(_ []byte, t tag) {
		switch {
		case t.open && t.is("style"):
			id = t.attr("styleId")
		case t.open && t.is("vanish") && t.on() && len(c.styles) < 1000:
			c.styles[id] = true
		}
	})
}

// text counts hidden text. The end mark of a paragraph is often hidden, such as
// after a table, so only the text in a run counts.
func (c *collector) text(part []byte) {
	run, hidden, paragraph := false, false, false
	scan(part, func(text []byte, t tag) {
		switch {
		case run && hidden && !t.open && t.is("t", "delText") && len(bytes.TrimSpace(text)) > 0:
			c.count(Text, 1)
		case !t.open:
			if t.is("r") {
				run = false
			} else if t.is("p") {
				paragraph = false
			}
		case t.is("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"):
			c.count(Changes, 1)
			c.name(Author, t.attr("author"))
		case t.is("p") && !t.empty:
			paragraph = false
		case t.is("pStyle"):
			paragraph = c.styles[t.attr("val")]
		case t.is("r") && !t.empty:
			run, hidden = true, paragraph
		case run && t.is("rStyle"):
			hidden = hidden || c.styles[t.attr("val")]
		case run && t.is("vanish"):
			hidden = t.on()
		}
	})
}

func (c *collector) workbook(part []byte) {
	scan(part, func(_ []byte, t tag) {
		if state := t.attr("state"); t.open && t.is("sheet") && (state == "hidden" || state == "veryHidden") {
			c.count(Sheets, 1)
			c.name(Sheets, t.attr("name"))
		}
	})
}

func (c *collector) revisions(part []byte) {
	scan(part, func(_ []byte, t tag) {
		if t.open && t.is("rcc", "rrc", "rm", "ris", "rsnm") {
			c.count(Changes, 1)
		}
	})
}

// sheet counts hidden rows and columns with a cell that is not empty, because
// programs hide thousands of empty ones after a table.
func (c *collector) sheet(part []byte) {
	type stretch struct{ from, to int }
	var columns []stretch
	used := map[int]bool{}
	hidden, full, column, cell := false, false, 0, 0
	value := func() {
		full = true
		for _, s := range columns {
			if cell >= s.from && cell <= s.to && len(used) < 1<<14 {
				used[cell] = true
			}
		}
	}
	scan(part, func(text []byte, t tag) {
		switch {
		case t.open && t.is("col") && len(columns) < 256:
			if t.attr("hidden") == "1" || t.attr("hidden") == "true" || t.attr("width") == "0" {
				from, _ := strconv.Atoi(t.attr("min"))
				to, _ := strconv.Atoi(t.attr("max"))
				columns = append(columns, stretch{from, to})
			}
		case t.open && t.is("row"):
			hidden = t.attr("hidden") == "1" || t.attr("hidden") == "true" || t.attr("ht") == "0"
			full, column = false, 0
		case t.open && t.is("c"):
			column++
			if n := columnOf(t.attr("r")); n > 0 {
				column = n
			}
			cell = column
		case !t.open && t.is("v", "t") && len(bytes.TrimSpace(text)) > 0:
			value()
		case !t.open && t.is("row") && hidden && full:
			c.count(Rows, 1)
		}
	})
	c.count(Columns, len(used))
}

// columnOf reads the letters of a cell's name: AB12 is in column 28.
func columnOf(ref string) int {
	n := 0
	for _, r := range []byte(ref) {
		if r < 'A' || r > 'Z' || n > 1<<14 {
			break
		}
		n = 26*n + int(r-'A') + 1
	}
	return n
}
