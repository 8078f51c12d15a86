package assess_test

import (
	"testing"

	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

// Whatever a pack's staleness, each choice of a date earns what its label
// says: all, all, half, nothing.
func TestDatesEarnWhatTheirLabelsSay(t *testing.T) {
	for _, staleness := range []int{30, 45, 90, 180, 365, 730} {
		for i, want := range []string{"100 of 100", "100 of 100", "50 of 100", "0 of 100", "0 of 100"} {
			lib := contenttest.BuiltIn(t)
			lib.Packs[0].Questions = []content.PackQuestion{{ID: "data-restore-test", Weight: 5, StalenessDays: staleness}}
			s := begin(t, lib)
			s.types("")
			s.press("Up to 10", "Our own IT", "Nobody")
			label := s.card.Actions()[i].Label
			s.press(label)
			s.Sees(s.card, "Quick check · "+want)
		}
	}
}

func TestChoicesAndWhatDoesNotApply(t *testing.T) {
	custom := func() *scene {
		lib := contenttest.BuiltIn(t)
		door := lib.Questions["dev-updates"]
		door.ID, door.Kind, door.NotApplicable = "door", content.Choice, "We have no door"
		door.Choices = []content.Option{{ID: "locked", Label: "Locked", Credit: 100}, {ID: "shut", Label: "Shut", Credit: 50}, {ID: "open", Label: "Open", Credit: 0}, {ID: "gone", Label: "Gone", Credit: 0}}
		lib.Questions["door"] = door
		lib.Packs[0].Questions = []content.PackQuestion{{ID: "door", Weight: 5, StalenessDays: 90}, {ID: "acc-leavers", Weight: 5, StalenessDays: 90}}
		s := begin(t, lib)
		s.types("")
		s.press("Up to 10", "Our own IT", "Nobody")
		return s
	}
	for label, want := range map[string]string{
		"Locked": "100 of 100", "Shut": "75 of 100", "Open": "50 of 100", "We have no door": "100 of 100", "Don't know": "50 of 100, weak (could be up to 100",
	} {
		s := custom()
		s.press(label, "Back")
		s.Sees(s.card, "Your answer so far: ")
		s.press(label, "Yes, I've seen it")
		s.Sees(s.card, "Quick check · "+want)
	}
	for _, b := range custom().card.Blocks {
		if b.Buttons != nil && len(b.Buttons.Items) > 5 {
			t.Errorf("%d buttons in a row", len(b.Buttons.Items))
		}
	}
}
