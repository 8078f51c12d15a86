package redis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// TestSlotsAreThoseOfRedis uses the check value of the cluster specification.
func TestSlotsAreThoseOfRedis(t *testing.T) {
	if got := slot("123456789"); got != 0x31C3%slots {
		t.Errorf("slot %#x, want %#x", got, 0x31C3%slots)
	}
}

func TestPartitionsAreSpreadEvenly(t *testing.T) {
	for _, shards := range []int{2, 3, 4, 6, 32, 256} {
		count := make([]int, shards)
		for _, tag := range tags() {
			count[slot(tag)*shards/slots]++
		}
		for i, n := range count {
			if n < partitions/shards-1 || n > partitions/shards+2 {
				t.Errorf("shard %d of %d has %d partitions", i, shards, n)
			}
		}
	}
}

// TestDivisionStays fails when tenants would be looked for elsewhere than
// where an earlier version has put them.
func TestDivisionStays(t *testing.T) {
	all := tags()
	sum := sha256.Sum256([]byte(strings.Join(all[:], " ")))
	if got, want := hex.EncodeToString(sum[:8]), "12ae1f7b98291a57"; got != want {
		t.Errorf("tags have changed: %s, want %s", got, want)
	}
	s := Store{parts: newPartitions("p")}
	var keys []string
	for _, tenant := range []string{"slack.T0123", "teams.00000000-0000-0000-0000-000000000000", "play"} {
		keys = append(keys, s.part(tenant).due)
	}
	if got, want := fmt.Sprint(keys), "[p{3}:due p{5o}:due p{1l}:due]"; got != want {
		t.Errorf("tenants have moved to %s, want %s", got, want)
	}
}

func TestTenantsFillAllPartitions(t *testing.T) {
	s := Store{parts: newPartitions("p")}
	count := map[string]int{}
	const each = 100
	for i := range partitions * each {
		count[s.part(fmt.Sprintf("slack.T%08d", i)).due]++
	}
	for due, n := range count {
		if n < each/2 || n > 2*each {
			t.Errorf("partition %s has %d tenants, about %d would be even", due, n, each)
		}
	}
	if len(count) != partitions {
		t.Errorf("%d partitions are in use", len(count))
	}
}
