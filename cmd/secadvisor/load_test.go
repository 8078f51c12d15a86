package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
)

var (
	loadTime      = flag.Duration("load-time", 0, "how long TestLoad sends; the full test has 60s")
	loadCompanies = flag.Int("load-companies", 300, "companies of TestLoad and TestSoak")
	loadRate      = flag.Float64("load-rate", 100, "events a second of TestLoad")
	loadP99       = flag.Duration("load-p99", 0, "what TestLoad's acknowledgements may take outside of failovers, at the 99th percentile; 0: they are printed alone")
)

// Three replicas of the bot on a cluster of Redis serve hundreds of companies,
// each of which installed it. While they ask, press and are reminded, and
// Slack fails one call in a hundred, a primary of the cluster dies, and a
// replica of the bot. Nothing that was acknowledged is lost or done twice.
// Then one company floods the bot, and others are answered all the same.
func TestLoad(t *testing.T) {
	if *loadTime == 0 {
		t.Skip("runs with -load-time 60s, for some minutes")
	}
	l := newLoad(t, *loadCompanies)
	l.serve()
	begun := time.Now()
	var killer sync.WaitGroup
	killer.Go(func() { l.killInTheMiddle(*loadTime) })
	l.send(*loadRate, *loadTime)
	killer.Wait()
	took := time.Since(begun)
	l.settle()
	l.report(took)
	l.flood()
}

// killInTheMiddle kills a primary after a quarter of the time, and a replica
// of the bot after half. Both are started again.
func (l *traffic) killInTheMiddle(d time.Duration) {
	time.Sleep(d / 4)
	l.kills.during("a primary of the cluster", failoverFor, func() {
		primary := l.cluster.Primaries[rand.IntN(len(l.cluster.Primaries))]
		primary.Kill()
		time.AfterFunc(min(10*time.Second, d/8), primary.Restart)
	})
	time.Sleep(d / 4)
	l.kills.during("a replica of the bot", restartFor, func() {
		p := l.bots[rand.IntN(len(l.bots))]
		p.kill()
		time.AfterFunc(time.Second, p.start)
	})
}

// What counts as the time of a failover, from the kill on: the cluster notices
// a dead primary after a second and elects another; requests in the hands of a
// dead bot are sent again.
const (
	failoverFor = 10 * time.Second
	restartFor  = 3 * time.Second
)

// send lets events come at a rate, whatever the answers take: of ten, six are
// questions, three are clicks and one is a timer.
func (l *traffic) send(rate float64, d time.Duration) {
	var all sync.WaitGroup
	tick := time.NewTicker(time.Duration(float64(time.Second) / rate))
	defer tick.Stop()
	for end := time.Now().Add(d); time.Now().Before(end) && l.Context().Err() == nil; <-tick.C {
		c := l.companies[rand.IntN(len(l.companies))]
		switch n := rand.IntN(10); {
		case n < 4:
			all.Go(c.asks)
		case n < 6:
			all.Go(c.writes)
		case n < 9:
			all.Go(l.clicks)
		default:
			all.Go(l.rings)
		}
	}
	all.Wait()
}

// clicks is a click in a company where nobody is clicking.
func (l *traffic) clicks() {
	for l.Context().Err() == nil {
		c := l.companies[rand.IntN(len(l.companies))]
		if c.clicking.TryLock() {
			defer c.clicking.Unlock()
			c.clicks()
			return
		}
	}
}

// rings makes the next company's reminder due.
func (l *traffic) rings() {
	l.companies[int(l.rung.Add(1)-1)%len(l.companies)].rings()
}

// flood lets one company send as fast as it can, to a Slack that takes its
// time for it. What others wait for is held against what they waited for
// before.
func (l *traffic) flood() {
	const samples = 150
	before := l.answered(samples)
	busy := l.companies[0]
	busy.space.FailRateOf("chat.postMessage", 1, fakeslack.Slow(time.Second))
	already := busy.sent.Load()
	stop := make(chan struct{})
	var crowd sync.WaitGroup
	for i := range 40 {
		crowd.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default: // each of many people, so that many conversations wait
					user := fmt.Sprintf("UCROWD%02d%02d", i, n%50)
					if n < 50 {
						busy.space.AddUser(user)
					}
					busy.writesAs(user)
				}
			}
		})
	}
	time.Sleep(2 * time.Second)
	during := l.answered(samples)
	sent := busy.sent.Load() - already
	close(stop)
	crowd.Wait()
	ratio := float64(during.at(50)) / float64(before.at(50))
	l.Logf("one company floods with %d questions, and its Slack takes a second for each answer:\n"+
		"  others get their posted answer within %v (half) and %v (99 of 100), before it within %v and %v: %.1f times",
		sent, ms(during.at(50)), ms(during.at(99)), ms(before.at(50)), ms(before.at(99)), ratio)
	if ratio > mostSlowed {
		l.Errorf("a flood of one company makes others wait %.1f times as long, want at most %d times", ratio, mostSlowed)
	}
}

// mostSlowed is how much longer the median answer may take while one company
// sends as fast as forty senders can. Without fairness it is some hundred times.
const mostSlowed = 12

// answered measures how long a question typed to the bot takes until its
// answer is posted, in one quiet company after another.
func (l *traffic) answered(n int) (took samples) {
	for i := range n {
		c := l.companies[1+i%(len(l.companies)-1)]
		begun := time.Now()
		c.writes()
		for c.posted() < int(c.written.Load()) && time.Since(begun) < time.Minute {
			time.Sleep(time.Millisecond)
		}
		took = append(took, time.Since(begun))
	}
	return took
}
