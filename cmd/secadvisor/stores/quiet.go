package stores

import (
	"context"

	goredis "github.com/redis/go-redis/v9"
)

// Quiet keeps the Redis client from writing between what a person reads: what
// it has to say comes back as an error, too.
func Quiet() { goredis.SetLogger(quiet{}) }

type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}
