package match

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"slices"
)

// model scores a text for each class: the sum of the weights of its
// features. Only the weights that matter are kept, as bytes, and most of these
// are read where they lie: in the program, or in what was learned.
type model struct {
	classes int
	unit    float32  // that a weight counts in
	hashes  []byte   // of a row's feature, perHash bytes each, ascending
	rarity  []byte   // of a row, in rarityUnit
	lengths []byte   // of a row: how many entries it has, less one
	entries []byte   // pairs of a class and a weight
	rows    []row    // what each text looks at, side by side
	starts  []uint32 // the first row of those whose hashes begin alike; one more ends the last
	shift   int      // leaves of a hash how it begins
}

// row is where a feature's entries end, and how rare it is. One look into memory
// finds all three: so many looks are most of what a text costs.
type row struct{ hash, endAndRarity uint32 }

func (r row) end() uint32     { return r.endAndRarity >> 8 }
func (r row) rarity() float32 { return float32(r.endAndRarity & 255) }

const (
	rarityUnit  = 1.0 / 20
	mostEntries = 1 << 24 // bytes
	mostClass   = 256
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
		m.hashes = binary.LittleEndian.AppendUint32(m.hashes, hashes[row])
		m.rarity = append(m.rarity, byte(min(math.Round(float64(l.rarity[row]/rarityUnit)), 255)))
		m.lengths = append(m.lengths, byte((len(m.entries)-from)/perWeight-1))
	}
	m.index()
	return m
}

// How many bytes a model takes.
const (
	perHash   = 4
	perRow    = perHash + 1 + 1
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

// perStart is how many rows begin alike, on average; or fewer.
const perStart = 2

// index makes ends and starts, and reports whether the hashes ascend and the
// rows have all the entries.
func (m *model) index() bool {
	rows := len(m.rarity)
	first := bits.Len(uint(rows / perStart))
	m.shift = 32 - first
	m.starts = make([]uint32, 1<<first+1)
	m.rows = make([]row, rows)
	next, end := 0, uint32(0)
	for i := range rows {
		h := binary.LittleEndian.Uint32(m.hashes[perHash*i:])
		if i > 0 && h <= m.rows[i-1].hash {
			return false
		}
		for ; next <= int(h>>m.shift); next++ {
			m.starts[next] = uint32(i)
		}
		end += perWeight * (uint32(m.lengths[i]) + 1)
		m.rows[i] = row{h, end<<8 | uint32(m.rarity[i])}
	}
	for ; next < len(m.starts); next++ {
		m.starts[next] = uint32(rows)
	}
	return int(end) == len(m.entries)
}

// row finds the row of a feature; -1: it has none.
func (m *model) row(h uint32) int {
	at := h >> m.shift
	for row, end := int(m.starts[at]), int(m.starts[at+1]); row < end; row++ {
		if m.rows[row].hash == h {
			return row
		}
	}
	return -1
}

// knows reports whether it has learned something of a word.
func (m *model) knows(stem uint32) bool { return m.row(join(seedWord, stem)) >= 0 }

func (m *model) weights(row int) []byte {
	from := uint32(0)
	if row > 0 {
		from = m.rows[row-1].end()
	}
	return m.entries[from:m.rows[row].end()]
}

// score fills in the score of each class and reports how many of the words
// the model knows.
func (m *model) score(f *features, scores []float32) (known int) {
	var sums [mostClass]float32 // whatever a byte names is in it
	from := 0
	for b, end := range f.end {
		n, by := m.find(f, from, end, block(b))
		for _, row := range f.row[:n] {
			value := by * m.rows[row.at].rarity()
			e := m.weights(int(row.at)) // two at a time: a tenth less of the whole
			for ; len(e) >= 2*perWeight; e = e[2*perWeight:] {
				sums[e[0]] += float32(int8(e[1])) * value
				sums[e[2]] += float32(int8(e[3])) * value
			}
			if len(e) >= perWeight {
				sums[e[0]] += float32(int8(e[1])) * value
			}
			if block(b) == words && row.feature%2 == 0 && int(row.feature) < end-1 {
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
		r := m.rows[row].rarity() * rarityUnit
		sum += r * r
		f.row[n] = found{int32(i), int32(row)}
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
			e := m.weights(int(row.at)) // two at a time: a tenth less of the whole
			for i := 0; i+1 < len(e); i += 2 {
				tell(int(row.feature), int(e[i]), float32(int8(e[i+1]))*by*m.rows[row.at].rarity())
			}
		}
		from = end
	}
}

// append adds the model's bytes to b.
func (m *model) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(m.classes))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.unit))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.rarity)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.entries)))
	return slices.Concat(b, m.hashes, m.rarity, m.lengths, m.entries)
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
	if m.classes > mostClass || rows < 0 || entries < 0 || rows > len(b)/perRow || entries > len(b)-rows*perRow || entries >= mostEntries {
		return nil, nil, errModel
	}
	take := func(n int) (part []byte) { part, b = b[:n:n], b[n:]; return part }
	m.hashes, m.rarity, m.lengths, m.entries = take(perHash*rows), take(rows), take(rows), take(entries)
	if !m.index() {
		return nil, nil, errModel
	}
	for i := 0; i < entries; i += perWeight {
		if int(m.entries[i]) >= m.classes {
			return nil, nil, errModel
		}
	}
	return m, b, nil
}
