package match_test

import (
	"os"
	"strings"
	"testing"

	"secadvisor/flows/match"
)

func TestWhatIsOnlySupposedIsNoAlarm(t *testing.T) {
	m := matcher(t)
	for says, want := range map[string]bool{
		"what if somebody opens a bad attachment":                     true,
		"what happens if a laptop is stolen":                          true,
		"Suppose one of us sends money to a fraudster. What then?":    true,
		"how do I know if my account has been hacked":                 true,
		"is there a rule for new bank details?":                       true,
		"have we ever been hacked":                                    true,
		"is it bad to click on links in e-mails":                      true,
		"last year somebody stole a laptop from the car":              true,
		"in 2021 we paid a fake invoice, do we have a rule":           true,
		"what do I do if I lose my laptop":                            true,
		"what should I do when somebody gets into my account":         true,
		"what do I do when my laptop is gone":                         false,
		"what should i do if my screen says the files are encrypted":  false,
		"what if i already clicked it":                                false,
		"what happens if I typed my password in":                      false,
		"what if I gave them the code":                                false,
		"what should I do if I opened it, it was a fake invoice":      false,
		"we had this last year and it is happening again, ransomware": false,
		"how do i know if my account is hacked, please help":          false,
		"my laptop was stolen":                                        false,
		"My laptop was stolen. What would you do?":                    false,
		"my phone was stolen what if they read my mails":              false,
		"mouse moves by itself, how do i know if somebody is in":      false,
		"money is gone from our account, what is the procedure":       false,
		"All our files are encrypted. The same happened last year.":   false,
		"the man we fired last year is logging in to our server now":  false,
		"I suppose my phone was stolen":                               false,
		"stolen devices, what is the rule":                            true,
		"if a laptop is stolen, what would you do":                    true,
	} {
		got := m.Find(says)
		if !got.Emergency || got.Supposed != want || want && got.Outcome != match.Choose {
			t.Errorf("%q: got %v, want an emergency first; only supposed: %v", says, got, want)
		}
	}
}

func TestWhoDoesSomethingIsNoEmergency(t *testing.T) {
	m := matcher(t)
	for says, urgent := range map[string]bool{
		"who looks after our website?":           false,
		"who handles website here":               false,
		"who handles laptops here":               false,
		"who handles phones here":                false,
		"who do I ask about email":               false,
		"who is in charge of accounts":           false,
		"whose job is the accounts":              false,
		"help with printer":                      false,
		"who deals with stolen phones":           true,
		"who fixes a computer with a virus":      true,
		"who handles hacked accounts":            true,
		"help with a ransom note on my pc":       true,
		"help me with my laptop, i lost it":      true,
		"who handles it, I clicked on a link":    true,
		"who fixes my mouse, it moves by itself": true,
	} {
		if got := m.Find(says); got.Emergency != urgent {
			t.Errorf("%q: got %v; an emergency: want %v", says, got, urgent)
		}
	}
}

func TestAnEmergencyBesideSomethingElseIsSeen(t *testing.T) {
	m := matcher(t)
	for says, want := range map[string]string{
		"need a new charger and btw my work phone got nicked on saturday":                                    "lost-stolen-device",
		"The screen flickers. Oh and I typed my password into a page from a mail":                            "clicked-phishing",
		"please order two chairs, also our files have all been encrypted":                                    "malware-ransomware",
		"who sets up the new girl's mailbox? by the way i paid a fake invoice this morning":                  "payment-fraud",
		"The printer on the second floor has been jammed since Monday plus somebody stole my laptop from it": "lost-stolen-device",
	} {
		got := m.Find(says)
		if !got.Emergency || got.Outcome != match.Answer || got.Best[0].Topic != want {
			t.Errorf("%q: got %v, want the answer %s", says, got, want)
		}
	}
}

func TestTheSecondThingThatIsAskedIsKept(t *testing.T) {
	m := matcher(t)
	for says, want := range map[string]string{
		"printer jammed again, also the new girl needs an email address": "printer-scanner new-account",
		"the wifi is down and by the way i forgot my password":           "wifi-network password-reset",
		"the printer is jammed again":                                    "",
		"the printer is jammed. I tried it twice. It also beeps":         "",
	} {
		got := m.Find(says)
		both := ""
		if got.Also != "" {
			both = got.Best[0].Topic + " " + got.Also
			if a, b, _ := strings.Cut(want, " "); both == b+" "+a {
				both = want // which comes first is all the same
			}
		}
		if got.Outcome != match.Answer || both != want {
			t.Errorf("%q: got %v, want both of %q", says, got, want)
		}
	}
}

// TestTheCaseOfAnEmergencyIsToldRight asks how emergencies of each case are
// told: a wrong case is worse than none, whose steps are for all.
func TestTheCaseOfAnEmergencyIsToldRight(t *testing.T) {
	m := matcher(t)
	raw, err := os.ReadFile("testdata/cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all, right, wrong := 0, 0, 0
	for row := range strings.Lines(strings.TrimSpace(string(raw))) {
		want, says, _ := strings.Cut(strings.TrimSpace(row), "\t")
		if want == "case" {
			continue
		}
		got := m.Find(says)
		if !got.Emergency {
			t.Errorf("%q: got %v, want an emergency first", says, got)
		}
		switch all++; got.Case {
		case want:
			right++
		case "":
		default:
			wrong++
		}
	}
	if all < 100 || right*100 < 80*all || wrong*100 > 5*all {
		t.Errorf("of %d, %d have the right case and %d a wrong one; want 80 of 100 right and at most 5 wrong", all, right, wrong)
	}
}
