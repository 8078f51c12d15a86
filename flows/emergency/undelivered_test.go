package emergency_test

import (
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// handedOut is a company in which Olga has just given the card to Kim, Ira,
// herself and Otto, and the key of its files.
func handedOut(t *testing.T) (w *bottest.Scene, key string) {
	t.Helper()
	w = world(t)
	save(t, w, olga, "leader", "Kim", "555 0122", "kim", bot.Home)
	save(t, w, olga, "incident", "Ira", "555 0133", "ira", bot.Home)
	effects := press(t, w, olga, bot.Do("emergency", "hand-out"))
	w.Sees(bottest.Answered(effects), "Sent to 4 people", "If it does not reach somebody, I tell you.")
	for _, x := range effects {
		if s, ok := x.(bot.Send); ok {
			key = s.Key
		}
	}
	return w, key
}

func fails(w *bottest.Scene, key, user, why string) []bot.Effect {
	w.Helper()
	return w.Play(bot.Event{Kind: bot.Failed, Undelivered: &bot.Undelivered{Key: key, To: bot.To(user), Reason: why}})
}

func TestWhoHandedItOutLearnsWhomItDidNotReach(t *testing.T) {
	w, key := handedOut(t)
	one := fails(w, key, "kim", "this account is switched off")
	w.Sees(bottest.Told(one)["olga"], "The emergency card did not reach Kim", "It did not arrive: this account is switched off.", "print it for them, or hand it over", "[The card]", "[Send it again]", "[Change a number]")
	if len(bottest.Told(one)) != 1 {
		t.Errorf("others are told, too: %v", bottest.Told(one))
	}
	two := fails(w, key, "ira", "they have not opened the bot in Teams yet")
	w.Sees(bottest.Told(two)["olga"], "The emergency card did not reach Ira and Kim", "Kim: this account is switched off.", "Ira: they have not opened the bot in Teams yet.")
	if a, b := one[0].(bot.Show).Key, two[0].(bot.Show).Key; a != b {
		t.Errorf("they are two cards, %q and %q", a, b)
	}
	if again := fails(w, key, "kim", "this account is switched off"); len(again) != 0 {
		t.Errorf("the same is told twice: %v", again)
	}
	for _, other := range []string{"", "card/", "card/bbcdefghij23", "changed/x"} {
		if got := fails(w, other, "otto", "gone"); len(got) != 0 {
			t.Errorf("%q: %v", other, got)
		}
	}
	press(t, w, olga, bot.Do("emergency", "hand-out"))
	if late := fails(w, key, "otto", "gone"); len(late) != 0 {
		t.Errorf("a failure of an older card is told: %v", late)
	}
}

// Whoever could not get the card will not get word of it either. Nobody's name
// is known, and yet each is somebody else.
func TestAllOwnersLearnThatItDidNotReachWhoHandedItOut(t *testing.T) {
	w, key := handedOut(t)
	told := bottest.Told(fails(w, key, "olga", "this account is switched off"))
	w.Sees(told["otto"], "The emergency card did not reach the owner")
	w.Sees(told["olga"], "The emergency card did not reach the owner")
	w.Sees(bottest.Told(fails(w, key, "kim", "they have left"))["otto"], "did not reach Kim and the owner")
	w.Sees(bottest.Told(fails(w, key, "otto", "they have left"))["otto"], "did not reach Kim, the owner and another owner", "The owner: this account is switched off.", "Another owner: they have left.")
}
