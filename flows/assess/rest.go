package assess

import (
	"secadvisor/bot"
)

// Long packs rest after every few questions, so that nobody has to do all of
// it at once.
const (
	longPack = 12 // questions; longer ones rest
	block    = 5  // questions between two rests
	fewLeft  = 2  // so few more are asked without another rest
)

// countBlock counts an answer, and rests where a block is full.
func (s *sheet) countBlock(left int) {
	s.run.Block++
	if len(s.pack.Questions) <= longPack || s.run.Block < block || left <= fewLeft {
		return
	}
	s.run.Block, s.run.Resting = 0, true
}

// rest is the card between two blocks.
func (t *turn) rest() bot.View {
	done, of := t.answered(), len(t.pack.Questions)
	v := bot.View{
		Title: t.pack.Title + " · a good moment for a pause",
		Gist:  t.pack.Title + ", " + t.progress() + ". A good moment for a pause: every answer is kept.",
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: done, Of: of}},
			bot.Say("Every answer is kept. Or go on: the next five take about two minutes."),
			bot.Row(
				bot.Button{Label: "Continue", Action: t.act("go-on"), Main: true},
				bot.Press("Later", t.act("later")),
				bot.Behind("Back", t.act("back"))),
		},
	}
	if waits := t.waitsFor(); waits != "" {
		v.Blocks = append(v.Blocks, bot.Small(waits))
	}
	return v
}

// goOn goes on after a rest.
func (t *turn) goOn() []bot.Effect {
	if t.late() || !t.run.Resting {
		return t.tooLate()
	}
	t.run.Resting, t.run.Paused = false, false
	return t.next()
}
