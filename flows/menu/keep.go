package menu

import "secadvisor/bot"

// keep answers "What do you keep?".
func (t *turn) keep() bot.View {
	return bot.View{
		Title: "What I keep, and who can read it",
		Blocks: []bot.Block{
			bot.Points(
				"Questions: nothing. While I answer, the text waits in my store; then only the number of the message stays for a day, so that I don't answer twice.",
				"Assessments: the answers and results, until an owner has them erased. The owner who ran it reads it here, and whom that owner lets read it.",
				"The fix list: what is to be fixed, who does it by when, and what they wrote about it, until an owner has it erased. Owners read it; everybody else reads what was given to them: "+t.lib.Command+" fixes.",
				"Checks from both sides: what each of the two answered, a year at most. Neither sees the other's before both are done, and it is deleted when the owner stops it.",
				"Questions to your IT provider: what they answered and commented, and what the owner ticked of it, until that owner deletes it, or 400 days after the last change. Only the owner who asked reads it here; they read what they wrote, and of the rest only what the owner shows them.",
				"Reminders: what, when and for whom, how the latest twelve of each went, who is away, and who doesn't want to be asked.",
				"People: who is an owner, who handles what, and who is phoned in an emergency. "+t.lib.Command+" mine shows what is recorded about you.",
				"What you choose to pass on or hand off: the words that you saw, until it is dealt with, 90 days at most. Your name goes with a question only if you sign it.",
				"What owners taught me: phrases, and the topics they mean.",
				"A log of who started or shared what and when, without contents, for three years.",
				"What I could not deliver: when and why, without the text, for 90 days."),
			bot.Say(t.readers() + " What I write to you here can also be read by whoever can export this workspace's messages."),
			bot.Small("Never type passwords, codes or card numbers here. I never ask for them."),
		},
	}
}

// readers says who could read what lies on the server.
func (t *turn) readers() string {
	if t.lib.Sealed {
		return "All of it lies on one server, encrypted: its disk or a backup alone tells nobody anything. The key is with " + t.lib.Host() + ", who could read it."
	}
	return "All of it lies on one server, not encrypted: " + t.lib.Host() + " could read it, and so could whoever gets its disk or a backup."
}
