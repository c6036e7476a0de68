package cli

import (
	_ "embed"
	"fmt"
	"strings"

	"annals/generator/lang"
)

//go:embed messages.json
var messagesJSON []byte

// messages are all texts of the commands by key. They have verbs of fmt, the same
// ones in both languages.
var messages = lang.Embedded("cli/messages.json", messagesJSON)

// language returns the language of messages: that of --lang, or of the environment,
// or Chinese. It is found before the command line is parsed, so that errors about
// the other flags are in that language.
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

// say returns a message in the language of messages.
func (a *app) say(key string, args ...any) string {
	text := messages()[key].In(a.tag)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// note prints a message to standard error, unless --quiet is set.
func (a *app) note(key string, args ...any) {
	if !a.quiet {
		fmt.Fprintln(a.Err, a.say(key, args...))
	}
}

// message is an error whose text is in the language of messages.
type message string

func (s message) Error() string { return string(s) }

// wrong returns the error for a command line that is wrong.
func (a *app) wrong(key string, args ...any) error { return exit{usage, message(a.say(key, args...))} }

// failed returns the error for a command that could not do its work.
func (a *app) failed(key string, args ...any) error {
	return exit{impossible, message(a.say(key, args...))}
}
