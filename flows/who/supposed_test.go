package who_test

import (
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/flows/content/contenttest"
)

func TestWhoAsksWhatIfIsNotAlarmed(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	v := ask(t, w, staff, "what happens if a laptop is stolen?")
	if v.Tone == bot.Urgent || v.Title != "A lost or stolen device: did it happen just now?" {
		t.Errorf("got %q in tone %v", v.Title, v.Tone)
	}
	if steps := press(t, w, staff, w.Button("Show what to do", v)); steps.Title != "Act now · A work device is stolen" {
		t.Errorf("the first button shows %q", steps.Title)
	}
	if plan := press(t, w, staff, w.Button("The plan for a break-in", v)); !strings.HasSuffix(plan.Title, "The plan for a break-in") {
		t.Errorf("the plan is %q", plan.Title)
	}
	if real := ask(t, w, staff, "what happens if I typed my password in"); real.Tone != bot.Urgent {
		t.Errorf("who has done it gets %q", real.Title)
	}
}

func TestPeopleInDangerComeFirst(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	for says, want := range map[string]bool{
		"fire in the server room":                                         true,
		"this is not a drill, there is a fire in the kitchen":             true,
		"There's smoke coming out of the computer!":                       true,
		"my colleague has collapsed":                                      true,
		"there is a burglar in the building":                              true,
		"someone's trying to force the back door":                         true,
		"a man with a knife is in the shop":                               true,
		"fire":                                                            true,
		"burglar!":                                                        true,
		"smoke":                                                           true,
		"someone has been shot":                                           true,
		"two men with guns":                                               true,
		"call the police":                                                 true,
		"what if there is a fire in the server room":                      false,
		"we had a fire drill, the door system is down":                    false,
		"burglars took two laptops from the office":                       false,
		"someone broke in last night and took the server":                 false,
		"somebody is trying to break into our office network":             false,
		"somebody is trying to break in, the log shows a thousand logins": false,
		"my fire stick won't connect to the meeting room screen":          false,
		"we are on fire with sales, can the till keep up":                 false,
		"the firewall is down":                                            false,
		"this update is bleeding edge, do we want it":                     false,
		"the server collapsed":                                            false,
		"my colleague has collapsed in the server room":                   true,
		"the server collapsed and I can't work":                           false,
		"is there insurance for a fire in the server room":                false,
		"there is a fire in the training room":                            true,
		"a customer is bleeding":                                          true,
		"a colleague is being attacked in the car park":                   true,
		"somebody with a gun is at reception, I phone you":                true,
		"a man with a gun is in the shop":                                 true,
		"our website is being attacked":                                   false,
		"our server is being attacked by hackers":                         false,
		"our customer database is being attacked":                         false,
		"our bank account is being robbed":                                false,
		"the printer is bleeding ink":                                     false,
		"the stock scanner with a gun handle does not read":               false,
		"this scanner cost a bomb and does not work":                      false,
		"somebody is trying to brute force the office login":              false,
		"someone is trying to break into our online shop":                 false,
		"a thief snatched my work bag from the car":                       false,
		"burglars emptied the office at the weekend":                      false,
		"the unconscious bias link is broken":                             false,
		"when is the fire training":                                       false,
		"who do we fire in the sales team":                                false,
	} {
		if v := ask(t, w, staff, says); strings.HasPrefix(v.Title, "Get safe first") != want {
			t.Errorf("%q: got %q; people first: want %v", says, v.Title, want)
		}
	}
}

func TestADeviceThatIsBackIsNoEmergency(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	for says, want := range map[string]bool{
		"found my phone again, it was in the car":                                    true,
		"Never mind, we've found the laptop":                                         true,
		"false alarm, the lost tablet turned up":                                     true,
		"the laptop was in my bag all along":                                         true,
		"got my phone back":                                                          true,
		"the police gave us the laptop back today":                                   true,
		"found the laptop again":                                                     true,
		"how do I get my stolen phone back":                                          false,
		"my laptop was stolen":                                                       false,
		"i still haven't found my work phone":                                        false,
		"found the window smashed, the laptop is gone":                               false,
		"the train company hasn't found my bag with laptop":                          false,
		"found my stolen phone on the map, it's in Peckham":                          false,
		"the work laptop is back":                                                    true,
		"we have found our work tablet":                                              true,
		"someone has stolen my work laptop, please call me back":                     false,
		"i have lost my work phone, call me back":                                    false,
		"the laptop is stolen, it was in the back":                                   false,
		"my laptop is gone, left it on the train back":                               false,
		"lost my phone, back in my hotel now":                                        false,
		"I lost my laptop, is IT back":                                               false,
		"I found my bag but my work phone is gone":                                   false,
		"I found my bag without the laptop":                                          false,
		"I found my phone was stolen":                                                false,
		"found the drawer forced and the tablets gone":                               false,
		"found the laptop again. Oh and I typed my password into a page from a mail": false,
		"found the phone, it was unlocked and somebody used my banking app":          false,
		"we found the thief but not the laptop":                                      false,
	} {
		v := ask(t, w, staff, says)
		if got := strings.HasPrefix(v.Title, "Good that it is back"); got != want {
			t.Errorf("%q: got %q; back: want %v", says, v.Title, want)
		}
	}
}

func TestWhoHasTheDeviceBackIsNotAskedLater(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	message := func(text string) (times []bool) {
		for _, e := range w.Play(bot.Event{Kind: bot.Message, From: staff, Place: direct, Text: text}) {
			if s, ok := e.(bot.Set); ok {
				times = append(times, s.At.IsZero())
			}
		}
		return times
	}
	if set := message("my laptop was stolen"); len(set) != 2 || set[0] || set[1] {
		t.Fatalf("a stolen laptop sets %v, want two times to ask", set)
	}
	if set := message("found the laptop again"); len(set) != 2 || !set[0] || !set[1] {
		t.Errorf("a laptop that is back: cancelled %v, want both", set)
	}
}

func TestTheOtherThingThatIsAskedIsOnePressAway(t *testing.T) {
	w := world(t, contenttest.BuiltIn(t), "555 0100")
	v := ask(t, w, staff, "printer jammed again, also the new girl needs an email address")
	if !strings.Contains(words(v), "And the other thing you asked:") {
		t.Fatalf("got %s", words(v))
	}
	both := v.Title
	for _, b := range v.Actions() {
		if b.Action.Verb == "topic" {
			both += press(t, w, staff, b.Action).Title
		}
	}
	if !strings.Contains(both, "Printers and scanners") || !strings.Contains(both, "Accounts for new starters") {
		t.Errorf("both are %q", both)
	}
}
