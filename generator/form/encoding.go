package form

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"annals/generator/diag"
	"annals/generator/source"
)

// encoding tells what keeps a file from being UTF-8 without a byte order
// mark. A form has no other way to be read, so one finding is enough.
func encoding(file, text string) []diag.Diagnostic {
	if strings.HasPrefix(text, "\ufeff") {
		return []diag.Diagnostic{diag.New("encoding/bom", source.OnLine(1, 1, 1).In(file))}
	}
	if utf8.ValidString(text) {
		return nil
	}
	off := 0
	for {
		r, n := utf8.DecodeRuneInString(text[off:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		off += n
	}
	end := min(off+2, len(text))
	line, column := source.Position(text, off)
	return []diag.Diagnostic{diag.New("encoding", source.OnLine(line, column, 1).In(file),
		"bytes", fmt.Sprintf("% x", text[off:end]))}
}
