package redis

import (
	"errors"
	"fmt"
	"time"

	"secadvisor/storage"
)

// validName checks a tenant, key, lane, timer or id. The error does not repeat
// the name.
func validName(what, name string) error {
	if name == "" || len(name) > storage.MaxKey {
		return fmt.Errorf("%s of %d bytes; 1 to %d are allowed", what, len(name), storage.MaxKey)
	}
	return nil
}

func validBody(what string, body []byte) error {
	if len(body) > storage.MaxBody+storage.Overhead {
		return fmt.Errorf("%s of %d bytes; at most %d are allowed", what, len(body), storage.MaxBody)
	}
	return nil
}

// validChange refuses what makes no sense before Redis sees it.
func validChange(tenant string, c storage.Change) error {
	return errors.Join(validName("tenant", tenant), validHold(tenant, c), validOnce(c), validDocuments(c), validItems(c))
}

func validHold(tenant string, c storage.Change) error {
	switch {
	case c.Held == nil && (c.Done || c.Release != nil):
		return errors.New("done or released without a claim")
	case c.Done && c.Release != nil:
		return errors.New("a claim cannot be both done and released")
	case c.Release != nil && c.Release.After < 0:
		return errors.New("a claim cannot be released into the past")
	case c.Held != nil && c.Held.Tenant != tenant:
		return errors.New("the claim is another tenant's")
	case len(c.Take) > 0 && c.Lease <= 0:
		return errors.New("lanes are taken without a lease")
	}
	return nil
}

func validOnce(c storage.Change) error {
	switch {
	case c.Once == nil:
		return nil
	case c.Held != nil:
		return errors.New("a claim is held, so the change cannot be an event of its own")
	}
	return errors.Join(validName("event", c.Once.ID), validName("lane", c.Once.Lane))
}

func validDocuments(c storage.Change) error {
	for _, key := range c.Read {
		if err := validName("key", key); err != nil {
			return err
		}
	}
	for _, v := range c.Check {
		if err := validName("key", v.Key); err != nil {
			return err
		}
	}
	keys := make(map[string]bool, len(c.Put))
	for _, w := range c.Put {
		if err := errors.Join(validName("key", w.Key), validBody("document", w.Body)); err != nil {
			return err
		}
		if keys[w.Key] {
			return errors.New("one document is written twice")
		}
		if w.TTL < 0 {
			return errors.New("a document has a negative TTL")
		}
		keys[w.Key] = true
	}
	return nil
}

func validItems(c storage.Change) error {
	for _, j := range c.Jobs {
		if err := errors.Join(validName("lane", j.Lane), validBody("job", j.Body)); err != nil {
			return err
		}
		if err := validName("job id", j.ID); err != nil && (j.ID != "" || j.Dedupe) {
			return err
		}
	}
	for _, t := range c.Timers {
		if err := validName("timer", t.Name); err != nil {
			return err
		}
	}
	for _, lane := range c.Take {
		if err := validName("lane", lane); err != nil {
			return err
		}
	}
	return nil
}

// milliseconds rounds up, so that a short time is not none.
func milliseconds(d time.Duration) int64 {
	return int64((d + time.Millisecond - 1) / time.Millisecond)
}
