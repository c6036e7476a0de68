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

// digester hashes files with a key that is drawn when a manifest is begun and
// lies in it. Whoever writes the content chooses the bytes, so two files must
// not be made to meet; but nobody outside knows the key or sees a digest, and
// so GMAC serves, which is three times as fast as SHA-256: the chance that two
// files of a megabyte meet is 2^-112, whatever is in them. The nonce may stay
// the same for the same reason.
type digester struct {
	key  [16]byte
	gmac cipher.AEAD
}

func newDigester(key [16]byte) digester {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // a constant length
	}
	gmac, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // a block of sixteen bytes
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

// checksum finds damage in the manifest itself. It must not depend on what
// the manifest says.
func checksum(parts ...[]byte) digest {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return digest(h.Sum(nil)[:16])
}
