package proof

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says how large a tree is and what its root is.
type Checkpoint struct {
	Origin string // the log's name: the site's address without scheme
	Size   int64
	Root   Hash
}

// Text is the text that is signed.
func (c Checkpoint) Text() string {
	return c.Origin + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\n"
}

// Origin is the name of the log of a site with an address, which may be empty.
func Origin(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	// A name of a key has no plus sign and no white space.
	address = strings.NewReplacer("+", "%2B", " ", "%20").Replace(strings.TrimSuffix(address, "/"))
	if address == "" {
		return "annals"
	}
	return address
}

// ErrMalformed says that something is no checkpoint, or no inventory.
var ErrMalformed = errors.New("malformed checkpoint")

// ParseCheckpoint reads the text of a checkpoint, without its signatures.
func ParseCheckpoint(text string) (c Checkpoint, err error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return c, ErrMalformed
	}
	c.Origin = lines[0]
	c.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || c.Size < 0 || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, ErrMalformed
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return c, ErrMalformed
	}
	return c, nil
}

// Signer signs the notes of a site. The zero value leaves them unsigned.
type Signer struct {
	key  note.Signer
	vkey string

	// More, if not nil, returns further lines of signatures for a text, each
	// beginning with a dash. Command is what makes them.
	More    func(text string) ([]byte, error)
	Command string
}

// ErrKey says that a key is none. It does not repeat it.
var ErrKey = errors.New("malformed key")

// NewSigner reads a key as note.GenerateKey writes it.
func NewSigner(key string) (s Signer, err error) {
	key = strings.TrimSpace(key)
	if s.key, err = note.NewSigner(key); err != nil {
		return s, ErrKey
	}
	s.vkey, err = publicKey(key)
	return s, err
}

// VerifierKey is what those need who verify signatures; "" without a key.
func (s *Signer) VerifierKey() string { return s.vkey }

// ID names all that signatures depend on, apart from the text. It holds no secret.
func (s *Signer) ID() string { return s.vkey + "\n" + s.Command }

// Sign returns the note: the text, with its signatures where there are any.
func (s *Signer) Sign(text string) ([]byte, error) {
	n := &note.Note{Text: text}
	b := []byte(text)
	if s.key != nil {
		var err error
		if b, err = note.Sign(n, s.key); err != nil {
			return nil, err
		}
	}
	if s.More == nil {
		return b, nil
	}
	more, err := s.More(text)
	if err != nil {
		return nil, err
	}
	if s.key == nil {
		b = append(b, '\n')
	}
	b = append(b, more...)
	if !bytes.HasSuffix(b, []byte("\n")) {
		b = append(b, '\n')
	}
	if _, _, err := Open(b, nil); err != nil {
		return nil, err
	}
	return b, nil
}

// Known are keys to verify signatures with; nil for none.
type Known = note.Verifiers

// Trust is what is known of a note's signatures.
type Trust int

// The degrees of trust.
const (
	Unsigned Trust = iota // no signature at all
	Unknown               // signed, by keys that were not given
	Signed                // by the key that was given
)

// ErrSignature says that the note is not signed by the key, or that its
// signature is of another text.
var ErrSignature = errors.New("the signature is not of this text and key")

// Open reads a note. With verifiers it must be signed by one of them.
func Open(data []byte, known Known) (text string, t Trust, err error) {
	if len(data) == 0 {
		return "", Unsigned, ErrMalformed
	}
	if !bytes.Contains(data, []byte("\n\n")) {
		if known != nil {
			return "", Unsigned, ErrSignature
		}
		if data[len(data)-1] != '\n' {
			return "", Unsigned, ErrMalformed
		}
		return string(data), Unsigned, nil
	}
	n, err := note.Open(data, known)
	var unverified *note.UnverifiedNoteError
	switch {
	case err == nil:
		return n.Text, Signed, nil
	case errors.As(err, &unverified) && known == nil:
		return unverified.Note.Text, Unknown, nil
	case errors.As(err, &unverified), errors.As(err, new(*note.InvalidSignatureError)):
		return "", Unknown, ErrSignature
	}
	return "", Unknown, ErrMalformed
}

// Verifier reads what those need who verify signatures.
func Verifier(vkey string) (Known, error) {
	v, err := note.NewVerifier(strings.TrimSpace(vkey))
	if err != nil {
		return nil, ErrKey
	}
	return note.VerifierList(v), nil
}
