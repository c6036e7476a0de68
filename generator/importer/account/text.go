package account

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/importer"
	"annals/generator/importer/bind"
	"annals/generator/lang"
)

// screen is the usual width of a terminal, in cells: a Chinese character takes two.
const screen = 80

// printer prints for a terminal.
type printer struct {
	*bufio.Writer
	tag       lang.Tag
	columns   int         // of the terminal; 0 where lines are not to be wrapped
	explained *form.Table // the last one for which the id of a cell was
}

// Text prints the account of a document for a terminal of so many columns: the
// decisions, the figures in the tables of the form, and the text. With no columns
// a line of the document is one line, for programs that search in it. It prints
// nothing for a document of which no report was made: its findings say why.
func Text(w io.Writer, o importer.Outcome, columns int, tag lang.Tag) error {
	if o.Result == nil {
		return nil
	}
	p := &printer{Writer: bufio.NewWriter(w), tag: tag, columns: columns}
	a := &o.Result.Account
	p.title("decided")
	wide := 0
	for _, d := range a.Decisions {
		wide = max(wide, diag.Width(d.About.In(tag)))
	}
	for _, d := range a.Decisions {
		value := d.Value.In(tag)
		if value != "" {
			value += " · "
		}
		p.hanging("  "+pad(d.About.In(tag), wide)+"  ", diag.Visible(value+d.Why.In(tag)))
	}
	var table *form.Table
	for _, b := range blocks(o.Result.Form) {
		if b.table != table {
			table = b.table
			p.WriteString("\n")
			p.hanging("", diag.Visible(table.Label.In(tag))+"  "+table.ID)
		}
		p.block(a, b)
	}
	if t := count(o); t.Found < t.All {
		fmt.Fprintln(p, "  "+say(tag, "missing", "n", t.All-t.Found))
	}
	p.text(a)
	return p.Flush()
}

func (p *printer) title(key string, args ...any) {
	fmt.Fprintf(p, "\n%s\n", say(p.tag, key, args...))
}

// block prints rows that have the same columns: what a row is and where it
// stands, its figures below, and below these what was not taken as it is printed.
func (p *printer) block(a *importer.Account, b block) {
	wide := 8
	for _, r := range b.rows {
		for _, f := range figures(a, r) {
			wide = max(wide, diag.Width(shown(f.Found, f.Taken)))
		}
	}
	for _, c := range b.columns {
		for word := range strings.FieldsSeq(c.Label.EN) {
			if p.tag == lang.EN {
				wide = max(wide, len(word))
			}
		}
	}
	wide = min(wide, max(4, (cmp.Or(p.columns, screen)-4)/len(b.columns)-2))
	heads := make([][]string, len(b.columns))
	deep := 0
	if len(b.columns) > 1 {
		var ids []string
		for _, c := range b.columns {
			ids = append(ids, diag.Visible(c.Label.In(p.tag))+" "+c.ID)
		}
		text := strings.Join(ids, " · ")
		if p.explained != b.table {
			p.explained = b.table
			text += say(p.tag, "ids", "example", a.Figures[b.rows[0].First+len(b.columns)-1].Cell.ID)
		}
		p.hanging("  ", text)
	}
	for i, c := range b.columns {
		heads[i] = wrap(c.Label.In(p.tag), wide)
		deep = max(deep, len(heads[i]))
	}
	for line := range deep {
		row := "    "
		for _, h := range heads {
			text := ""
			if line >= deep-len(h) {
				text = h[line-deep+len(h)]
			}
			row += "  " + left(text, wide)
		}
		p.WriteString(strings.TrimRight(row, " ") + "\n")
	}
	for _, r := range b.rows {
		list := figures(a, r)
		p.hanging("  ", diag.Visible(r.Label.In(p.tag))+"  "+r.Path+"  "+place(list, p.tag))
		p.WriteString("    ")
		for _, f := range list {
			text := shown(f.Found, f.Taken)
			if diag.Width(text) > wide {
				text = "…"
			}
			p.WriteString("  " + left(text, wide))
		}
		p.WriteString("\n")
		for i, f := range list {
			if f.Found && (f.Differs() || f.Note != "" || diag.Width(shown(true, f.Taken)) > wide) {
				p.hanging("      ! ", difference(&f, b.columns[i], p.tag))
			}
		}
	}
}

