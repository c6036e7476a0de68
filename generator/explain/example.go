package explain

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"

	"annals/generator/lang"
)

// Example is an example of a mistake: changes to the archive without mistakes in
// base.txtar, and the diagnostic that results.
type Example struct {
	Edits  []Edit
	Run    []string // the arguments of the command that reports it, without "annals"; nil for check
	Says   string   // file:line:column: severity: message [rule], in Chinese
	SaysEN string
}

// Edit changes one file of the base archive. The lines in Old are replaced by the
// lines in New; without Old the file is created, or, if Link is set, a symbolic
// link is.
type Edit struct {
	File     string
	Old, New []string
	Copy     string // makes the file a copy of it
	Link     string // makes a symbolic link to it
	Delete   bool
	Times    int  // how often the last line of New is repeated; 0 means once
	Pad      int  // the file is made this many bytes longer
	Locked   bool // the file may not be read
}

//go:embed base.txtar examples/*.txt
var files embed.FS

// Base returns the files of the faultless archive, by name.
func Base() map[string]string {
	data, err := files.ReadFile("base.txtar")
	if err != nil {
		panic("explain: " + err.Error())
	}
	base := map[string]string{}
	for _, f := range txtar.Parse(data).Files {
		base[f.Name] = string(f.Data)
	}
	return base
}

var examples = sync.OnceValue(func() map[string]Example {
	entries, err := files.ReadDir("examples")
	if err != nil {
		panic("explain: " + err.Error())
	}
	list := map[string]Example{}
	for _, e := range entries {
		data, err := files.ReadFile("examples/" + e.Name())
		if err != nil {
			panic("explain: " + err.Error())
		}
		x, err := parseExample(string(data))
		if err != nil {
			panic("explain: " + e.Name() + ": " + err.Error())
		}
		list[strings.TrimSuffix(e.Name(), ".txt")] = x
	}
	return list
})

// parseExample reads an example file. Its lines begin with a word:
//
//	file NAME        the edits that follow are to this file
//	- LINE           a line of the base archive
//	+ LINE           a line to put in its place; a line in quotes may have escapes
//	delete           the file is removed
//	copy NAME        the file is a copy of another
//	link TARGET      the file is a symbolic link
//	times N          the last + line is repeated N times
//	pad N            the file is N bytes longer
//	locked           the file may not be read
//	run COMMAND      this command reports the fault, instead of check
//	zh MESSAGE       the diagnostic in Chinese
//	en MESSAGE       and in English
func parseExample(text string) (x Example, err error) {
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		last := len(x.Edits) - 1
		if last < 0 && slices.Contains([]string{"-", "+", "delete", "copy", "link", "pad", "times", "locked"}, word) {
			return x, fmt.Errorf("%q stands before a file", line)
		}
		switch word {
		case "file":
			x.Edits = append(x.Edits, Edit{File: rest})
		case "-":
			x.Edits[last].Old = append(x.Edits[last].Old, rest)
		case "+":
			if s, err := strconv.Unquote(rest); err == nil && strings.Contains(rest, `\`) {
				rest = s
			}
			x.Edits[last].New = append(x.Edits[last].New, rest)
		case "delete":
			x.Edits[last].Delete = true
		case "pad":
			x.Edits[last].Pad, err = strconv.Atoi(rest)
		case "times":
			x.Edits[last].Times, err = strconv.Atoi(rest)
		case "locked":
			x.Edits[last].Locked = true
		case "copy":
			x.Edits[last].Copy = rest
		case "link":
			x.Edits[last].Link = rest
		case "run":
			x.Run = strings.Fields(rest)
		case "zh":
			x.Says = rest
		case "en":
			x.SaysEN = rest
		case "":
		default:
			return x, fmt.Errorf("unknown word %q", word)
		}
		if err != nil {
			return x, err
		}
	}
	return x, nil
}

// Apply makes the changes in a map of an archive's files. It skips links and
// locked files, which only a file system can have.
func (x Example) Apply(base map[string]string) error {
	for _, e := range x.Edits {
		switch {
		case e.Delete:
			delete(base, e.File)
		case e.Copy != "":
			base[e.File] = base[e.Copy]
		case e.Link != "" || e.Locked:
		case len(e.Old) == 0:
			last := e.New[max(0, len(e.New)-1):]
			base[e.File] = strings.Join(append(slices.Clone(e.New), slices.Repeat(last, max(e.Times-1, 0))...), "\n") + strings.Repeat("\n", e.Pad)
		default:
			was := strings.Join(e.Old, "\n") + "\n"
			if strings.Count(base[e.File], was) != 1 {
				return fmt.Errorf("%s: %q stands there %d times", e.File, was, strings.Count(base[e.File], was))
			}
			now := strings.Join(e.New, "\n")
			if len(e.New) > 0 {
				now += "\n"
			}
			base[e.File] = strings.Replace(base[e.File], was, now, 1)
		}
	}
	return nil
}

// Lines shows the example to a reader.
func (x Example) Lines(tag lang.Tag) []string {
	var list []string
	for _, e := range x.Edits {
		list = append(list, e.File)
		for _, s := range e.Old {
			list = append(list, "- "+s)
		}
		for _, s := range e.New {
			for part := range strings.SplitSeq(strings.TrimRight(s, "\n"), "\n") {
				list = append(list, "+ "+printable(part))
			}
		}
		switch {
		case e.Delete:
			list = append(list, words()["deleted"].In(tag))
		case e.Copy != "":
			list = append(list, "= "+e.Copy)
		case e.Link != "":
			list = append(list, "→ "+e.Link)
		case e.Times > 0:
			list = append(list, fmt.Sprintf("… ×%d", e.Times))
		case e.Pad > 0:
			list = append(list, fmt.Sprintf("… +%d", e.Pad))
		case e.Locked:
			list = append(list, words()["locked"].In(tag))
		}
	}
	if x.Run != nil {
		list = append(list, "$ annals "+strings.Join(x.Run, " "))
	}
	return append(list, lang.Text{ZH: x.Says, EN: x.SaysEN}.In(tag))
}

// printable writes bytes that are not UTF-8, and invisible characters, as escapes.
func printable(s string) string {
	q := strconv.Quote(s)
	if inner := q[1 : len(q)-1]; strings.ReplaceAll(inner, `\"`, `"`) != s {
		return inner
	}
	return s
}
