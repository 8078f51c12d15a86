package embedded

import (
	"bytes"
	"encoding/binary"

	"secadvisor/storage"
)

// addJob appends a job to its lane, and wakes the lane if it was empty. It
// says no to a job that was seen before.
func (t *txn) addJob(own space, j storage.Job) bool {
	if j.Dedupe && !t.remember(own, j.ID) {
		return false
	}
	t.put(jobs, join(own.laneJobs(j.Lane), encodeNumber(t.next())), encodeJob(j))
	if _, ok := t.item(own.lane(j.Lane)); !ok {
		t.putItem(own.lane(j.Lane), idle(t.now))
	}
	return true
}

func encodeJob(j storage.Job) []byte {
	b := binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(j.ID)+len(j.Body)), uint16(len(j.ID)))
	b = append(b, j.ID...)
	return append(b, j.Body...)
}

// decodeJob gives a damaged job as a fault.
func decodeJob(b []byte) (id string, body []byte, fault error) {
	if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) {
		return "", nil, storage.ErrDamaged
	}
	end := 2 + int(binary.BigEndian.Uint16(b))
	return string(b[2:end]), b[end:], nil
}

// head is the first job of a lane; a nil key says that there is none.
func (t *txn) head(own space, lane string) (key []byte, id string, body []byte, fault error) {
	prefix := own.laneJobs(lane)
	k, v := t.in(jobs).Cursor().Seek(prefix)
	if k == nil || !bytes.HasPrefix(k, prefix) {
		return nil, "", nil, nil
	}
	id, body, fault = decodeJob(v)
	return bytes.Clone(k), id, bytes.Clone(body), fault
}

func (t *txn) dropHead(own space, lane string) {
	if key, _, _, _ := t.head(own, lane); key != nil {
		t.delete(jobs, key)
	}
}

// remember says whether an id is new, and knows it from then on.
func (t *txn) remember(own space, id string) bool {
	key := own.key(id)
	if t.remembers(key) {
		return false
	}
	t.forget(key)
	until := t.now + storage.SeenFor.Milliseconds()
	t.put(seen, key, encodeTime(until))
	t.put(forgetting, at(until, key), nil)
	return true
}

// knows says whether an id is remembered.
func (t *txn) knows(own space, id string) bool {
	return t.remembers(own.key(id))
}

// remembers forgets what is damaged.
func (t *txn) remembers(key []byte) bool {
	until := t.get(seen, key)
	return len(until) == 8 && decodeTime(until) > t.now
}

func (t *txn) forget(key []byte) {
	until := t.get(seen, key)
	if until == nil {
		return
	}
	if len(until) == 8 {
		t.delete(forgetting, at(decodeTime(until), key))
	}
	t.delete(seen, key)
}
