package cli

import (
	_ "embed"
	"fmt"
	"strings"

	"annals/generator/lang"
)

//go:embed messages.json
var messagesJSON []byte

// messages are all words of the commands by their key. Their verbs are those
// of fmt, the same in both languages.
var messages = lang.Embedded("cli/messages.json", messagesJSON)

// language is that of messages: the one that --lang names, or the
// environment's, or Chinese. It is found before the command line is parsed, so
// that everything said about the other flags is in it.
func language(args []string, getenv func(string) string) lang.Tag {
	var flag string
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, "--lang="); ok {
			flag = v
		} else if arg == "--lang" && i+1 < len(args) {
			flag = args[i+1]
		}
	}
	for _, s := range []string{flag, getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG")} {
		if t, ok := lang.Parse(s); ok {
			return t
		}
		if s == "C" || s == "POSIX" || strings.HasPrefix(s, "C.") {
			break
		}
	}
	return lang.ZH
}

// say is a message in the language of messages.
func (a *app) say(key string, args ...any) string {
	text := messages()[key].In(a.tag)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// note says on standard error what the program does, unless it is to be quiet.
func (a *app) note(key string, args ...any) {
	if !a.quiet {
		fmt.Fprintln(a.Err, a.say(key, args...))
	}
}

// said is an error in the language of messages.
type said string

func (s said) Error() string { return string(s) }

// wrong ends a run that was called wrongly.
func (a *app) wrong(key string, args ...any) error { return exit{usage, said(a.say(key, args...))} }

// failed ends a run that could not do its work.
func (a *app) failed(key string, args ...any) error {
	return exit{impossible, said(a.say(key, args...))}
}
