package embedded

// damagedVersion is that of a damaged document, with which it can be written
// anew. No other document has it.
const damagedVersion = -1

// settled is the key of the item that an entry of an index by time names, once
// the two agree. An item that is damaged, and so can be in no index, is made
// anew from the entry: it is claimed once more, as after a crash. An entry that
// is left of an item which moved on names nothing, and goes.
func (t *txn) settled(index bucket, entry []byte) (key []byte, ok bool) {
	key = entry[8:]
	b := t.get(items, key)
	i, whole := decodeItem(b)
	if whole && i.index() == index && i.at == decodeTime(entry) {
		return key, true
	}
	t.delete(index, entry)
	if b == nil || whole && t.get(i.index(), at(i.at, key)) != nil {
		return nil, false
	}
	t.putItem(key, idle(decodeTime(entry)))
	return key, true
}
