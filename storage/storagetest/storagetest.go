// Package storagetest is the suite that every store must pass, and the
// benchmarks by which stores compare. A store's own test wires it like this:
//
//	var opener = storagetest.Opener{Fresh: ..., Open: ..., Shared: ...}
//
//	func TestMain(m *testing.M)         { os.Exit(storagetest.Main(m, opener)) }
//	func TestStore(t *testing.T)        { storagetest.Run(t, opener) }
//	func BenchmarkStore(b *testing.B)   { storagetest.Bench(b, opener) }
package storagetest

import (
	"testing"
	"time"

	"secadvisor/storage"
)

// Opener makes stores of one kind.
type Opener struct {
	// Fresh makes a place without any data and returns where it is: a path,
	// or an address with a prefix. It may ask tb to clean up, or to skip.
	// Each case has a place of its own, and cases run in parallel.
	Fresh func(tb testing.TB) (where string)

	// Open opens what is at where, in this process or in one that the suite
	// kills. The store adds what offset says to the true time, at each look
	// at the clock; it moves forwards and backwards.
	Open func(where string, offset func() time.Duration) (storage.Store, error)

	// Shared says that one place may be open several times at once.
	Shared bool

	// Size is how many bytes the place takes now, in a server's memory and on
	// disk, for benchmarks; nil: nobody knows.
	Size func(where string) (memory, disk int64, err error)
}

// Run tests that stores which o opens keep the contract of storage.Store.
func Run(t *testing.T, o Opener) {
	groups := []func() []scenario{
		documentCases, bodyCases, listCases, dedupeCases, onceCases, laneCases, takeCases, leaseCases, attemptCases,
		timerCases, movedTimerCases, clockCases, tenantCases, eraseCases, keeperCases, statsCases, refusalCases, killCases,
	}
	for _, group := range groups {
		for _, c := range group() {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				c.run(newScene(t, o))
			})
		}
	}
}

// scenario is one named case of the suite.
type scenario struct {
	name string
	run  func(*scene)
}
