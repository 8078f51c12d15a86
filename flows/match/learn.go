package match

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// example is a text and the class that it belongs to.
type example struct {
	class int
	says  string
}

// How a model learns: multinomial logistic regression by stochastic gradient
// descent, a small batch at a time, with a pace of its own for each feature
// (AdaGrad) that sinks with every pass. In every pass some words of each
// example and some of its features are left out by chance, so that the model
// leans on no single word: people leave out and add what no example has.
const (
	passes = 10
	unread = 20 // of a hundred words
	unseen = 30 // of a hundred features of the others
	pace   = 0.8
	batch  = 16
	slips  = 5    // a word that is written less often may be a slip
	doubt  = 0.1  // of every example: what it may belong to instead
	many   = 5000 // examples: from here a feature that only one has is left out
)

// learner is a model while it learns: a row of one weight a class for every
// feature.
type learner struct {
	classes int
	rows    map[uint32]int32
	rarity  []float32 // of a row: the logarithm of all examples to those that have it
	weights []float32
	squares []float32 // of the gradients that a row has seen

	concepts *concepts
	spelling spelling
	common   map[uint32]int // stem -> how often it is written
}

// sparse is an example as the learner sees it.
type sparse struct {
	rows  []int32
	value []float32
}

// learn makes the weights. The same examples in the same order always make
// the same ones, however many processors there are.
func learn(examples []example, classes int, c *concepts) *learner {
	l := &learner{classes: classes, rows: map[uint32]int32{}}
	l.reader(examples, c)
	l.enter(examples)
	l.weights = make([]float32, len(l.rarity)*classes)
	l.squares = make([]float32, len(l.rarity))
	l.regress(examples)
	return l
}

// reader makes what reads the examples: words that few have are mended like
// those of a question, so that no slip is learned as a word.
func (l *learner) reader(examples []example, c *concepts) {
	l.concepts, l.spelling, l.common = c, newSpelling(c), map[uint32]int{}
	var t text
	for _, e := range examples {
		t.read(e.says)
		for _, w := range t.words[:t.n] {
			l.common[w.stem]++
		}
	}
}

func (l *learner) read(t *text, says string) {
	t.read(says)
	l.spelling.mend(t, l.concepts, func(stem uint32) bool { return l.common[stem] >= slips })
}

// enter gives a row to every feature that is not too rare.
func (l *learner) enter(examples []example) {
	type count struct{ had, last int32 }
	counts := map[uint32]*count{}
	var order []uint32
	t, f := new(text), new(features)
	for i, e := range examples {
		l.read(t, e.says)
		f.of(t, l.concepts)
		for _, h := range f.hash[:f.end[ideas]] {
			n, ok := counts[h]
			if !ok {
				n = &count{last: -1}
				counts[h] = n
				order = append(order, h)
			}
			if n.last != int32(i) {
				n.had, n.last = n.had+1, int32(i)
			}
		}
	}
	least := int32(1)
	if len(examples) >= many {
		least = 2
	}
	for _, h := range order {
		if n := counts[h]; n.had >= least {
			l.rows[h] = int32(len(l.rarity))
			l.rarity = append(l.rarity, roughly(math.Log(float64(len(examples)+1)/float64(n.had))))
		}
	}
}

// look is what a pass sees of the examples.
func (l *learner) look(examples []example, pass int) []sparse {
	seen := make([]sparse, len(examples))
	l.each(len(examples), func() func(i int) {
		t, f := new(text), new(features)
		return func(i int) {
			d := diceOf(examples[i], pass)
			l.read(t, examples[i].says)
			d.thin(t)
			f.of(t, l.concepts)
			seen[i] = l.sparse(f)
			d.thinner(&seen[i])
		}
	})
	return seen
}

