package redis

import goredis "github.com/redis/go-redis/v9"

// setTime is the time that a test has set, in ms; 0: Redis's own counts.
func (s *Store) setTime() int64 {
	if s.clock == nil {
		return 0
	}
	return s.clock().UnixMilli()
}

// readTime is the time in ms, of the server unless a test has set it.
func (s *Store) readTime(server *goredis.TimeCmd) (int64, error) {
	now, err := server.Result()
	if set := s.setTime(); set > 0 {
		return set, err
	}
	return now.UnixMilli(), err
}
