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

// head is the first job of a lane; a nil key says that there is none.
func (t *txn) head(own space, lane string) (key []byte, id string, body []byte) {
	prefix := own.laneJobs(lane)
	k, v := t.in(jobs).Cursor().Seek(prefix)
	if k == nil || !bytes.HasPrefix(k, prefix) {
		return nil, "", nil
	}
	end := 2 + int(binary.BigEndian.Uint16(v))
	return bytes.Clone(k), string(v[2:end]), bytes.Clone(v[end:])
}

func (t *txn) dropHead(own space, lane string) {
	if key, _, _ := t.head(own, lane); key != nil {
		t.delete(jobs, key)
	}
}

// remember says whether an id is new, and knows it from then on.
func (t *txn) remember(own space, id string) bool {
	key := own.key(id)
	if until := t.get(seen, key); until != nil {
		if decodeTime(until) > t.now {
			return false
		}
		t.forget(key)
	}
	until := t.now + storage.SeenFor.Milliseconds()
	t.put(seen, key, encodeTime(until))
	t.put(forgetting, at(until, key), nil)
	return true
}

// knows says whether an id is remembered.
func (t *txn) knows(own space, id string) bool {
	until := t.get(seen, own.key(id))
	return until != nil && decodeTime(until) > t.now
}

func (t *txn) forget(key []byte) {
	until := t.get(seen, key)
	if until == nil {
		return
	}
	t.delete(forgetting, at(decodeTime(until), key))
	t.delete(seen, key)
}
