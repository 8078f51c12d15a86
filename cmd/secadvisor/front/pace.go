package front

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Pace is how often each sender may do something. Addresses that may be those
// of a proxy, which many come through, have none.
type Pace struct {
	proxies []netip.Prefix

	mu    sync.Mutex
	known memory
}

// Pace lets each sender do something so often in one go, and then so often a
// second.
func (c Config) Pace(perSecond float64, atOnce int) (*Pace, error) {
	proxies, err := c.networks()
	if err != nil {
		return nil, err
	}
	return &Pace{proxies: proxies, known: memory{perSecond: perSecond, atOnce: atOnce}}, nil
}

// Allow reports whether a request may be served, and counts it if so. What is
// refused is counted to nobody: one visitor who asks again and again takes
// nothing from the others of their site.
func (p *Pace) Allow(r *http.Request) bool {
	from := sender(r, p.proxies)
	if mayBeProxy(from) {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	var buckets []*rate.Limiter
	for _, h := range holders(from) {
		bucket := p.known.find(h).bucket
		if bucket.TokensAt(now) < 1 {
			return false
		}
		buckets = append(buckets, bucket)
	}
	for _, bucket := range buckets {
		bucket.AllowN(now, 1)
	}
	return true
}

// Holders that are remembered: twice this at most, of which the one half is
// forgotten when the other is full.
const remembered = 5000

// memory is of what holders did lately. Whoever uses it holds a lock.
type memory struct {
	perSecond float64 // of a visitor, and as much more of a site as it may have
	atOnce    int

	recent map[netip.Prefix]*known
	before map[netip.Prefix]*known
}

// known is a holder.
type known struct {
	bucket *rate.Limiter
	held   int // its refusals that are held back
}

func (m *memory) find(who holder) *known {
	if k, ok := m.recent[who.Prefix]; ok {
		return k
	}
	k, ok := m.before[who.Prefix]
	if !ok {
		k = &known{bucket: rate.NewLimiter(rate.Limit(m.perSecond*float64(who.times)), m.atOnce*who.times)}
	}
	if m.recent == nil || len(m.recent) >= remembered {
		m.before, m.recent = m.recent, map[netip.Prefix]*known{}
	}
	m.recent[who.Prefix] = k
	return k
}
