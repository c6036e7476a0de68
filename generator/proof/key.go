package proof

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// NewKey makes a key for a log: the one that signs, which is a secret, and the one
// to verify with.
func NewKey(origin string) (key, vkey string, err error) {
	return note.GenerateKey(rand.Reader, origin)
}

// publicKey derives the key to verify with from the one that signs, which the
// library does not do: PRIVATE+KEY+<name>+<hash>+<algorithm and seed>.
func publicKey(key string) (string, error) {
	parts := strings.SplitN(key, "+", 5) // the last may hold one too
	if len(parts) != 5 {
		return "", ErrKey
	}
	seed, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return "", ErrKey
	}
	return note.NewEd25519VerifierKey(parts[2], ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
}
