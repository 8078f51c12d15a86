package redis

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAddress(t *testing.T) {
	rows := []struct {
		address string
		want    string // addresses, database, user, prefix
		tls     bool
	}{
		{"redis://localhost:6379", "localhost:6379 0  secadvisor", false},
		{"redis://user:pa%2Fss@host:7000/3?prefix=bot:", "host:7000 3 user bot:", false},
		{"rediss://host", "host:6379 0  secadvisor", true},
		{"redis+cluster://a:1", "a:1 0  secadvisor", false},
		{"redis+cluster://user:pw@a:1,b:2,c:3/?prefix=x", "a:1,b:2,c:3 0 user x", false},
		{"rediss+cluster://a:1,b:2", "a:1,b:2 0  secadvisor", true},
	}
	for _, row := range rows {
		got, err := parseAddress(row.address)
		if err != nil {
			t.Errorf("%s: %v", row.address, err)
			continue
		}
		var text string
		var tls bool
		if o := got.single; o != nil {
			text, tls = strings.Join([]string{o.Addr, string(rune('0' + o.DB)), o.Username, got.prefix}, " "), o.TLSConfig != nil
		} else {
			o := got.cluster
			text, tls = strings.Join([]string{strings.Join(o.Addrs, ","), "0", o.Username, got.prefix}, " "), o.TLSConfig != nil
			if o.ClusterStateReloadInterval != time.Second {
				t.Errorf("%s: the picture of the cluster may be %v old", row.address, o.ClusterStateReloadInterval)
			}
		}
		if diff := cmp.Diff(row.want, text); diff != "" || tls != row.tls {
			t.Errorf("%s: TLS %v (-want +got)\n%s", row.address, tls, diff)
		}
	}
}

func TestAddressOptions(t *testing.T) {
	got, err := parseAddress("redis://h:1/0?wait_replicas=2&pool_size=5&read_timeout=7s")
	if err != nil {
		t.Fatal(err)
	}
	if got.replicas != 2 || got.single.PoolSize != 5 || got.single.ReadTimeout != 7*time.Second || got.single.WriteTimeout != ioTimeout {
		t.Errorf("replicas %d, pool %d, timeouts %v and %v", got.replicas, got.single.PoolSize, got.single.ReadTimeout, got.single.WriteTimeout)
	}
}

// TestPasswordIsInNoError puts a password wherever a missing escape may put it.
func TestPasswordIsInNoError(t *testing.T) {
	const secret = "tiger"
	rows := []string{
		"redis://:" + secret + "@", "redis://:1/" + secret + "@h:1", "redis://:1?" + secret + "@h:1", "redis://:1#" + secret + "@h:1",
		"redis://:" + secret + "%zz@h:1", "redis://:" + secret + "@h:port", "redis://u:" + secret + "@h:1/db", "redis://:a/" + secret + "@h:1",
		"redis://:1?x=" + secret + "@h:1", "redis://:1?pool_size=" + secret + "@h:1", "redis://:1?prefix=" + secret + "@h:1",
		"redis://:" + secret + "@h:1?unknown=1", "redis://:" + secret + "@h:1?pool_size=many", "redis://:" + secret + "@h:1,i:2",
		"redis+cluster://:" + secret + "@a:1,b", "redis+cluster://:" + secret + "@a:1/5", "http://:" + secret + "@h:1", secret, "",
	}
	for _, address := range rows {
		_, err := parseAddress(address)
		if err == nil {
			t.Errorf("%q is taken for an address", address)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%q: the error shows the password: %v", address, err)
		}
		s, err := Open(t.Context(), address)
		if err == nil {
			t.Errorf("%q was opened: %v", address, s.Close())
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%q: the error shows the password: %v", address, err)
		}
	}
}
