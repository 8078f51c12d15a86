package menu

import "slices"

// says are the whole messages that people type to the bot itself, by the verb that
// answers them.
var says = map[string][]string{
	"menu": {"", "menu", "hello", "hi", "hey", "good morning", "good afternoon", "good evening", "start",
		"who handles"}, // the last is what Teams puts into the message before the rest is typed
	"help": {"help", "what can you do", "what do you do", "who are you", "what can i ask", "what is this", "who is this",
		"question", "a question", "i have a question", "quick question", "can i ask something", "can i ask a question", "can i ask you something"},
	"keep": {"keep", "what do you keep", "what do you store", "privacy", "forget me", "delete my data", "how do i delete my data"},
	"home": {"home", "my page", "what is due"},
	"urgent": {"urgent", "something happened", "help me", "help me please", "please help", "please help me", "help help", "omg", "omg omg", "omg omg omg",
		"sos", "mayday", "please hurry", "hurry", "quick", "what do i do", "what do i do now", "what should i do", "what should i do now", "what now", "now what", "what next", "oh no", "oh god", "oh my god", "panic", "i am panicking", "i'm panicking", "im panicking"},
	"owner":  {"owner", "owners", "the owner", "who is the owner", "who's the owner", "who’s the owner", "whos the owner", "who is the owner here", "who is our owner", "who are the owners", "who is an owner", "what is an owner", "what does the owner do", "who set this up", "who set you up"},
	"thanks": {"thanks", "thank you", "thx", "ty", "ta", "cheers", "many thanks", "thanks a lot", "thanks so much", "thank you so much", "thank you very much", "ok thanks", "ok thank you", "okay thanks", "great thanks", "perfect thanks", "great", "perfect", "brilliant", "bye", "goodbye", "good bye", "bye bye", "good night", "that helped", "that was helpful", "thanks that helped", "thank you that helped", "thanks that was helpful", "thank you that was helpful", "thanks that was really helpful", "thank you that was really helpful", "very helpful", "you helped me", "thanks for your help", "thank you for your help", "thanks for the help"},
	"sorry":  {"this is rubbish", "that is rubbish", "rubbish", "you are useless", "you're useless", "youre useless", "useless", "this is useless", "that is useless", "that is no help", "that's no help", "thats no help", "no help", "that did not help", "that didn't help", "that didnt help", "not helpful", "you don't understand me", "you dont understand me", "you don't understand", "you dont understand", "you are stupid", "you're stupid", "stupid bot", "wrong", "that is wrong", "that's wrong", "thats wrong"},

	"private": {"can i stay anonymous", "is this anonymous", "is this private", "who sees this", "who can see this", "who sees what i ask", "who can see what i ask", "does my boss see this", "can my boss see this", "does anybody see this", "who asked you about me",
		"will my boss see this", "will anybody see this", "will anyone see this", "can anybody see this", "can anyone see this", "does anyone see this", "who sees what i write", "who can see what i write", "who reads this", "who can read this",
		"can my boss see what i type", "can my boss see what i type here", "can my boss see what i write", "can my boss see what i write here", "can my boss see what i ask", "can my boss read this", "can my boss read what i write", "can my manager see this", "can my manager see what i type", "can my manager see what i write", "does my manager see this", "can it see what i type", "can it see what i write", "can the owner see what i ask", "can the owner see this"},
	"trouble": {"will i get fired", "will i be fired", "will i get in trouble", "will i get into trouble", "am i in trouble", "am i fired", "is it my fault", "was it my fault", "was that my fault", "is this my fault", "i feel stupid", "i am so sorry", "i'm so sorry"},
	"secure":  {"are we secure", "are we safe", "how secure are we", "how safe are we", "is our company secure", "is our company safe", "is my company secure", "is my company safe"},
	"pressed": {"yes", "yes please", "yep", "no", "no thanks", "no thank you", "nope", "ok", "okay", "sure", "done", "all done", "it is done", "it's done", "i did", "i did it",
		"i can't", "i can’t", "i cant", "i cannot", "i can't do it", "in a week", "ask me in a week", "skip this time", "not mine", "it is not mine", "it's not mine", "i have it", "i've got it", "got it", "later", "not now", "not yet", "another day", "next week"},
}

// typed are all of them.
func typed() []string {
	var all []string
	for _, messages := range says {
		all = append(all, messages...)
	}
	slices.Sort(all)
	return all
}

// meant is the verb of a message.
func meant(text string) string {
	for verb, messages := range says {
		if slices.Contains(messages, text) {
			return verb
		}
	}
	return "menu"
}