// difference says in words how a figure was read.
func difference(f *importer.Figure, c *form.Column, tag lang.Tag) string {
	key := "differs"
	if f.Note != "" {
		key = "noted"
	}
	return say(tag, key, "column", c.Label, "id", c.ID, "printed", shown(true, f.Printed), "taken", shown(true, f.Taken),
		"where", f.At.Words())
}

// text prints what is no figure: one by one, but for what the report has.
func (p *printer) text(a *importer.Account) {
	if list := stretches(a); len(list) > 0 {
		p.title("kept")
		for _, s := range list {
			first, last := where(s.lines[0].At, p.tag), where(s.lines[len(s.lines)-1].At, p.tag)
			at := first
			if first != last {
				at = say(p.tag, "from-to", "from", first, "to", last)
			}
			p.hanging("  ", say(p.tag, "stretch", "part", s.part, "n", len(s.lines), "where", at))
		}
	}
	p.list("metadata", passages(a, bind.Metadata), true)
	if labels := passages(a, bind.Label); len(labels) > 0 {
		p.title("labels", "n", len(labels))
		var all []string
		for _, l := range labels {
			all = append(all, shown(true, l.Text))
		}
		p.hanging("  ", strings.Join(all, " · "))
	}
	p.list("cut", passages(a, bind.Reported), true)
}

func (p *printer) list(key string, list []importer.Passage, why bool) {
	if len(list) == 0 {
		return
	}
	p.title(key, "n", len(list))
	for _, x := range list {
		at := where(x.At, p.tag)
		if why {
			at = say(p.tag, "at", "where", at, "what", x.Went)
		}
		p.hanging("  ", at+shown(true, x.Text))
	}
}

// Summary prints a line for each document of a run.
func Summary(w io.Writer, list []importer.Outcome, columns int, tag lang.Tag) error {
	p := &printer{Writer: bufio.NewWriter(w), tag: tag, columns: columns}
	p.title("summary")
	heads := []string{say(tag, "figures"), say(tag, "left-out"), say(tag, "errors"), say(tag, "warnings")}
	wide := 7
	for _, h := range heads {
		wide = max(wide, diag.Width(h))
	}
	row := func(cells []string, name string) {
		line := ""
		for _, c := range cells {
			line += left(c, wide) + "  "
		}
		p.hanging("  "+line, name)
	}
	row(heads, say(tag, "document"))
	for _, o := range list {
		t := count(o)
		found := "—"
		if o.Result != nil {
			found = fmt.Sprintf("%d/%d", t.Found, t.All)
		}
		row([]string{found, strconv.Itoa(t.Cut), strconv.Itoa(t.Errors), strconv.Itoa(t.Warnings)}, diag.Visible(o.Document))
		if o.File != "" {
			p.hanging("    → ", diag.Visible(o.File))
		}
	}
	return p.Flush()
}

// hanging prints a text behind its beginning, wrapped below itself.
func (p *printer) hanging(begin, text string) {
	indent := diag.Width(begin)
	lines := []string{text}
	if p.columns > 0 {
		lines = wrap(text, max(p.columns-indent, 2))
	}
	for i, line := range lines {
		if i > 0 {
			begin = strings.Repeat(" ", indent)
		}
		p.WriteString(strings.TrimRight(begin+line, " ") + "\n")
	}
}

// wrap breaks a text into lines of at most so many cells: at a space or beside a
// Chinese character, and inside of a word only where it is wider than a line. It
// goes through the text once: a paragraph may be megabytes.
func wrap(text string, width int) (lines []string) {
	start, cells := 0, 0 // of the line
	cut, before := 0, 0  // where it may be broken, and its cells before that
	last := 1            // cells of the character before
	for i, r := range text {
		n := diag.Width(string(r))
		if i > start && (r == ' ' || n > 1 || last > 1) {
			cut, before = i, cells
		}
		for cells+n > width && i > start {
			if cut <= start {
				cut, before = i, cells
			}
			lines = append(lines, strings.TrimRight(text[start:cut], " "))
			start, cells = cut, cells-before
			for start < len(text) && text[start] == ' ' {
				start, cells = start+1, cells-1
			}
		}
		last = n
		if i >= start {
			cells = max(cells, 0) + n
		}
	}
	return append(lines, text[start:])
}

// pad fills a text up to a width with spaces behind it, left with spaces before it.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-diag.Width(text)))
}

func left(text string, width int) string {
	return strings.Repeat(" ", max(0, width-diag.Width(text))) + text
}
