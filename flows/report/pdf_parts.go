package report

import (
	"fmt"
	"slices"
	"strings"

	"secadvisor/flows/score"
)

// pdfScore explains the score and how sure it is.
func (r Report) pdfScore(d *doc) error {
	d.page()
	d.section("How the score comes about")
	half, most := "a partly 50", "while one of them is answered no, the score is not more than 39, and while one is partly or not known, not more than 59"
	if r.Strict {
		half, most = "a partly 0, because this check is strict", "while one of them is answered with anything but yes, the score is not more than 39"
	}
	d.write(body("Every question has a weight from 1 to 5. A yes counts 100, " + half + ", a no and a don't know 0. A day counts as yes while it is recent, as partly up to twice that time, and later as no. What does not apply is left out. The score is the average by weight."))
	if n := r.Result; n.Complete {
		d.write(body(fmt.Sprintf("Here: %d points by a weight of %d make %s, so %d.", n.Numerator, n.Weight, tenths(n.Numerator, n.Weight), n.Raw)))
	}
	d.write(body("Some questions count most (knock-outs): " + most + ". A domain is held down by its own alone."))
	if capped := r.Capped(); capped != "" {
		d.write(body(capped))
	} else if r.Result.Complete {
		d.write(body("None of them holds this score down."))
	}
	if n := r.Result; n.Complete && len(r.Unknown) > 0 {
		d.write(body(fmt.Sprintf("If everything that nobody knew were a yes, the answers would come to %d, and the score to %d.", n.Upper, n.Possible)))
	}
	d.write(body("What the words mean: 0 to 39 act now, 40 to 59 weak, 60 to 79 fair, 80 to 100 good."))
	d.write(below("How sure it is"))
	if r.Result.Complete {
		d.write(body("Confidence is " + r.Confidence() + "."))
	}
	d.write(body("It says how far the answers can be relied on, whether they are good or bad. What somebody has seen counts 100, and so does a no. What is believed counts 70, what was answered too long ago 30, and what nobody knew 0. From 75 it is high, from 50 medium."))
	d.write(body(r.kinds()))
	d.list("Answered too long ago: ask again", r.stale())
	d.list("Not answered yet", r.Open)
	return nil
}

// kinds counts the answers by how far they can be relied on.
func (r Report) kinds() string {
	count := map[string]int{}
	for _, l := range r.Answers {
		kind := l.Sure()
		switch {
		case l.State == score.Missing:
			continue
		case l.State == score.Unknown:
			kind = "not known"
		case l.State == score.Irrelevant:
			kind = "not applicable"
		case kind == "":
			kind = "no"
		}
		count[kind]++
	}
	var parts []string
	for _, kind := range []string{"seen", "believed", "no", "answered long ago", "not known", "not applicable"} {
		if count[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", kind, count[kind]))
		}
	}
	return "The answers here: " + strings.Join(parts, ", ") + "."
}

// tenths is n by w with one digit behind the point.
func tenths(n, w int) string {
	t := (20*n + w) / (2 * w)
	return fmt.Sprintf("%d.%d", t/10, t%10)
}

// pdfActions are all gaps with who closes them and how.
func (r Report) pdfActions(d *doc) error {
	if len(r.Actions) > 0 {
		d.section("What to do, and who does it", body("The order follows from what is open, how much it counts, and how little work it is. "+r.Share()))
	}
	for i, a := range r.Actions {
		r.pdfAction(d, i+1, a)
	}
	if v := r.Verdict; v != nil {
		d.section("What the answers of your IT provider tell", body("This judges answers, never the people who gave them. Your IT provider may well see it differently: ask them."))
		for _, t := range v.Topics {
			verdict := "answered well"
			if !t.Good {
				verdict = "not enough yet"
			}
			d.write(item(fmt.Sprintf("%s: %d of 100, %s", t.Title, t.Score, verdict)))
		}
		d.write(body(v.Says))
	}
	if p := r.Approach; p != nil {
		d.section(p.Title)
		for _, b := range p.Blocks {
			switch {
			case b.Heading != "":
				d.write(below(b.Heading))
			case len(b.Points) > 0:
				for _, text := range b.Points {
					d.write(item(text))
				}
			default:
				d.write(body(b.Text + b.Copy))
			}
		}
	}
	return nil
}

func (r Report) pdfAction(d *doc, n int, a Action) {
	about := a.about()
	if a.KnockOut {
		about += " · counts most"
	}
	all := []words{
		{text: a.Says(), size: 11, bold: true, mark: fmt.Sprint(n, "."), indent: 8, above: 4.5},
		side(a.FixedBy, 8, about),
		{text: fmt.Sprintf("Answered %s. Open risk %d, priority %d.", answered(a.State), a.Risk, a.Priority), size: 8.5, grey: true, indent: 8, above: 0.5},
		{text: a.Why, size: 10, indent: 8, above: 1},
	}
	for _, s := range a.Steps {
		all = append(all, words{text: oneLine([]Step{s}), size: 10, mark: "–", indent: 12, above: 0.8})
	}
	if because := a.Because(); because != "" {
		all = append(all, words{text: because, size: 9, grey: true, indent: 8, above: 1})
	}
	d.write(all...)
}

func answered(s score.State) string {
	if s == score.Unknown {
		return "don't know"
	}
	return string(s)
}

func (r Report) pdfUnknown(d *doc) error {
	if len(r.Unknown) == 0 {
		return nil
	}
	d.section("What nobody knew, and whom to ask")
	for _, u := range r.Unknown {
		d.write(words{text: u.Ask, size: 10, bold: true, above: 2.5}, body("Ask "+u.Whom+". "+u.FindOut))
	}
	return nil
}

func (r Report) pdfNotAsked(d *doc) error {
	d.section("What was not looked at")
	for _, text := range r.NotAsked {
		d.write(item(text))
	}
	d.write(body("This report rests on what the company knows and believes. Somebody with security expertise who looks for themselves sees more."))
	return nil
}

func (r Report) pdfReferences(d *doc) error {
	d.room(80)
	d.section("What the questions rest on", body("The questions are our own. Each follows points of public lists of good practice, in the versions named here. Answering them does not show that a list is met."))
	for _, f := range r.References {
		d.room(28)
		d.write(below(f.Name+", version "+f.Version), small(f.Rights))
		d.y += 1
		for pair := range slices.Chunk(f.Points, 2) {
			d.pair(pair)
		}
	}
	return nil
}

// says is a point in the framework's words, if we have them, and which
// questions follow it.
func (p Reference) says() string {
	var places []string
	for _, n := range p.Places {
		places = append(places, fmt.Sprint(n))
	}
	asked := "question " + strings.Join(places, ", ")
	if len(places) > 1 {
		asked = "questions " + strings.Join(places, ", ")
	}
	if p.Title == "" {
		return asked
	}
	return p.Title + " (" + asked + ")"
}

// pair sets one or two points of a framework beside each other.
func (d *doc) pair(points []Reference) {
	const half, id = fullWidth / 2, 17.0
	var texts []words
	height := 0.0
	for _, p := range points {
		w := words{text: p.says(), size: 8.5, width: half - id - 4}
		texts, height = append(texts, w), max(height, d.height(w))
	}
	d.room(height + 0.8)
	d.y += 0.8
	top := d.y
	for i, p := range points {
		d.y = top
		d.column(words{text: p.ID, size: 8.5, bold: true, width: half}, half*float64(i))
		d.y = top
		d.column(texts[i], half*float64(i)+id)
	}
	d.y = top + height
}
