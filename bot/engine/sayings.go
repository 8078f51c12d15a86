package engine

import "secadvisor/bot"

// The few sentences that no flow can say, because no flow was reached.

func oldButton(command string) bot.View {
	return bot.View{
		Title:  "That button is from an earlier version",
		Blocks: []bot.Block{bot.Say("It does nothing any more. Type " + command + " to see what I can do now.")},
	}
}

func onlyMembers(command string) bot.View {
	return bot.View{
		Title:  "Only people of this company can do that",
		Blocks: []bot.Block{bot.Say("You can still ask me who handles something: " + command + " who handles printers?")},
	}
}

func notSaid(command string) bot.View {
	return bot.View{
		Title: "I can't tell just now whether you belong to this company",
		Blocks: []bot.Block{bot.Say("I asked, and got no answer. Nothing was changed: please try once more in a moment. " +
			"You can still ask me who handles something: " + command + " who handles printers?")},
	}
}

// nothingChanged follows why a form was not taken.
const nothingChanged = ": I asked, and got no answer. Nothing was changed. Please send this once more in a moment."

const whoIsThat = "I can't tell just now who that is" + nothingChanged

func whoReadsHere() bot.View {
	return bot.View{
		Title: "I can't tell just now who reads this channel",
		Blocks: []bot.Block{bot.Say("I asked, and got no answer. Nothing was changed: please try once more in a moment. " +
			"What you type to me also works in our direct messages.")},
	}
}

func whoReadsThat() bot.View {
	return bot.View{
		Title:  "I can't tell just now who can read that channel",
		Blocks: []bot.Block{bot.Say("I asked, and got no answer. Nothing was changed: please try once more in a moment.")},
	}
}

// withRetry offers what was pressed once more: the answer may stand in place of
// the button. When that was done, nothing of it is left to say.
func withRetry(v bot.View, e bot.Event) bot.View {
	if e.Kind == bot.Click {
		v.Blocks = append(v.Blocks, bot.Row(bot.Button{Label: "Try again", Action: e.Action, Main: true, Vanishes: true}))
	}
	return v
}

const whoseChannel = "I can't tell just now who can read that channel" + nothingChanged

func ourFault(command string) bot.View {
	return bot.View{
		Title: "Something of mine failed, and nothing was changed",
		Blocks: []bot.Block{bot.Say("Please try once more. If it happens again, tell whoever runs me: it is in my log. " +
			"If this is urgent, phone or walk to whoever looks after your computers. " + command + " help shows what I can do.")},
	}
}
