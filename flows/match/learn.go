package match

import "math"

// example is a text and the class that it belongs to.
type example struct {
	class int
	says  string
}

// model scores a text for each class: the sum of the weights of its words
// and of their pieces of four letters. Words are weighed by two methods that
// err differently, naive Bayes and logistic regression; pieces, which help
// with typing mistakes and words never seen, by naive Bayes alone.
type model struct {
	classes int
	rows    map[uint32]int32 // feature -> row of weights
	rarity  []float32        // of a feature: log of all examples to those that have it
	weights []float32        // rows of one weight a class
}

const (
	smoothing  = 0.2 // of naive Bayes: what a class gets for a word that it never had
	bayesShare = 0.7 // of naive Bayes beside logistic regression
	passes     = 2   // of logistic regression over all examples
	firstPace  = 6.0 // of its steps; it sinks with each pass
)

// learn makes a model. The same examples always make the same one.
func learn(examples []example, classes int) *model {
	m := &model{classes: classes, rows: map[uint32]int32{}}
	words := make([][]int32, len(examples)) // rows of each example's words
	pieces := make([][]int32, len(examples))
	var t text
	for i, e := range examples {
		t.read(e.says)
		end := t.features()
		words[i] = m.enter(t.feature[:t.n])
		pieces[i] = m.enter(t.feature[t.n:end])
	}
	m.weigh(words, pieces)
	m.weights = make([]float32, len(m.rarity)*classes)
	m.regress(examples, words)
	m.bayes(examples, words, pieces)
	return m
}

// enter gives every feature a row.
func (m *model) enter(features []uint32) []int32 {
	rows := make([]int32, len(features))
	for i, f := range features {
		row, known := m.rows[f]
		if !known {
			row = int32(len(m.rows))
			m.rows[f] = row
		}
		rows[i] = row
	}
	return rows
}

// weigh finds how rare each feature is.
func (m *model) weigh(words, pieces [][]int32) {
	had := make([]int, len(m.rows))
	last := make([]int, len(m.rows))
	for i := range words {
		for _, rows := range [][]int32{words[i], pieces[i]} {
			for _, r := range rows {
				if last[r] != i+1 {
					had[r], last[r] = had[r]+1, i+1
				}
			}
		}
	}
	m.rarity = make([]float32, len(m.rows))
	for r, n := range had {
		m.rarity[r] = float32(max(math.Log(float64(len(words))/float64(n))/4, 0.02))
	}
}

// row is the weights of a feature, one a class.
func (m *model) row(r int32) []float32 {
	return m.weights[int(r)*m.classes : (int(r)+1)*m.classes]
}

// scale makes short and long texts count alike.
func (m *model) scale(rows []int32) float32 {
	sum := float32(1e-9)
	for _, r := range rows {
		sum += m.rarity[r] * m.rarity[r]
	}
	return 1 / float32(math.Sqrt(float64(sum)))
}

// regress is multinomial logistic regression by stochastic gradient descent.
func (m *model) regress(examples []example, words [][]int32) {
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	chance := make([]float32, m.classes)
	random := uint64(1)
	for pass := range passes {
		for i := range order {
			random = random*6364136223846793005 + 1442695040888963407
			j := int(random>>33) % (i + 1)
			order[i], order[j] = order[j], order[i]
		}
		pace := float32(firstPace * (1 - float64(pass)/passes))
		for _, i := range order {
			scale := m.scale(words[i])
			clear(chance)
			for _, r := range words[i] {
				add(chance, m.row(r), m.rarity[r]*scale)
			}
			softmax(chance)
			chance[examples[i].class]--
			for _, r := range words[i] {
				add(m.row(r), chance, -m.rarity[r]*scale*pace)
			}
		}
	}
}

// bayes adds to each weight what naive Bayes says of it.
func (m *model) bayes(examples []example, words, pieces [][]int32) {
	count := make([]float32, len(m.weights))
	total := make([]float64, m.classes)
	for i, e := range examples {
		for _, rows := range [][]int32{words[i], pieces[i]} {
			for _, r := range rows {
				count[int(r)*m.classes+e.class] += m.rarity[r]
				total[e.class] += float64(m.rarity[r])
			}
		}
	}
	for c := range total {
		total[c] = math.Log(total[c] + smoothing*float64(len(m.rarity))/10)
	}
	never := math.Log(smoothing) // most classes never had most words
	logs := make([]float64, m.classes)
	for r := range m.rarity {
		mean := 0.0
		for c := range logs {
			logs[c] = never - total[c]
			if n := count[r*m.classes+c]; n > 0 {
				logs[c] = math.Log(float64(n)+smoothing) - total[c]
			}
			mean += logs[c] / float64(m.classes)
		}
		for c := range logs {
			m.weights[r*m.classes+c] += float32(bayesShare * (logs[c] - mean))
		}
	}
}

// add adds by times each of what to to.
func add(to, what []float32, by float32) {
	what = what[:len(to)]
	for i := range to {
		to[i] += what[i] * by
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
		scores[i] = float32(math.Exp(float64(s - most)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// sum fills in the score of each class and reports how many of the words the
// model has seen.
func (m *model) sum(t *text, scores []float32) (known int) {
	clear(scores)
	squares := float32(1e-9)
	for i, f := range t.feature[:t.features()] {
		row, ok := m.rows[f]
		if !ok {
			continue
		}
		if i < t.n {
			known++
		}
		rarity := m.rarity[row]
		squares += rarity * rarity
		add(scores, m.row(row), rarity)
	}
	scale := 1 / float32(math.Sqrt(float64(squares)))
	for i := range scores {
		scores[i] *= scale
	}
	return known
}
