package main

import (
	"flag"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	soakTime = flag.Duration("soak-time", 0, "how long TestSoak sends; the full test has 20m")
	soakRate = flag.Float64("soak-rate", 200, "events a second of TestSoak")
)

// For twenty minutes hundreds of companies ask, press and are reminded. What
// the bots hold in memory must not grow with what they have done: the last
// fifth of the time is held against the second.
func TestSoak(t *testing.T) {
	if *soakTime == 0 {
		t.Skip("runs with -soak-time 20m")
	}
	l := newLoad(t, *loadCompanies)
	l.serve()
	var all sync.WaitGroup
	begun := time.Now()
	all.Go(func() { l.send(*soakRate, *soakTime) })
	const parts = 5
	var seen [parts][]figures
	for part := range parts {
		for end := begun.Add(*soakTime * time.Duration(part+1) / parts); time.Now().Before(end); time.Sleep(*soakTime / (parts * 12)) {
			for i := range l.bots {
				seen[part] = append(seen[part], l.figuresOf(i))
			}
		}
		m := middle(seen[part])
		l.Logf("after %3.0f%% of the time, %d events: a bot has %.0f MB in memory, %.1f MB of heap in use, %.0f goroutines",
			100*float64(part+1)/parts, l.acknowledgedAll(), m.memory/1e6, m.heap/1e6, m.goroutines)
	}
	all.Wait()
	took := time.Since(begun)
	l.settle()
	l.report(took)
	early, late := middle(seen[1]), middle(seen[parts-1])
	for what, grown := range map[string]float64{
		"memory": late.memory / early.memory, "heap": late.heap / early.heap, "goroutines": late.goroutines / early.goroutines,
	} {
		l.Logf("%s at the end by that at the beginning: %.2f", what, grown)
		if grown > mostGrown {
			l.Errorf("%s has grown %.2f times", what, grown)
		}
	}
}

// mostGrown leaves room for caches that fill, and for the collector's mood.
const mostGrown = 1.4

// figures are what a bot tells of itself.
type figures struct{ memory, heap, goroutines float64 }

func (l *traffic) figuresOf(bot int) (f figures) {
	l.Helper()
	response, err := http.Get("http://" + l.figures[bot] + "/metrics")
	if err != nil {
		l.Errorf("bot %d tells no figures: %v", bot, err)
		return f
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		l.Error(err)
	}
	of := func(name string) float64 {
		m := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindStringSubmatch(string(raw))
		if m == nil {
			l.Errorf("bot %d tells no %s", bot, name)
			return 0
		}
		n, _ := strconv.ParseFloat(strings.TrimSpace(m[1]), 64)
		return n
	}
	return figures{of("process_resident_memory_bytes"), of("go_memstats_heap_inuse_bytes"), of("go_goroutines")}
}

// middle is the median of each figure.
func middle(all []figures) figures {
	of := func(get func(figures) float64) float64 {
		var s []float64
		for _, f := range all {
			s = append(s, get(f))
		}
		slices.Sort(s)
		return s[len(s)/2]
	}
	return figures{of(func(f figures) float64 { return f.memory }), of(func(f figures) float64 { return f.heap }), of(func(f figures) float64 { return f.goroutines })}
}

// acknowledgedAll counts the events so far.
func (l *traffic) acknowledgedAll() int64 {
	return l.questions.Load() + l.messages.Load() + l.pressed.Load() + l.timers.Load()
}
