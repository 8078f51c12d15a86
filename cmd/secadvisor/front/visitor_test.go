package front

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
)

// Who has a /48 has 65,536 networks of the size that a visitor has, and may
// have what four of them may.
func TestASiteIsNoCrowd(t *testing.T) {
	const each = 3
	p := newPlaces(each)
	taken := func(form string, n int) (leaves []func()) {
		for i := range n {
			if leave, ok := p.take(netip.MustParseAddr(fmt.Sprintf(form, i))); ok {
				leaves = append(leaves, leave)
			}
		}
		return leaves
	}
	whole := taken("2001:db8:1:%x::1", 1000)
	if len(whole) != ofASite*each {
		t.Errorf("a site holds %d places", len(whole))
	}
	if n := len(taken("2001:db8:2:1::%x", 1000)); n != each {
		t.Errorf("one visitor of another site holds %d", n)
	}
	for i, form := range []string{"198.51.100.%d", "::ffff:198.51.100.%d", "198.51.100.%d"} { // the same, however they are written
		if n := len(taken(form, 100)); n != 100 {
			t.Errorf("of a hundred IPv4 addresses %d come in for the %dth time", n, i+1)
		}
	}
	if n := len(taken("::ffff:198.51.100.%d", 100)); n != 0 {
		t.Errorf("%d IPv4 addresses hold more than their share", n)
	}
	for _, leave := range whole {
		leave()
		leave()
	}
	if n := len(taken("2001:db8:1:%x::1", 1000)); n != ofASite*each {
		t.Errorf("all left, and then a site holds %d", n)
	}
}

// Neither may a site fail again and again, nor make us forget others by its
// many networks.
func TestASiteThatKeepsFailingIsSlowed(t *testing.T) {
	now := time.Now()
	s := newSlowed(nil, func(string) {})
	s.now = func() time.Time { return now }
	from := func(i int) netip.Addr { return netip.MustParseAddr(fmt.Sprintf("2001:db8:1:%x::1", i)) }
	atOnce := 0
	for i := range 65536 {
		if wait, _ := s.fail(from(i)); wait == 0 {
			atOnce++
		}
	}
	if atOnce != ofASite*failures || s.held != ofASite*heldPerAddress {
		t.Errorf("%d failures are refused at once, %d held back", atOnce, s.held)
	}
	if n := len(s.known.recent) + len(s.known.before); n > ofASite*(failures+heldPerAddress)+1 {
		t.Errorf("%d networks are remembered", n)
	}
	if !s.shuts(from(65535)) || s.shuts(netip.MustParseAddr("2001:db8:2::1")) {
		t.Error("the site, and no other, is not read")
	}
}

func TestAProxyMayBeNamedAsIPv6(t *testing.T) {
	for _, text := range []string{"::ffff:10.0.0.0/104", "::ffff:10.0.0.1", "10.0.0.0/8"} {
		all, err := Config{Proxies: []string{text}}.networks()
		if err != nil || !among(peer("10.0.0.1:5"), all) {
			t.Errorf("%s is %v, %v", text, all, err)
		}
	}
}
