package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// Sums are hashes of files by their paths in the site. They are written as
// sha256sum writes and reads them.
type Sums map[string][sha256.Size]byte

// Append appends the hashes in the order of the paths.
func (s Sums) Append(b []byte) []byte {
	for _, path := range slices.Sorted(maps.Keys(s)) {
		sum := s[path]
		b = append(hex.AppendEncode(b, sum[:]), "  "...)
		b = append(append(b, path...), '\n')
	}
	return b
}

// ParseSums reads what Append writes.
func ParseSums(data []byte) (Sums, error) {
	s := Sums{}
	for line := range strings.Lines(string(data)) {
		sum, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		raw, err := hex.DecodeString(sum)
		if !ok || err != nil || len(raw) != sha256.Size || path == "" || len(line) == len(strings.TrimSuffix(line, "\n")) {
			return nil, ErrMalformed
		}
		s[path] = [sha256.Size]byte(raw)
	}
	return s, nil
}