// sparse is what the features of a text come to: those that have a row, and
// their values, each block brought to the same length.
func (l *learner) sparse(f *features) (s sparse) {
	from := 0
	for b, end := range f.end {
		begin, sum := len(s.rows), float32(0)
		for _, h := range f.hash[from:end] {
			if row, ok := l.rows[h]; ok {
				s.rows = append(s.rows, row)
				s.value = append(s.value, l.rarity[row])
				sum += float32(l.rarity[row] * l.rarity[row])
			}
		}
		if sum > 0 {
			scale := weight[b] / root(sum)
			for i := begin; i < len(s.value); i++ {
				s.value[i] *= scale
			}
		}
		from = end
	}
	return s
}

// regress learns the weights. Products are converted before they are added,
// so that no processor fuses the two and rounds differently.
func (l *learner) regress(examples []example) {
	order := make([]turn, len(examples))
	var b [batch][]float32
	var steps [batch][]float32
	for i := range b {
		b[i] = make([]float32, l.classes)
	}
	for pass := range passes {
		seen := l.look(examples, pass)
		for i := range order {
			order[i] = turn{diceOf(examples[i], ^pass), i}
		}
		slices.SortFunc(order, turn.compare)
		rate := float32(pace * (1 - float64(pass)/passes))
		for from := 0; from < len(order); from += batch {
			now := order[from:min(from+batch, len(order))]
			l.each(len(now), func() func(i int) {
				return func(i int) { l.wrong(b[i], seen[now[i].of], examples[now[i].of].class) }
			})
			for i, at := range now {
				steps[i] = l.steps(steps[i], b[i], seen[at.of], rate)
			}
			const wide = 16 // classes that one goroutine changes
			l.each((l.classes+wide-1)/wide, func() func(i int) {
				return func(part int) {
					lo, hi := part*wide, min((part+1)*wide, l.classes)
					for i, at := range now {
						for k, row := range seen[at.of].rows {
							add(l.row(row)[lo:hi], b[i][lo:hi], -steps[i][k])
						}
					}
				}
			})
		}
	}
}

// wrong is how far the chances of each class are from what they should be.
func (l *learner) wrong(chance []float32, s sparse, class int) {
	clear(chance)
	for k, row := range s.rows {
		add(chance, l.row(row), s.value[k])
	}
	softmax(chance)
	for c := range chance {
		chance[c] -= doubt / float32(l.classes)
	}
	chance[class] -= 1 - doubt
}

// steps is how far each of the rows goes against what is wrong.
func (l *learner) steps(steps, wrong []float32, s sparse, rate float32) []float32 {
	sum := float32(0)
	for _, w := range wrong {
		sum += float32(w * w)
	}
	steps = steps[:0]
	for k, row := range s.rows {
		v := s.value[k]
		l.squares[row] += float32(float32(sum*v) * v)
		steps = append(steps, float32(rate*v)/(root(l.squares[row])+1e-3))
	}
	return steps
}

// row is the weights of a feature, one a class.
func (l *learner) row(r int32) []float32 {
	return l.weights[int(r)*l.classes : (int(r)+1)*l.classes]
}

// each does n things on all processors. begin makes what one of them works
// with.
func (l *learner) each(n int, begin func() func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n, 8)
	if workers < 2 {
		do := begin()
		for i := range n {
			do(i)
		}
		return
	}
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			do := begin()
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	all.Wait()
}

// add adds by times each of what to to.
func add(to, what []float32, by float32) {
	what = what[:len(to)]
	for i := range to {
		to[i] += float32(what[i] * by)
	}
}

// softmax turns scores into chances that sum to 1.
func softmax(scores []float32) {
	most := scores[0]
	for _, s := range scores {
		most = max(most, s)
	}
	sum := float32(0)
	for i, s := range scores {
		scores[i] = roughly(math.Exp(float64(s - most)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

func root(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// roughly rounds to 16 bits, so that processors whose logarithms differ in
// the last digit agree.
func roughly(x float64) float32 {
	return math.Float32frombits(math.Float32bits(float32(x)) &^ 0xff)
}
