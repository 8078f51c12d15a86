package redis

import (
	"fmt"

	"secadvisor/storage"
)

// taken is how many values apply.lua answers with for each lane taken.
const taken = 5

// readApplied reads the answer of apply.lua.
func (s *Store) readApplied(tenant string, c storage.Change, answer []any) (storage.Applied, error) {
	a := reader{values: answer}
	version := a.number()
	dropped, lanes, read := &reader{}, &reader{}, &reader{}
	if len(answer) > 1 { // the lists are left out where all are empty
		dropped, lanes, read = a.list(), a.list(), a.list()
	}
	var applied storage.Applied
	for _, w := range c.Put {
		if w.Body == nil {
			applied.Versions = append(applied.Versions, 0)
		} else {
			applied.Versions = append(applied.Versions, version)
		}
	}
	for range dropped.values {
		applied.Dropped = append(applied.Dropped, c.Jobs[dropped.number()-1].ID)
	}
	for range len(lanes.values) / taken {
		lane, job := c.Take[lanes.number()-1], lanes.text()
		claim := storage.Claim{Tenant: tenant, Lane: lane, Attempts: int(lanes.number()), Due: timeOf(float64(lanes.number())), Token: lanes.number()}
		claim.ID, claim.Body, claim.Fault = unpackJob(job)
		applied.Taken = append(applied.Taken, claim)
	}
	for _, key := range c.Read {
		applied.Read = append(applied.Read, s.document(key, read.text()))
	}
	return applied, a.problem(dropped, lanes, read)
}

// reader reads the values of a script's answer one after the other, and
// remembers when one was not as expected.
type reader struct {
	values []any
	next   int
	err    error
}

func (r *reader) value() any {
	if r.next >= len(r.values) {
		r.err = fmt.Errorf("a script's answer ended after %d values", r.next)
		return nil
	}
	r.next++
	return r.values[r.next-1]
}

func (r *reader) number() int64 {
	n, ok := r.value().(int64)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("value %d of a script's answer is no number", r.next)
	}
	return n
}

func (r *reader) text() string {
	t, ok := r.value().(string)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("value %d of a script's answer is no text", r.next)
	}
	return t
}

func (r *reader) list() *reader {
	l, ok := r.value().([]any)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("value %d of a script's answer is no list", r.next)
	}
	return &reader{values: l}
}

func (r *reader) problem(lists ...*reader) error {
	for _, l := range lists {
		if l.err != nil {
			return l.err
		}
	}
	return r.err
}
