package site

import (
	"testing"
	"unicode"
)

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"总体情况": "总体情况", "（一） 总体 Situation": "一-总体-situation", "—— ": "", "Ⅲ类A龥龦": "类a龥龦", "1. 条例": "1-条例",
	} {
		if got := string(appendSlug([]byte("c-"), text)); got != "c-"+want {
			t.Errorf("appendSlug(%q) = %q, want c-%q", text, got, want)
		}
	}
	for r := '一'; r <= '龥'; r++ {
		if !unicode.IsLetter(r) || unicode.ToLower(r) != r {
			t.Fatalf("%c is not a letter without cases", r)
		}
	}
}
