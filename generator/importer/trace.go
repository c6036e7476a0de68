package importer

import (
	"fmt"
	"io"

	"annals/generator/diag"
	"annals/generator/importer/bind"
	"annals/generator/lang"
)

// WriteTrace prints what became of every piece of the document, one a line:
// where it stands, what it says, where it went. A person can hold it beside
// the original and compare.
func (r *Result) WriteTrace(w io.Writer, tag lang.Tag) error {
	for _, x := range r.Trace {
		p := x.Piece
		_, err := fmt.Fprintf(w, "%s\t%s\t→ %s\n", p.At.Words().In(tag), diag.Visible(p.Text), r.went(p).In(tag))
		if err != nil {
			return err
		}
	}
	return nil
}

// went says in words what became of a piece.
func (r *Result) went(p *bind.Piece) lang.Text {
	switch p.Use {
	case bind.Value:
		label := lang.Text{}
		if n, ok := r.Form.Cell(p.To); ok {
			c := &r.Form.Cells[n]
			label = lang.Text{ZH: c.Row.Full.ZH + "·" + c.Column.Label.ZH, EN: c.Row.Full.In(lang.EN) + ", " + c.Column.Label.In(lang.EN)}
		}
		return lang.Text{ZH: p.To + "（" + label.ZH + "）", EN: p.To + " (" + label.In(lang.EN) + ")"}
	case bind.Label:
		return lang.Text{ZH: "标签", EN: "label"}
	case bind.Heading:
		return lang.Text{ZH: "标题", EN: "heading"}
	case bind.Text:
		return lang.Text{ZH: "正文", EN: "text"}
	case bind.Metadata:
		return lang.Text{ZH: "文档信息", EN: "metadata"}
	}
	return lang.Text{ZH: "没有写入，见提示", EN: "left out, see the diagnostics"}
}
