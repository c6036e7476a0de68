package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestPanic: a panic ends a command with 3 and prints that the program is at
// fault, what to send to its authors, and the stack.
func TestPanic(t *testing.T) {
	for tag, want := range map[string]string{"zh": "这是程序的错误，不是内容的错误：by mistake", "en": "this is a mistake of the program, not of the content: by mistake"} {
		var out bytes.Buffer
		code := Main(context.Background(), []string{"version", "--lang", tag}, Env{Out: broken{}, Err: &out, Getenv: func(string) string { return "" }})
		if code != impossible || !strings.Contains(out.String(), want) || !strings.Contains(out.String(), "panic_test.go") || !strings.Contains(out.String(), "annals ") {
			t.Errorf("exit %d:\n%s", code, out.String())
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { panic("by mistake") }
