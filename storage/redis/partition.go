package redis

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"strconv"
)

const (
	// partitions may never change for a store that has data.
	partitions = 256

	// slots of a cluster.
	// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model
	slots = 16384
)

// partition names the keys of one partition.
type partition struct {
	due, held, version, tenants, names string
	doc, index, ends, job, seen        string // to be followed by tenant and name
}

func newPartitions(prefix string) *[partitions]partition {
	var all [partitions]partition
	for i, tag := range tags() {
		base := prefix + "{" + tag + "}:"
		all[i] = partition{
			due: base + "due", held: base + "held", version: base + "version", tenants: base + "tenants", names: base + "names",
			doc: base + "doc:", index: base + "index:", ends: base + "ends:", job: base + "job:", seen: base + "seen:",
		}
	}
	return &all
}

// part is the partition of a tenant.
func (s *Store) part(tenant string) *partition {
	h := fnv.New64a()
	_, _ = h.Write([]byte(tenant))
	sum := h.Sum64()
	return &s.parts[(sum^sum>>32)%partitions]
}

// tags gives each partition a hash tag whose slot is in the partition's own
// part of the slots, so that any division of a cluster divides them evenly.
// They may never change for a store that has data.
func tags() [partitions]string {
	var found [partitions]string
	for n, missing := 0, partitions; missing > 0; n++ {
		tag := strconv.FormatInt(int64(n), 36)
		if at := slot(tag) / (slots / partitions); found[at] == "" {
			found[at] = tag
			missing--
		}
	}
	return found
}

// slot is the CRC16 (XMODEM) of a tag, modulo the number of slots.
// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#appendix-a-crc16-reference-implementation-in-ansi-c
func slot(tag string) int {
	var crc uint16
	for i := range len(tag) {
		crc ^= uint16(tag[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return int(crc) % slots
}

// What a member of the sorted set due is, by its first byte.
const (
	laneKind  = 'L'
	timerKind = 'T'
)

// scope is a tenant's name behind its length, so that no end of one tenant's
// name is taken for the beginning of what follows.
func scope(tenant string) string {
	return string(binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(tenant)), uint16(len(tenant)))) + tenant
}

// splitMember takes apart a member of due: its kind, tenant and name.
func splitMember(member string) (kind byte, tenant, name string, err error) {
	if len(member) < 3 {
		return 0, "", "", errors.New("a member of the due set is too short")
	}
	end := 3 + int(binary.BigEndian.Uint16([]byte(member[1:3])))
	if len(member) <= end {
		return 0, "", "", errors.New("a member of the due set has no end")
	}
	if kind := member[0]; kind != laneKind && kind != timerKind {
		return 0, "", "", errors.New("a member of the due set is no lane and no timer")
	}
	return member[0], member[3:end], member[end:], nil
}
