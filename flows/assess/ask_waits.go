package assess

import (
	"fmt"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// coverage is the card of a run in which only answers of others are missing:
// without them there is no score, only how many there are.
func (t *turn) coverage() bot.View {
	waits := t.waiting()
	done, of := t.answered(), len(t.pack.Questions)
	v := bot.View{
		Title: t.pack.Title + " · waiting for " + prose.Count(len(waits), "answer", "answers"),
		Gist:  t.pack.Title + ", " + t.progress() + ", waiting for " + prose.Count(len(waits), "answer", "answers") + ". There is no score before all are in.",
		Blocks: []bot.Block{
			{Progress: &bot.Progress{Done: done, Of: of}},
			bot.Say("There is no score before all answers are in. The result comes by itself with the last one."),
		},
	}
	var lines []string
	var mine, others []bot.Button
	for _, id := range waits {
		title := prose.Sentence(t.lib.Questions[id].Fix.Title)
		lines = append(lines, title+": "+t.waits(id))
		mine = append(mine, bot.Press(prose.Label(title), t.see("take", t.run.Sent[id].ID, id)))
		others = append(others, bot.Press(prose.Label(title), t.act("ask", id)))
	}
	v.Blocks = append(v.Blocks, bot.Points(lines...))
	if len(waits) == 1 {
		v.Blocks = append(v.Blocks, t.ways(waits[0]))
	} else {
		v.Blocks = append(v.Blocks, bot.Pick("Answer one myself", mine...), bot.Pick("Ask somebody else", others...))
	}
	return v
}

// waiting lists the questions that somebody else was asked, in order.
func (s sheet) waiting() []string {
	var ids []string
	for _, q := range s.pack.Questions {
		if s.run.Sent[q.ID].Open() {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// waits says for whom one question waits.
func (t *turn) waits(id string) string {
	switch x := t.run.Sent[id]; {
	case x.Unreached != "":
		return "I could not reach " + whom(x) + ": " + x.Unreached
	case !x.Reminded.IsZero():
		return "waiting for " + whom(x) + " since " + prose.Day(x.At) + ", reminded"
	default:
		return "waiting for " + whom(x) + " until " + prose.Day(x.Due)
	}
}

// waitsFor is a line of all that a run waits for; empty: for nobody.
func (t *turn) waitsFor() string {
	waits := t.waiting()
	if len(waits) == 1 {
		return prose.Sentence(t.waits(waits[0])) + " (" + t.lib.Questions[waits[0]].Fix.Title + ")."
	}
	var whose []string
	times := map[string]int{}
	for _, id := range waits {
		x := t.run.Sent[id]
		who := whom(x) + " until " + prose.Day(x.Due)
		if x.Unreached != "" {
			who = whom(x) + ", whom I could not reach"
		}
		if times[who]++; times[who] == 1 {
			whose = append(whose, who)
		}
	}
	for i, who := range whose {
		if times[who] > 1 {
			whose[i] += fmt.Sprintf(" (%d)", times[who])
		}
	}
	if len(whose) == 0 {
		return ""
	}
	return fmt.Sprintf("%d questions are out: %s.", len(waits), strings.Join(whose, "; "))
}
