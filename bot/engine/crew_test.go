package engine

import (
	"testing"
	"testing/synctest"
	"time"
)

// Three companies want everything. Whatever one of them holds, another finds
// a worker, and who holds the fewest gets the next.
func TestWorkersAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrew(8)
		working := map[string]int{}
		ends := map[string]chan struct{}{"a": make(chan struct{}), "b": make(chan struct{}), "c": make(chan struct{})}
		began := make(chan string, 100)
		want := func(company string, n int) {
			for range n {
				c.add(company, func() { began <- company; <-ends[company] })
			}
		}
		now := func() map[string]int {
			synctest.Wait()
			for len(began) > 0 {
				working[<-began]++
			}
			return working
		}
		want("a", 20)
		if got := now(); got["a"] != 6 {
			t.Errorf("a alone holds %d of 8", got["a"])
		}
		want("b", 20)
		if got := now(); got["b"] != 2 {
			t.Errorf("then b holds %d", got["b"])
		}
		want("c", 1)
		if got := now(); got["c"] != 0 {
			t.Errorf("nobody is free, and c holds %d", got["c"])
		}
		ends["a"] <- struct{}{}
		if got := now(); got["c"] != 1 || got["b"] != 2 {
			t.Errorf("the next free one is not c's, who came last and holds none: %v", got)
		}
		for name, n := range map[string]int{"a": 19, "b": 20, "c": 1} {
			for range n {
				ends[name] <- struct{}{}
			}
		}
		if got := now(); got["a"] != 20 || got["b"] != 20 || got["c"] != 1 || c.free() != 8 || len(c.all) != 0 {
			t.Errorf("in the end %v, %d free, %d remembered", got, c.free(), len(c.all))
		}
	})
}

// Work that finds no room waits until what came before it had its turn, but
// never long.
func TestWhatIsPutOffWaitsForItsTurn(t *testing.T) {
	c, now := newCrew(8), time.Now()
	var last time.Duration
	for range 600 { // 100 ms each, six at once
		last = c.putOff("a", now)
	}
	if last < 9*time.Second || last > 11*time.Second {
		t.Errorf("the last of 600 waits %v", last)
	}
	if first := c.putOff("b", now); first != shortestPutOff {
		t.Errorf("the first of another waits %v", first)
	}
	for range 10_000 {
		last = c.putOff("a", now)
	}
	if last != longestPutOff {
		t.Errorf("the last of ten thousand waits %v", last)
	}
}
