package main

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// samples are how long things took.
type samples []time.Duration

// at is the percentile p; 0 without samples.
func (s samples) at(p int) time.Duration {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

// kills are what was killed, and for how long that may be felt.
type kills struct {
	mu  sync.Mutex
	all []window
}

type window struct {
	what     string
	from, to time.Time
}

func (k *kills) during(what string, d time.Duration, kill func()) {
	now := time.Now()
	k.mu.Lock()
	k.all = append(k.all, window{what, now, now.Add(d)})
	k.mu.Unlock()
	kill()
}

// felt reports whether something that happened then fell into a window.
func (k *kills) felt(from, to time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.ContainsFunc(k.all, func(w window) bool { return from.Before(w.to) && to.After(w.from) })
}

// acks are the acknowledgements: when each was asked for, and how long it took,
// all attempts together.
type acks struct {
	mu  sync.Mutex
	all []ack
}

type ack struct {
	at   time.Time
	took time.Duration
}

func (a *acks) add(at time.Time) {
	took := time.Since(at)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, ack{at, took})
}

// split tells those within the windows of kills from the others.
func (a *acks) split(k *kills) (outside, within samples) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, one := range a.all {
		if k.felt(one.at, one.at.Add(one.took)) {
			within = append(within, one.took)
		} else {
			outside = append(outside, one.took)
		}
	}
	return outside, within
}

func (k *kills) names() (all []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, w := range k.all {
		all = append(all, w.what)
	}
	return all
}
