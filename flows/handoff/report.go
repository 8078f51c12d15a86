package handoff

import (
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
)

// called makes the draft of a report: somebody was phoned already, and the
// others in chat who must know learn what happened.
func (t *turn) called(topic, inCase string) []bot.Effect {
	n := Note{Topic: topic, Case: inCase, From: t.event.From.ID, Name: t.event.From.Name, State: Draft, Urgent: true, Report: true}
	if !t.urgent(topic) {
		return bot.Respond(over())
	}
	n.Text = t.began(n) + " I have phoned for help and begun with the first steps."
	all := t.mustKnow(n)
	if len(all) == 0 {
		return bot.Respond(bot.View{
			Title:  "Nobody else is here in chat to tell",
			Blocks: []bot.Block{bot.Say("You have phoned, and that is what counts. Tell the owner by voice. Here are words to copy:"), bot.Copy(n.Text)},
		})
	}
	n.To, n.Also = all[0], all[1:]
	return t.keep(company.NewID(t.event), n)
}

// mustKnow are the people who read a report: the incident contact, whoever
// has the duty and their deputy; the owners where none of them is in chat.
func (t *turn) mustKnow(n Note) []Target {
	all := reachable(t.targets(n))
	owners := t.owners.Of(t.d, t.event)
	var first []Target
	for _, x := range all {
		if !slices.Contains(owners, x.User) {
			first = append(first, x)
		}
	}
	if len(first) == 0 {
		first = all
	}
	const most = 4
	return first[:min(len(first), most)]
}

func (t *turn) previewReport(id string, n Note) bot.View {
	var names []string
	for _, x := range n.receivers() {
		names = append(names, x.Name)
	}
	readers := prose.And(prose.Alike(names, company.AnotherOwner, "other owners"))
	row := []bot.Button{
		{Label: "Send", Action: bot.Do("handoff", "send", id, n.version()), Main: true},
		bot.Press("Change the text", bot.Do("handoff", "change", id)),
		bot.Press("Don't send", bot.Do("handoff", "drop", id)),
	}
	return bot.View{
		Title: "Tell " + readers + "?",
		Blocks: []bot.Block{
			bot.Say("It will be read by " + readers + " alone, with your name."),
			bot.Copy(n.Text),
			bot.Row(append(row, stepsAgain(n)...)...),
		},
	}
}

// receivers are all who get a note when it is sent.
func (n Note) receivers() []Target { return append([]Target{n.To}, n.Also...) }

// sendReport gives a report to all its readers. Nothing waits for an answer.
func (t *turn) sendReport(id string, n Note) []bot.Effect {
	n.State, n.Sent, n.Asked = Told, t.event.Now, n.receivers()
	Notes.PutFor(t.d, id, n, draftFor)
	effects := []bot.Effect{bot.Audit{Verb: "handed over", Object: n.Topic}}
	effects = append(effects, everywhere(id, n, t.reportCard(n))...)
	return append(effects, bot.Answer{View: t.standing(id, n)})
}

func (t *turn) reportCard(n Note) bot.View {
	v := bot.View{
		Tone:   bot.Urgent,
		Title:  "Please read now · " + n.Name + " reports: " + t.title(n),
		Blocks: []bot.Block{bot.Copy(n.Text)},
	}
	v.Blocks = append(v.Blocks, t.makeSure(n)...)
	v.Gist = v.Title
	return v
}
