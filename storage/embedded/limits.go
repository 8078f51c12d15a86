package embedded

import (
	"cmp"

	"secadvisor/storage"
)

// changeFits refuses a change that is beyond the limits or makes no sense.
func changeFits(tenant string, c storage.Change) error {
	return cmp.Or(
		nameFits("tenant", tenant), claimFits(tenant, c), onceFits(c), documentsFit(c), jobsFit(c), timersFit(c), takeFits(c),
	)
}

func nameFits(what, name string) error {
	switch {
	case name == "":
		return refuse("a %s without a name", what)
	case len(name) > storage.MaxKey:
		return refuse("the name of a %s has %d bytes, %d are allowed", what, len(name), storage.MaxKey)
	}
	return nil
}

func bodyFits(what string, body []byte) error {
	if len(body) > storage.MaxBody+storage.Overhead {
		return refuse("a %s has %d bytes, %d are allowed", what, len(body), storage.MaxBody)
	}
	return nil
}

func listFits(tenant string, limit int) error {
	if limit < 1 {
		return refuse("a page of %d", limit)
	}
	return nameFits("tenant", tenant)
}

func claimFits(tenant string, c storage.Change) error {
	switch {
	case c.Held == nil && (c.Done || c.Release != nil):
		return refuse("nothing is held that could be done or released")
	case c.Held != nil && c.Held.Tenant != tenant:
		return refuse("the held claim is another tenant's")
	case c.Done && c.Release != nil:
		return refuse("a claim is either done or released")
	case c.Release != nil && c.Release.After < 0:
		return refuse("a release for %v", c.Release.After)
	}
	return nil
}

func onceFits(c storage.Change) error {
	switch {
	case c.Once == nil:
		return nil
	case c.Held != nil:
		return refuse("a claim is held, so the change cannot be an event of its own")
	}
	return cmp.Or(nameFits("event", c.Once.ID), nameFits("lane", c.Once.Lane))
}

func documentsFit(c storage.Change) error {
	for _, key := range c.Read {
		if err := nameFits("key", key); err != nil {
			return err
		}
	}
	written := make(map[string]bool, len(c.Put))
	for _, w := range c.Put {
		if err := cmp.Or(nameFits("document", w.Key), bodyFits("document", w.Body)); err != nil {
			return err
		}
		if w.TTL < 0 {
			return refuse("a document for %v", w.TTL)
		}
		if written[w.Key] {
			return refuse("two writes of one document")
		}
		written[w.Key] = true
	}
	for _, v := range c.Check {
		if err := nameFits("document", v.Key); err != nil {
			return err
		}
	}
	return nil
}

func jobsFit(c storage.Change) error {
	for _, j := range c.Jobs {
		if len(j.ID) > storage.MaxKey || j.ID == "" && j.Dedupe {
			return nameFits("job", j.ID)
		}
		if err := cmp.Or(nameFits("lane", j.Lane), bodyFits("job", j.Body)); err != nil {
			return err
		}
	}
	return nil
}

func timersFit(c storage.Change) error {
	for _, timer := range c.Timers {
		if err := nameFits("timer", timer.Name); err != nil {
			return err
		}
	}
	return nil
}

func takeFits(c storage.Change) error {
	if len(c.Take) > 0 && c.Lease <= 0 {
		return refuse("a lease of %v", c.Lease)
	}
	for _, lane := range c.Take {
		if err := nameFits("lane", lane); err != nil {
			return err
		}
	}
	return nil
}
