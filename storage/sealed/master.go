package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

const (
	keySize  = 32 // bytes: AES-256
	masterID = 4  // bytes that name a master key
)

// Keys are the master keys of an installation. New rings are sealed under the
// first; the others are for reading what was sealed under them.
type Keys struct{ all []master }

// master is one master key. Its id follows from it, so that a wrong key is never
// taken for the right one.
type master struct {
	id   [masterID]byte
	seal cipher.AEAD
}

// NewKey makes a master key, as ParseKeys reads it.
func NewKey() string {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // it never fails
	return base64.RawURLEncoding.EncodeToString(key)
}

var errKey = errors.New(`a key is 32 random bytes in base64, 43 or 44 characters: "secadvisor keys new" prints one`)

// ParseKeys reads master keys, the current one first. Its errors hold no key.
func ParseKeys(texts ...string) (Keys, error) {
	var k Keys
	for i, text := range texts {
		m, err := parseKey(strings.TrimSpace(text))
		if err != nil {
			return Keys{}, fmt.Errorf("key %d: %w", i+1, err)
		}
		if _, twice := k.find(m.id); twice {
			return Keys{}, fmt.Errorf("key %d is there twice", i+1)
		}
		k.all = append(k.all, m)
	}
	return k, nil
}

func parseKey(text string) (master, error) {
	text = strings.TrimRight(strings.NewReplacer("+", "-", "/", "_").Replace(text), "=")
	key, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(key) != keySize {
		return master{}, errKey
	}
	sum := sha256.Sum256(append([]byte("secadvisor master key\x00"), key...))
	return master{[masterID]byte(sum[:masterID]), aead(key)}, nil
}

// aead is AES-256-GCM that draws its nonces itself.
func aead(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err == nil {
		var a cipher.AEAD
		if a, err = cipher.NewGCMWithRandomNonce(block); err == nil {
			return a
		}
	}
	panic(err) // a key of another size is a fault of this package
}

// Current names the key under which rings are sealed; empty: there is none.
func (k Keys) Current() string {
	if k.none() {
		return ""
	}
	return hex.EncodeToString(k.all[0].id[:])
}

// IDs name all keys, the current one first.
func (k Keys) IDs() (ids []string) {
	for _, m := range k.all {
		ids = append(ids, hex.EncodeToString(m.id[:]))
	}
	return ids
}

func (k Keys) none() bool { return len(k.all) == 0 }

func (k Keys) find(id [masterID]byte) (master, bool) {
	for _, m := range k.all {
		if m.id == id {
			return m, true
		}
	}
	return master{}, false
}

// String never holds a key.
func (k Keys) String() string { return strings.Join(k.IDs(), ", ") }
