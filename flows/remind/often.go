package remind

import (
	"fmt"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

func (t *turn) onlyOnce() []bot.Effect     { return t.howOften(true) }
func (t *turn) severalTimes() []bot.Effect { return t.howOften(false) }

// howOften keeps whether somebody is asked once only, whatever about.
func (t *turn) howOften(once bool) []bot.Effect {
	a := t.attention()
	s := a.People[t.event.From.ID]
	s.Once = once
	a.Put(t.event.From.ID, s)
	company.Attentions.Put(t.d, company.AttentionID, a)
	return append(t.mine(), company.Days(t.now()))
}

// oftenness says how often the one who reads it is asked, and changes it.
func (t *turn) oftenness() []bot.Block {
	if t.attention().People[t.event.From.ID].Once {
		return []bot.Block{
			bot.Say(fmt.Sprintf("I ask you once. If you don't answer within %d working days, I ask the next one.", patience)),
			bot.Row(bot.Press(fmt.Sprintf("Ask me up to %d times again", mostNags), bot.Do("remind", "again")))}
	}
	return []bot.Block{
		bot.Say(fmt.Sprintf("If you don't answer, I ask again after %d working days, %d times at most.", patience, mostNags)),
		bot.Row(bot.Press("Ask me only once", bot.Do("remind", "once")))}
}
