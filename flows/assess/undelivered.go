package assess

import (
	"strings"

	"secadvisor/bot"
)

// undelivered tells the owner at once what did not arrive.
func (t *turn) undelivered() []bot.Effect {
	u := t.event.Undelivered
	if u == nil {
		return nil
	}
	kind, rest, _ := strings.Cut(u.Key, "/")
	run, asking, _ := strings.Cut(rest, "/")
	found := t.open(run)
	switch {
	case !found:
		return nil
	case kind == "summary":
		return []bot.Effect{t.trouble("I couldn't share the summary",
			"It did not arrive: "+u.Reason+". Nobody has read it there. "+t.command(t.pack.ID)+" in another channel lets you share it there.")}
	case kind == "read":
		return []bot.Effect{t.trouble("The result did not reach "+t.reader(u.To.User),
			"It did not arrive: "+u.Reason+". Nothing was read. You can send them the report yourself.")}
	case kind == "asked":
		return t.unreached(asking)
	case kind == "run" && t.run.Together() && u.To.Channel == t.run.Channel:
		return t.lostChannel()
	}
	return nil
}

// trouble is what the owner hears of something that did not arrive.
func (s sheet) trouble(title, text string) bot.Show {
	return bot.Show{Key: "trouble/" + s.id, To: bot.To(s.run.Owner), View: bot.View{Title: title, Blocks: []bot.Block{bot.Say(text)}}}
}
