package assess

import (
	"fmt"
	"slices"

	"secadvisor/bot"
	"secadvisor/flows/prose"
)

// Readers: whoever started a run lets somebody of the company read its result,
// by a deliberate act that is logged, and can take it back. Readers change
// nothing, and hand nothing on from here.

// mostReaders is how many people may read a result beside its owner.
const mostReaders = 10

// readCard begins the keys of readers' cards; the run follows.
const readCard = "read/"

// askReader opens the form that says what somebody would read, and asks who.
func (t *turn) askReader() []bot.Effect {
	if len(t.run.Readers) >= mostReaders {
		return bot.Tell("Ten people read this result already", "Take it back from somebody first: More, then Who reads this.")
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Let somebody read it",
		Intro:  "They get this result in their direct messages: the score, everything that is open, and who fixes it. They see no notes, and change nothing. You can take it back.",
		Fields: []bot.Input{{ID: "user", Label: "Who shall read it?", Hint: "Somebody who works here. It is written into the log", Pick: bot.PickPerson}},
		Submit: "Let them read it",
		Action: t.act("reader-add"),
	}}}
}

// addReader lets the person of the form read the result.
func (t *turn) addReader() []bot.Effect {
	who := t.event.Picked["user"]
	wrong := ""
	switch {
	case !t.finished() || len(t.run.Readers) >= mostReaders:
		return t.tooLate()
	case who.ID == "":
		wrong = "Please choose a person."
	case who.ID == t.run.Owner:
		wrong = "That is you. Please choose somebody else."
	case who.Affiliation != bot.Home:
		wrong = "That person is a guest, or from another company. Please choose somebody who works here, or send them the report yourself."
	case slices.Contains(t.run.Readers, who.ID):
		wrong = "They read it already."
	}
	if wrong != "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"user": wrong}}}
	}
	name := prose.Plain(who.Name, maxName)
	t.run.Readers = append(slices.Clone(t.run.Readers), who.ID)
	if t.run.ReaderNames == nil {
		t.run.ReaderNames = map[string]string{}
	}
	if name != "" {
		t.run.ReaderNames[who.ID] = name
	}
	t.keep()
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: "result of assessment " + t.pack.ID + " with " + who.ID},
		t.reading(who.ID),
		t.card(),
		bot.Answer{View: bot.View{
			Title:  prose.Sentence(t.reader(who.ID)) + " can read it now",
			Blocks: []bot.Block{bot.Say("It lies in their direct messages. Taking it back is behind \"Who reads this\" on your card.")},
		}},
	}
}

// reader is what a reader is called.
func (s sheet) reader(id string) string {
	if name := s.run.ReaderNames[id]; name != "" {
		return name
	}
	return "somebody"
}

// whoReads lists the readers, each to be taken out.
func (t *turn) whoReads() []bot.Effect {
	if len(t.run.Readers) == 0 {
		return bot.Tell("You alone read this result", "Nobody else was let in.")
	}
	var names []string
	var out []bot.Button
	for _, id := range t.run.Readers {
		names = append(names, prose.Sentence(t.reader(id)))
		out = append(out, bot.Press(prose.Label("Take it back from "+t.reader(id)), t.act("reader-out", id)))
	}
	return bot.Respond(bot.View{
		Title: "Who reads this result beside you",
		Blocks: []bot.Block{
			bot.Points(names...),
			bot.Pick("What they have read, they know; the message goes.", out...),
		},
	})
}

// takeReaderOut takes a result back from somebody.
func (t *turn) takeReaderOut() []bot.Effect {
	id := t.event.Action.Arg(2)
	i := slices.Index(t.run.Readers, id)
	if t.late() || i < 0 {
		return t.tooLate()
	}
	name := t.reader(id)
	t.run.Readers = slices.Delete(slices.Clone(t.run.Readers), i, i+1)
	delete(t.run.ReaderNames, id)
	t.keep()
	return []bot.Effect{
		bot.Audit{Verb: "took back", Object: "result of assessment " + t.pack.ID + " from " + id},
		bot.Show{Key: readCard + t.id, To: bot.To(id), View: bot.View{
			Title:  "This result is not shared with you any more",
			Blocks: []bot.Block{bot.Say(prose.Sentence(t.owner()) + " has taken it back. Nothing is needed from you.")},
		}},
		t.card(),
		bot.Answer{View: bot.View{Title: "Taken back", Blocks: []bot.Block{bot.Say(prose.Sentence(name) + " does not see it any more.")}}},
	}
}

// reading is a reader's lasting card.
func (t *turn) reading(reader string) bot.Show {
	v := t.readView()
	if len(v.Actions()) > 0 {
		v.Fresh = t.see("read-fresh")
	}
	return bot.Show{Key: readCard + t.id, To: bot.To(reader), View: v}
}

// readView is a result without anything that changes it or hands it on.
func (t *turn) readView() bot.View {
	r := t.outcome()
	if r.Weight == 0 {
		return bot.View{Title: t.pack.Title + " has other questions now", Blocks: []bot.Block{bot.Say("There is nothing to read in it any more.")}}
	}
	v, _ := t.scored(r)
	v.Blocks = append([]bot.Block{bot.Small(fmt.Sprintf("%s lets you read this, as of %s. It lists what is open, so please do not pass it on.", prose.Sentence(t.owner()), prose.Day(t.run.Finished)))}, v.Blocks...)
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Press("Who fixes what", t.see("lists")),
		bot.Press("What was not looked at", t.see("not-asked")),
		bot.Press("Look again", t.see("read"))))
	return v
}

// read answers a press of somebody who may read a run and not change it.
func (t *turn) read() []bot.Effect {
	if !t.finished() {
		return bot.Tell("This assessment goes on", "There is a result to read again when it is finished.")
	}
	switch t.event.Action.Verb {
	case "lists":
		return t.lists()
	case "not-asked":
		return t.notAsked()
	case "read":
		return []bot.Effect{t.reading(t.event.From.ID)}
	case "read-fresh":
		return bot.Respond(t.reading(t.event.From.ID).View)
	}
	return bot.Tell("Only whoever started this can change it", "You may read the result.")
}
