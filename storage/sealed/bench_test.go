package sealed

import (
	"fmt"
	"testing"
)

// What sealing costs by itself: beside a round trip to Redis, of some 50 µs.
func BenchmarkBody(b *testing.B) {
	key := dataKey{aead: aead(make([]byte, keySize))}
	r := ring{version: 1, keys: map[keyID]dataKey{key.id: key}, current: key}
	for _, size := range []int{200, 2 << 10, 20 << 10} {
		body := make([]byte, size)
		b.Run(fmt.Sprintf("seal/bytes=%d", size), func(b *testing.B) {
			for b.Loop() {
				key.seal(body, documentAt("slack.T1", "run/abcdefghijkl"))
			}
		})
		stored := key.seal(body, documentAt("slack.T1", "run/abcdefghijkl"))
		b.Run(fmt.Sprintf("open/bytes=%d", size), func(b *testing.B) {
			for b.Loop() {
				if _, err := r.open(stored, documentAt("slack.T1", "run/abcdefghijkl"), false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
