package output

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stageName is the name of the stage where it has to be in the output folder,
// because the state folder is on another file system.
const stageName = ".annals-stage"

const maxPath = 1024 // bytes

// Errors of CheckPath for which callers have a message of their own.
var (
	ErrLong      = errors.New("a path has 1 to 1024 bytes")
	ErrNotNormal = errors.New("not in the normal form NFC")
)

// CheckPath says why a path cannot be written on every system and served by
// every host, or returns nil: it must be relative, clean, separated by
// slashes, in NFC, and free of names and characters that Windows or URLs
// reserve.
func CheckPath(path string) error {
	if path == "" || len(path) > maxPath {
		return &os.PathError{Op: "check", Path: path, Err: ErrLong}
	}
	if !utf8.ValidString(path) {
		return pathError("check", path, "not UTF-8")
	}
	if !norm.NFC.IsNormalString(path) {
		return &os.PathError{Op: "check", Path: path, Err: ErrNotNormal}
	}
	for _, r := range path {
		if unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|#%`, r) {
			return pathError("check", path, fmt.Sprintf("the character %q is reserved", r))
		}
	}
	for name := range strings.SplitSeq(path, "/") {
		if reason := badName(name); reason != "" {
			return pathError("check", path, reason)
		}
	}
	return nil
}

func badName(name string) string {
	switch {
	case name == "":
		return "an empty name, or not relative"
	case name == "." || name == "..":
		return "not clean"
	case len(name) > 255:
		return "a name is longer than 255 bytes"
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") || strings.HasPrefix(name, " "):
		return "a name must not begin or end with a space, nor end with a dot"
	}
	stem, _, _ := strings.Cut(name, ".")
	switch strings.ToUpper(strings.TrimRight(stem, " ")) {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
		"COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
		"LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³":
		return "Windows reserves the name " + stem
	}
	switch strings.ToLower(name) {
	case ".git", ".annals", stageName:
		return "the name " + name + " is not the site's"
	}
	return ""
}

// Fold maps a path to a form that is equal for two paths if they name the same
// file on a disk that ignores letter case and Unicode normal forms.
func Fold(path string) string {
	for i := range len(path) {
		if path[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.ToLower(strings.ToUpper(path)))
		}
	}
	return strings.ToLower(path)
}

func hexOf(b []byte) string { return fmt.Sprintf("%x", b) }
