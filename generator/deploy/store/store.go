// Package store puts objects into the places that a site is published to: a store
// that speaks S3's protocol, or a folder.
//
// A Store does one request at a time and tells exactly what came of it. It neither
// repeats a request nor believes that a success is one: who puts an object reads it
// back. That is the work of package deploy.
//
// Nothing that a store answers is trusted. An answer is read up to a limit, a
// redirection is not followed, and of a store's words only a line is kept, without
// the secrets it may repeat.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Store holds objects by keys, which are paths with slashes.
type Store interface {
	// Get returns an object of at most limit bytes, and a tag that a condition may
	// name. The error is ErrMissing if there is none.
	Get(ctx context.Context, key string, limit int64) (data []byte, tag string, err error)

	// Put stores an object under a condition and returns its tag. The error is
	// ErrConflict if the condition does not hold.
	Put(ctx context.Context, key string, o Object, c Condition) (tag string, err error)

	// Delete removes an object. To remove one that is not there is no error.
	Delete(ctx context.Context, key string) error

	// Tidy removes what a run that was killed has left half-written. No other run
	// may be writing.
	Tidy(ctx context.Context) error

	// Forget removes what the store keeps of earlier bytes of the objects for whose
	// keys ours returns true.
	Forget(ctx context.Context, ours func(key string) bool) error
}

// Object is what is stored, and how it is to be served.
type Object struct {
	Data  []byte
	Type  string // of its content
	Cache string // for how long it may be kept by browsers and caches
	Save  bool   // a browser saves it, and does not show it
}

// Condition is what must hold for an object to be stored: "" for nothing, Absent,
// or the tag that the object must have.
type Condition string

// Absent is the condition that there is no object of the key yet.
const Absent Condition = "*"

// ErrMissing says that there is no object of a key; ErrConflict that a condition
// does not hold.
var (
	ErrMissing  = errors.New("there is no such object")
	ErrConflict = errors.New("the object is there already, or is another by now")
)

// Error is a failed request.
type Error struct {
	Op, Key string
	Status  int    // of HTTP; 0 if there was no answer
	Code    string // S3's word for the reason
	Message string // the store's own words, one line
	Err     error  // what the system says; nil if the store answered
}

func (e *Error) Error() string {
	switch {
	case e.Err != nil:
		return fmt.Sprintf("%s %s: %s", e.Op, e.Key, e.Message)
	case e.Code != "":
		return fmt.Sprintf("%s %s: %d %s: %s", e.Op, e.Key, e.Status, e.Code, e.Message)
	}
	return fmt.Sprintf("%s %s: %d %s", e.Op, e.Key, e.Status, e.Message)
}

func (e *Error) Unwrap() error { return e.Err }

// Passing reports whether the same request may succeed in a moment: the network
// failed, the store is busy, or what arrived was not what was sent.
func (e *Error) Passing() bool {
	switch e.Code {
	case "SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody":
		return true
	}
	return e.Err != nil || e.Status >= 500 && e.Status != 501 || e.Status == 408 || e.Status == 409 || e.Status == 429 || e.Status == 200
}

// line returns a foreign text as one line of at most 200 characters, with no secret
// in it.
func line(text string, secrets []string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "…")
		}
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200]) + "…"
	}
	return text
}
