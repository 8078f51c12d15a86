package fakeslack

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"
)

// newTS is a time stamp that no other message has and that is later than all
// before. The caller holds the lock.
func (s *Server) newTS() (string, time.Time) {
	now := s.set.now()
	s.lastMicro = max(now.UnixMicro(), s.lastMicro+1)
	return stamp(s.lastMicro), now
}

func stamp(micro int64) string {
	b := strconv.AppendInt(make([]byte, 0, 20), micro/1e6, 10)
	rest := strconv.AppendInt(make([]byte, 0, 8), micro%1e6+1e6, 10)
	return string(append(append(b, '.'), rest[1:]...))
}

// newID is an id that no other thing has, beginning as Slack's do. The
// caller holds the lock.
func (s *Server) newID(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%08X", prefix, s.serial)
}

func secret() string {
	b := make([]byte, 12)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// shortID is an id for a block that was sent without one: the same each time
// for the same seed.
func shortID(seed string, i int) string {
	h := fnv.New64a()
	fmt.Fprint(h, seed, "/", i)
	return strconv.FormatUint(h.Sum64()%60466176+60466176, 36)[1:]
}
