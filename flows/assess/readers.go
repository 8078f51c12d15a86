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
func (a assess) askReader(_ *bot.Docs, _ bot.Event, s sheet) []bot.Effect {
	switch {
	case s.run.Finished.IsZero():
		return a.current(s)
	case len(s.run.Readers) >= mostReaders:
		return say("Ten people read this result already", "Take it back from somebody first: More, then Who reads this.")
	}
	return []bot.Effect{bot.Open{Form: bot.Form{
		Title:  "Let somebody read it",
		Intro:  "They get this result in their direct messages: the score, everything that is open, and who fixes it. They see no notes, and change nothing. You can take it back.",
		Fields: []bot.Input{{ID: "user", Label: "Who shall read it?", Hint: "Somebody who works here. It is written into the log", Pick: bot.PickPerson}},
		Submit: "Let them read it",
		Action: s.act("reader-add"),
	}}}
}

// addReader lets the person of the form read the result.
func (a assess) addReader(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	who := e.Picked["user"]
	wrong := ""
	switch {
	case s.run.Finished.IsZero() || len(s.run.Readers) >= mostReaders:
		return a.tooLate(d, s)
	case who.ID == "":
		wrong = "Please choose a person."
	case who.ID == s.run.Owner:
		wrong = "That is you. Please choose somebody else."
	case who.Affiliation != bot.Home:
		wrong = "That person is a guest, or from another company. Please choose somebody who works here, or send them the report yourself."
	case slices.Contains(s.run.Readers, who.ID):
		wrong = "They read it already."
	}
	if wrong != "" {
		return []bot.Effect{bot.Refuse{Why: map[string]string{"user": wrong}}}
	}
	name := prose.Plain(who.Name, maxName)
	s.run.Readers = append(slices.Clone(s.run.Readers), who.ID)
	if s.run.ReaderNames == nil {
		s.run.ReaderNames = map[string]string{}
	}
	if name != "" {
		s.run.ReaderNames[who.ID] = name
	}
	s.keep(d, e)
	return []bot.Effect{
		bot.Audit{Verb: "shared", Object: "result of assessment " + s.pack.ID + " with " + who.ID},
		a.reading(d, s, who.ID),
		a.card(d, s),
		bot.Answer{View: bot.View{
			Title:  prose.Sentence(s.reader(who.ID)) + " can read it now",
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
func (a assess) whoReads(_ *bot.Docs, _ bot.Event, s sheet) []bot.Effect {
	if len(s.run.Readers) == 0 {
		return say("You alone read this result", "Nobody else was let in.")
	}
	var names []string
	var out []bot.Button
	for _, id := range s.run.Readers {
		names = append(names, prose.Sentence(s.reader(id)))
		out = append(out, bot.Press(prose.Label("Take it back from "+s.reader(id)), s.act("reader-out", id)))
	}
	return []bot.Effect{bot.Answer{View: bot.View{
		Title: "Who reads this result beside you",
		Blocks: []bot.Block{
			bot.Points(names...),
			bot.Pick("What they have read, they know; the message goes.", out...),
		},
	}}}
}

// takeReaderOut takes a result back from somebody.
func (a assess) takeReaderOut(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	id := e.Action.Arg(2)
	i := slices.Index(s.run.Readers, id)
	if late(e, s) || i < 0 {
		return a.tooLate(d, s)
	}
	name := s.reader(id)
	s.run.Readers = slices.Delete(slices.Clone(s.run.Readers), i, i+1)
	delete(s.run.ReaderNames, id)
	s.keep(d, e)
	return []bot.Effect{
		bot.Audit{Verb: "took back", Object: "result of assessment " + s.pack.ID + " from " + id},
		bot.Show{Key: readCard + s.id, To: bot.To(id), View: bot.View{
			Title:  "This result is not shared with you any more",
			Blocks: []bot.Block{bot.Say(prose.Sentence(s.owner()) + " has taken it back. Nothing is needed from you.")},
		}},
		a.card(d, s),
		bot.Answer{View: bot.View{Title: "Taken back", Blocks: []bot.Block{bot.Say(prose.Sentence(name) + " does not see it any more.")}}},
	}
}

// reading is a reader's lasting card.
func (a assess) reading(d *bot.Docs, s sheet, reader string) bot.Show {
	v := a.readView(d, s)
	if len(v.Actions()) > 0 {
		v.Fresh = s.see("read-fresh")
	}
	return bot.Show{Key: readCard + s.id, To: bot.To(reader), View: v}
}

// readView is a result without anything that changes it or hands it on.
func (a assess) readView(d *bot.Docs, s sheet) bot.View {
	r := a.outcome(d, s)
	if r.Weight == 0 {
		return bot.View{Title: s.pack.Title + " has other questions now", Blocks: []bot.Block{bot.Say("There is nothing to read in it any more.")}}
	}
	v, _ := a.scored(d, s, r)
	v.Blocks = append([]bot.Block{bot.Small(fmt.Sprintf("%s lets you read this, as of %s. It lists what is open, so please do not pass it on.", prose.Sentence(s.owner()), prose.Day(s.run.Finished)))}, v.Blocks...)
	v.Blocks = append(v.Blocks, bot.Row(
		bot.Press("Who fixes what", s.see("lists")),
		bot.Press("What was not looked at", s.see("not-asked")),
		bot.Press("Look again", s.see("read"))))
	return v
}

// read answers a press of somebody who may read a run and not change it.
func (a assess) read(d *bot.Docs, e bot.Event, s sheet) []bot.Effect {
	if s.run.Finished.IsZero() {
		return say("This assessment goes on", "There is a result to read again when it is finished.")
	}
	switch e.Action.Verb {
	case "lists":
		return a.lists(d, s)
	case "not-asked":
		return a.notAsked(s)
	case "read":
		return []bot.Effect{a.reading(d, s, e.From.ID)}
	case "read-fresh":
		return []bot.Effect{bot.Answer{View: a.reading(d, s, e.From.ID).View}}
	}
	return say("Only whoever started this can change it", "You may read the result.")
}
