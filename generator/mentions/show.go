package mentions

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/prose"
)

//go:embed words.json
var wordsJSON []byte

var words = lang.Embedded("mentions/words.json", wordsJSON)

func say(key string, args ...any) lang.Text { return diag.Fill(words()[key], args...) }

// Word says a reason to readers.
func (r Reason) Word() lang.Text { return say(string(r)) }

// Show prints what was seen in a report, for people: every number with its place,
// the phrase, the cells and the verdict, or why there is none.
func Show(w io.Writer, r *archive.Report, text *prose.Text, res *Result, tag lang.Tag) error {
	var b strings.Builder
	switch {
	case r.Summary:
		fmt.Fprintln(&b, say("summary").In(tag))
	case r.Form.Mentions == nil:
		fmt.Fprintln(&b, say("silent", "form", r.Form.ID).In(tag))
	}
	agree, differ := 0, 0
	j := &judge{Engine: &Engine{form: r.Form}, r: r, text: text}
	for i := range res.Mentions {
		m := &res.Mentions[i]
		at := text.Place(m.Number)
		line := fmt.Sprintf("%d:%d", at.Line, at.Column)
		if m.Zero {
			line += "  " + say("none", "words", text.Raw(m.Number)).In(tag)
		} else {
			line += "  " + diag.Visible(text.Raw(m.Number))
			if m.Phrase != (prose.Stretch{}) {
				line += "  " + say("phrase", "words", text.Raw(m.Phrase)).In(tag)
			}
		}
		b.WriteString(line + "\n")
		switch {
		case !m.Judged() && m.Because != (prose.Stretch{}):
			fmt.Fprintln(&b, "    "+say("because", "reason", m.Reason.Word(), "words", text.Raw(m.Because)).In(tag))
			continue
		case !m.Judged():
			fmt.Fprintln(&b, "    "+say("unjudged", "reason", m.Reason.Word()).In(tag))
			continue
		case m.Agrees >= 0:
			agree++
			fmt.Fprintln(&b, "    "+j.said("agrees", &m.Readings[m.Agrees]).In(tag))
			continue
		}
		differ++
		key := "differs"
		for k := range m.Readings {
			fmt.Fprintln(&b, "    "+j.said(key, &m.Readings[k]).In(tag))
			key = "also"
		}
	}
	n := len(res.Mentions)
	fmt.Fprintln(&b, say("total", "n", n, "agree", agree, "differ", differ, "left", n-agree-differ).In(tag))
	_, err := io.WriteString(w, b.String())
	return err
}

// said says a reading and what it amounts to.
func (j *judge) said(key string, r *Reading) lang.Text {
	cell := j.label(r.Cells)
	if r.Previous {
		cell = say("last", "cell", cell)
	}
	value := say("unknown")
	switch {
	case r.Known && r.Previous:
		value = lang.Same(j.format(r))
	case r.Known:
		value = lang.Same(j.value(r))
	}
	return say(key, "cell", cell, "value", value)
}

// format writes the value of a reading.
func (j *judge) format(r *Reading) string {
	t, v := j.form.Cells[r.Cells[0]].Column.Type, r.Value
	if t != form.Amount {
		v /= form.Scale
	}
	return t.Format(v)
}
