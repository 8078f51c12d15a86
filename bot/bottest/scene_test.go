package bottest_test

import (
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// complaints counts what a test would be told.
type complaints struct {
	testing.TB
	n int
}

func (c *complaints) Errorf(string, ...any) { c.n++ }

func TestASceneComplainsOfWhatIsNotThereAndOfWhatIs(t *testing.T) {
	v := bot.View{Title: "Backups", Blocks: []bot.Block{bot.Say("Test a restore."), bot.Row(bot.Press("Later", bot.Do("a", "b")))}}
	for _, c := range []struct {
		texts        []string
		sees, unseen int
	}{
		{[]string{"Backups", "a restore", "[Later]"}, 0, 3},
		{[]string{"Backups", "a firewall"}, 1, 1},
		{[]string{"a firewall", "[Now]"}, 2, 0},
	} {
		var sees, unseen complaints
		sees.TB, unseen.TB = t, t
		(&bottest.Scene{TB: &sees}).Sees(v, c.texts...)
		(&bottest.Scene{TB: &unseen}).Unseen(v, c.texts...)
		if sees.n != c.sees || unseen.n != c.unseen {
			t.Errorf("%q: %d are missed and %d too many, want %d and %d", c.texts, sees.n, unseen.n, c.sees, c.unseen)
		}
	}
}

func TestASceneKeepsItsPace(t *testing.T) {
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	s := &bottest.Scene{TB: t, World: bottest.NewWorld([]bot.Flow{bottest.Elsewhere("menu")}, start), Flow: "menu", Pace: time.Second}
	for range 3 {
		if got := bottest.Answered(s.Type(bot.Person{ID: "sam"}, "")).Title; got != "menu" {
			t.Fatalf("answered by %q", got)
		}
	}
	if want := start.Add(3 * time.Second); !s.Now.Equal(want) {
		t.Errorf("it is %v, want %v", s.Now, want)
	}
}
