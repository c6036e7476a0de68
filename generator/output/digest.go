package output

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
)

// digest is the keyed hash of the bytes of a file, or the checksum of a part of
// the manifest.
type digest [16]byte

// digester hashes files with a random key, which is made together with a manifest
// and stored in it. Whoever writes the content chooses the bytes, so it must not be
// possible to make two files with the same hash. As nobody outside knows the key or
// sees a digest, GMAC is sufficient, which is three times as fast as SHA-256: two
// files of a megabyte have the same digest with a probability of 2^-112, whatever is
// in them. For the same reason the nonce may always be the same.
type digester struct {
	key  [16]byte
	gmac cipher.AEAD
}

func newDigester(key [16]byte) digester {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // cannot happen: the length is constant
	}
	gmac, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // cannot happen: the block has sixteen bytes
	}
	return digester{key, gmac}
}

func randomDigester() digester {
	var key [16]byte
	rand.Read(key[:]) // never fails
	return newDigester(key)
}

func (d digester) of(data []byte) (sum digest) {
	var nonce [12]byte
	d.gmac.Seal(sum[:0], nonce[:], nil, data)
	return sum
}

// checksum returns the checksum of a part of the manifest itself. It uses no key
// from the manifest, because that may be damaged.
func checksum(parts ...[]byte) digest {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return digest(h.Sum(nil)[:16])
}
