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
func (a assess) rest(s sheet) bot.View {
	done, of := answered(s), len(s.pack.Questions)
	v := bot.View{
		Title: s.pack.Title + " · a good moment for a pause",
		Gist:  s.pack.Title + ", " + progressOf(s) + ". A good moment for a pause: every answer is kept.",
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: done, Of: of}},
			bot.Say("Every answer is kept. Or go on: the next five take about two minutes."),
			bot.Row(
				bot.Button{Label: "Continue", Action: s.act("go-on"), Main: true},
				bot.Press("Later", s.act("later")),
				bot.Behind("Back", s.act("back"))),
		},
	}
	if waits := a.waitsFor(s); waits != "" {
		v.Blocks = append(v.Blocks, bot.Small(waits))
	}
	return v
}

// goOn goes on after a rest.
func (a assess) goOn(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if late(e, s) || !s.run.Resting {
		return a.tooLate(d, s)
	}
	s.run.Resting, s.run.Paused = false, false
	return a.next(d, e, s)
}
