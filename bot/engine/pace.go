package engine

import (
	"hash/fnv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"secadvisor/bot"
)

// Spread is when a timer comes: later than it was set for by a part of its
// spread that depends on its name alone.
func Spread(tenant, flow string, s bot.Set) time.Time {
	if s.Spread <= 0 || s.At.IsZero() {
		return s.At
	}
	h := fnv.New64a()
	h.Write([]byte(tenant + "/" + flow + "/" + s.Name))
	return s.At.Add(time.Duration(h.Sum64() % uint64(s.Spread)))
}

// pace keeps posts that nobody waits for within what a platform takes. Each
// process keeps its own: where several together are too fast, the platform
// says so.
type pace struct {
	mu    sync.Mutex
	limit map[string]*rate.Limiter
}

// mostPaced bounds the limiters that are remembered.
const mostPaced = 10_000

// wait is how long a post has to wait; nothing is used up where it has to.
func (p *pace) wait(platform bot.Platform, tenant string, out post, now time.Time) time.Duration {
	paced, ok := platform.(bot.Paced)
	if !ok || !out.Unasked {
		return 0
	}
	at := paced.Pace()
	p.mu.Lock()
	defer p.mu.Unlock()
	company := p.of(tenant, at.Company).ReserveN(now, 1)
	conversation := p.of(tenant+"/"+out.To.Lane(), at.Conversation).ReserveN(now, 1)
	wait := max(company.DelayFrom(now), conversation.DelayFrom(now))
	if wait > 0 {
		company.CancelAt(now)
		conversation.CancelAt(now)
	}
	return wait
}

func (p *pace) of(key string, perSecond float64) *rate.Limiter {
	if p.limit == nil || len(p.limit) >= mostPaced {
		p.limit = map[string]*rate.Limiter{}
	}
	l, ok := p.limit[key]
	if !ok {
		l = rate.NewLimiter(rate.Limit(perSecond), max(1, int(perSecond)))
		p.limit[key] = l
	}
	return l
}
