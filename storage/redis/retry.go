package redis

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// How long an operation outlasts a restart or a failover, if its context
// allows, and how long it waits between two attempts.
const (
	retryFor   = 10 * time.Second
	firstPause = 10 * time.Millisecond
	lastPause  = 500 * time.Millisecond
)

// once is a command that the client must not repeat by itself after a broken
// connection. Redis may have executed it, and a repeated Apply would report a
// conflict, a lost claim or a repeated event where there was none.
type once struct{ *goredis.Cmd }

func (once) NoRetry() bool { return true }

// retry attempts something again as long as again says that it may.
func (s *Store) retry(ctx context.Context, again func(error) bool, attempt func() error) error {
	deadline := time.Now().Add(retryFor)
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := inTime(ctx, attempt())
		if err == nil || !again(err) || time.Now().Add(pause).After(deadline) {
			return err
		}
		if cluster, ok := s.client.(*goredis.ClusterClient); ok {
			cluster.ReloadState(ctx)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w, while Redis was away: %w", ctx.Err(), err)
		case <-time.After(pause):
		}
	}
}

// inTime names the context's deadline where it was what broke the connection.
func inTime(ctx context.Context, err error) error {
	deadline, ok := ctx.Deadline()
	var timeout net.Error
	if !ok || time.Now().Before(deadline) || !errors.As(err, &timeout) || !timeout.Timeout() || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: %w", context.DeadlineExceeded, err)
}

// notDone reports that Redis certainly did not do what it was asked for, and
// may do it soon.
func notDone(err error) bool {
	for _, prefix := range []string{"MOVED ", "ASK ", "CLUSTERDOWN ", "TRYAGAIN ", "LOADING ", "READONLY ", "MASTERDOWN ", "NOREPLICAS ", "ERR max number of clients"} {
		if goredis.HasErrorPrefix(err, prefix) {
			return true
		}
	}
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// harmless is for what only reads: any trouble with the connection may pass.
func harmless(err error) bool {
	switch {
	case notDone(err):
		return true
	case isReply(err), errors.Is(err, goredis.ErrClosed), errors.Is(err, goredis.ErrPoolTimeout),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return false
	}
	return true
}

// isReply reports that Redis itself answered with the error.
func isReply(err error) bool {
	var reply goredis.Error
	return errors.As(err, &reply)
}
