package match

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// model scores a text for each class: the sum of the weights of its
// features. Only the weights that matter are kept, as bytes.
type model struct {
	classes int
	unit    float32  // that a weight counts in
	table   []uint32 // row+1 of a feature, by its hash; 0: none
	hashes  []uint32 // of a row, ascending
	rarity  []byte   // of a row, in rarityUnit
	ends    []uint32 // of a row's entries
	entries []byte   // pairs of a class and a weight
}

const (
	rarityUnit = 1.0 / 20
	mostClass  = 256
)

// squeeze keeps of what was learned the weights from a size on, in size bytes
// at most.
func (l *learner) squeeze(size int) *model {
	m := &model{classes: l.classes}
	hashes := make([]uint32, len(l.rarity))
	for h, row := range l.rows {
		hashes[row] = h
	}
	order := make([]int32, len(hashes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if hashes[a] < hashes[b] {
			return -1
		}
		return 1
	})
	most := float32(0)
	for _, w := range l.weights {
		most = max(most, w, -w)
	}
	m.unit = most / 127
	least := l.least(size)
	for _, row := range order {
		from := len(m.entries)
		for c, w := range l.row(row) {
			if w < least && -w < least {
				continue
			}
			if q := int8(math.Round(float64(w / m.unit))); q != 0 {
				m.entries = append(m.entries, byte(c), byte(q))
			}
		}
		if len(m.entries) == from {
			continue
		}
		m.hashes = append(m.hashes, hashes[row])
		m.rarity = append(m.rarity, byte(min(math.Round(float64(l.rarity[row]/rarityUnit)), 255)))
		m.ends = append(m.ends, uint32(len(m.entries)))
	}
	m.index()
	return m
}

// perRow and perWeight are how many bytes a model takes.
const (
	perRow    = 4 + 1 + 1
	perWeight = 2
)

// least finds the size from which on weights fit into so many bytes.
func (l *learner) least(size int) float32 {
	low, high := float32(0), float32(64)
	for range 24 {
		at := (low + high) / 2
		bytes := 0
		for row := range l.rarity {
			kept := 0
			for _, w := range l.row(int32(row)) {
				if w >= at || -w >= at {
					kept++
				}
			}
			if kept > 0 {
				bytes += perRow + kept*perWeight
			}
		}
		if bytes > size {
			low = at
		} else {
			high = at
		}
	}
	return high
}

// index makes the table.
func (m *model) index() {
	size := 1
	for size < 2*len(m.hashes)+1 {
		size *= 2
	}
	m.table = make([]uint32, size)
	for row, h := range m.hashes {
		at := h & uint32(size-1)
		for m.table[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		m.table[at] = uint32(row) + 1
	}
}

// row finds the row of a feature; -1: it has none.
func (m *model) row(h uint32) int {
	mask := uint32(len(m.table) - 1)
	for at := h & mask; m.table[at] != 0; at = (at + 1) & mask {
		if row := m.table[at] - 1; m.hashes[row] == h {
			return int(row)
		}
	}
	return -1
}

func (m *model) weights(row int) []byte {
	from := uint32(0)
	if row > 0 {
		from = m.ends[row-1]
	}
	return m.entries[from:m.ends[row]]
}

// score fills in the score of each class and reports how many of the words
// the model knows.
func (m *model) score(f *features, scores []float32) (known int) {
	var sums [mostClass]float32 // whatever a byte names is in it
	from := 0
	for b, end := range f.end {
		n, by := m.find(f, from, end, block(b))
		for _, row := range f.row[:n] {
			value := by * float32(m.rarity[row.at])
			for e := m.weights(row.at); len(e) >= perWeight; e = e[perWeight:] {
				sums[e[0]] += float32(int8(e[1])) * value
			}
			if block(b) == words && row.feature%2 == 0 && row.feature < end-1 {
				known++
			}
		}
		from = end
	}
	copy(scores, sums[:m.classes])
	return known
}

// find leaves the rows of a block's features in f.row, and tells what a
// weight of them counts, but for their rarity.
func (m *model) find(f *features, from, end int, b block) (n int, by float32) {
	sum := float32(0)
	for i := from; i < end; i++ {
		row := m.row(f.hash[i])
		if row < 0 {
			continue
		}
		r := float32(m.rarity[row]) * rarityUnit
		sum += r * r
		f.row[n] = found{i, row}
		n++
	}
	if n == 0 {
		return 0, 0
	}
	return n, weight[b] / root(sum) * m.unit * rarityUnit
}

// each tells what every feature adds to the score of every class.
func (m *model) each(f *features, tell func(feature, class int, score float32)) {
	from := 0
	for b, end := range f.end {
		n, by := m.find(f, from, end, block(b))
		for _, row := range f.row[:n] {
			e := m.weights(row.at)
			for i := 0; i+1 < len(e); i += 2 {
				tell(row.feature, int(e[i]), float32(int8(e[i+1]))*by*float32(m.rarity[row.at]))
			}
		}
		from = end
	}
}

// append adds the model's bytes to b.
func (m *model) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(m.classes))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.unit))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.hashes)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.entries)))
	for _, h := range m.hashes {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	b = append(b, m.rarity...)
	from := uint32(0)
	for _, end := range m.ends {
		b = append(b, byte((end-from)/2-1))
		from = end
	}
	return append(b, m.entries...)
}

var errModel = errors.New("match: this is not a model")

// readModel reads what append wrote, and returns what follows it. The model
// keeps parts of b.
func readModel(b []byte) (m *model, rest []byte, err error) {
	if len(b) < 16 {
		return nil, nil, errModel
	}
	m = &model{classes: int(binary.LittleEndian.Uint32(b)), unit: math.Float32frombits(binary.LittleEndian.Uint32(b[4:]))}
	rows, entries := int(binary.LittleEndian.Uint32(b[8:])), int(binary.LittleEndian.Uint32(b[12:]))
	b = b[16:]
	if m.classes > mostClass || rows < 0 || entries < 0 || rows > len(b)/perRow || entries > len(b)-rows*perRow {
		return nil, nil, errModel
	}
	m.hashes, m.ends = make([]uint32, rows), make([]uint32, rows)
	for i := range m.hashes {
		m.hashes[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	b = b[4*rows:]
	m.rarity, b = b[:rows], b[rows:]
	end := uint32(0)
	for i := range m.ends {
		end += 2 * (uint32(b[i]) + 1)
		m.ends[i] = end
	}
	m.entries, rest = b[rows:rows+entries], b[rows+entries:]
	if int(end) != entries {
		return nil, nil, errModel
	}
	for i := 0; i < entries; i += 2 {
		if int(m.entries[i]) >= m.classes {
			return nil, nil, errModel
		}
	}
	m.index()
	return m, rest, nil
}
