package redis

import (
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// setTime is the time in ms if a test has moved it; 0: Redis's own counts.
func (s *Store) setTime() int64 {
	if s.offset == nil {
		return 0
	}
	offset := s.offset()
	if offset == 0 {
		return 0
	}
	return time.Now().Add(offset).UnixMilli()
}

// readTime is the time in ms, of the server unless a test has moved it.
func (s *Store) readTime(server *goredis.TimeCmd) (int64, error) {
	now, err := server.Result()
	if set := s.setTime(); set > 0 {
		return set, err
	}
	return now.UnixMilli(), err
}
