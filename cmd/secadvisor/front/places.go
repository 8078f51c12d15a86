package front

import (
	"net/netip"
	"sync"
)

// places can be held by senders: so many at once by each, and a few times as
// many by those of one site together.
type places struct {
	each int

	mu   sync.Mutex
	held map[netip.Prefix]int // none where nothing is held
}

func newPlaces(each int) *places { return &places{each: each, held: map[netip.Prefix]int{}} }

// take holds a place until leave is called, once or more often.
func (p *places) take(from netip.Addr) (leave func(), ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := holders(from)
	for _, h := range all {
		if p.held[h.Prefix] >= h.times*p.each {
			return nil, false
		}
	}
	for _, h := range all {
		p.held[h.Prefix]++
	}
	return sync.OnceFunc(func() { p.leave(all) }), true
}

func (p *places) leave(all []holder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, h := range all {
		if p.held[h.Prefix]--; p.held[h.Prefix] == 0 {
			delete(p.held, h.Prefix)
		}
	}
}
