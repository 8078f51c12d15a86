package score_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/score"
)

// providerCheck has the ids and weights of the pack.
func providerCheck() score.Pack {
	cert, current := yesNo("itp-cert", 3, false, "security", 3), yesNo("itp-current", 3, false, "security", 2)
	for _, q := range []*score.Question{&cert, &current} {
		q.Kind, q.Choices = score.Choice, map[string]int{"named": 100, "some": 50, "none": 0}
	}
	steps := yesNo("itp-breach-steps", 5, true, "security", 2)
	fixed := yesNo("itp-assess-fixed", 3, false, "both", 2)
	fixed.NAAllowed = true
	return score.Pack{Questions: []score.Question{
		yesNo("itp-scope", 4, false, "both", 1), cert, yesNo("itp-people", 3, false, "security", 3),
		date("itp-assess-date", 5, "security", 3, 365), yesNo("itp-assess-independent", 3, false, "security", 3), fixed,
		steps, yesNo("itp-breach-tell", 4, false, "security", 1), yesNo("itp-breach-hours", 3, false, "security", 2), current,
	}}
}

// good are answers that make every topic good.
func good() map[string]score.Answer {
	return map[string]score.Answer{
		"itp-scope": seen("no"), "itp-cert": seen("named"), "itp-people": seen("yes"),
		"itp-assess-date": seen(ago(10)), "itp-assess-independent": seen("yes"), "itp-assess-fixed": seen("yes"),
		"itp-breach-steps": seen("yes"), "itp-breach-tell": seen("yes"), "itp-breach-hours": seen("yes"), "itp-current": seen("named"),
	}
}

func TestTheVerdictOnAProvider(t *testing.T) {
	bad := map[string]string{"certifications": "itp-cert", "assessment": "itp-assess-date", "breach": "itp-breach-steps", "currency": "itp-current"}
	fail := func(names ...string) map[string]score.Answer {
		answers := good()
		for _, name := range names {
			answers[bad[name]] = seen("dont-know")
		}
		return answers
	}
	for name, c := range map[string]struct {
		answers map[string]score.Answer
		growing bool
		good    int
		want    score.Approach
	}{
		"all four":          {fail(), false, 4, score.KeepAssessing},
		"all four, growing": {fail(), true, 4, score.KeepAssessing},
		"three":             {fail("currency"), false, 3, score.BringIn},
		"two":               {fail("currency", "certifications"), true, 2, score.BringIn},
		"one, small":        {fail("currency", "certifications", "breach"), false, 1, score.VirtualCISO},
		"one, growing":      {fail("currency", "certifications", "breach"), true, 1, score.SecurityPartner},
		"none":              {fail("currency", "certifications", "breach", "assessment"), false, 0, score.VirtualCISO},
	} {
		if got := score.Judge(providerCheck(), c.answers, now, c.growing); !got.Complete || got.Good != c.good || got.Approach != c.want {
			t.Errorf("%s: %+v, want %d good and %s", name, got, c.good, c.want)
		}
	}
}

func TestTopicsOfAProvider(t *testing.T) {
	answers := good()
	answers["itp-people"] = seen("no")
	answers["itp-assess-fixed"] = seen("not-applicable")
	answers["itp-assess-date"] = seen(ago(400))
	answers["itp-breach-steps"] = seen("no") // a knock-out: it does not cap the topic
	answers["itp-current"] = seen("some")
	want := []score.Topic{
		{ID: "certifications", Score: 50}, {ID: "assessment", Score: 69, Good: true}, // (5*50 + 3*100) / 8
		{ID: "breach", Score: 58}, {ID: "currency", Score: 50}, // (4+3)*100 / 12
	}
	got := score.Judge(providerCheck(), answers, now, false)
	if diff := cmp.Diff(want, got.Topics); diff != "" {
		t.Error(diff)
	}
	answers["itp-breach-steps"] = seen("partly")
	if got := score.Judge(providerCheck(), answers, now, false).Topics[2]; got.Score != 79 || !got.Good {
		t.Errorf("partly at the knock-out: %+v, want 79, good", got)
	}
	delete(answers, "itp-current")
	if got := score.Judge(providerCheck(), answers, now, false); got.Complete || got.Approach != "" {
		t.Errorf("an open question leaves no verdict: %+v", got)
	}
	delete(answers, "itp-scope")
	answers["itp-current"] = seen("named")
	if got := score.Judge(providerCheck(), answers, now, false); !got.Complete {
		t.Error("a question outside the four topics keeps the verdict back")
	}
	if got := score.Judge(quickCheck, answers, now, false); got.Complete {
		t.Error("another pack has a verdict on the provider")
	}
}

// 60 is good, 59 is not.
func TestATopicIsGoodFromSixty(t *testing.T) {
	for weight, want := range map[int]bool{59: false, 60: true} {
		p := providerCheck()
		p.Questions[1].Weight, p.Questions[2].Weight = weight, 100-weight
		answers := good()
		answers["itp-people"] = seen("no")
		if got := score.Judge(p, answers, now, false).Topics[0]; got.Good != want || got.Score != weight {
			t.Errorf("%+v, want %v at %d", got, want, weight)
		}
	}
}

func TestNoExpertiseIsTwoNoes(t *testing.T) {
	for name, c := range map[string]struct {
		cert, people score.Answer
		want         bool
	}{
		"no and no":         {seen("none"), seen("no"), true},
		"certificates":      {seen("named"), seen("no"), false},
		"some certificates": {seen("some"), seen("no"), false},
		"a person":          {seen("none"), seen("yes"), false},
		"not known":         {seen("dont-know"), seen("no"), false},
		"not answered":      {score.Answer{}, seen("no"), false},
		"too old":           {score.Answer{Value: "none", At: now.AddDate(0, 0, -800)}, seen("no"), false},
	} {
		if got := score.WithoutExpertise(providerCheck(), map[string]score.Answer{"itp-cert": c.cert, "itp-people": c.people}, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if score.WithoutExpertise(quickCheck, good(), now) {
		t.Error("another pack tells of the provider")
	}
}

func TestTicksOfAReply(t *testing.T) {
	for ticks, want := range []string{"no", "no", "partly", "yes", "yes"} {
		if got := score.Ticked(ticks); got != want {
			t.Errorf("%d ticks: %s, want %s", ticks, got, want)
		}
	}
}

func TestRepliesAreJudgedByTheirTicks(t *testing.T) {
	all := func(c, a, b, n int) map[string]int {
		return map[string]int{"certifications": c, "assessment": a, "breach": b, "currency": n}
	}
	for _, row := range []struct {
		ticks   map[string]int
		growing bool
		want    score.Verdict
	}{
		{all(4, 3, 4, 3), false, score.Verdict{Complete: true, Good: 4, Approach: score.KeepAssessing}},
		{all(4, 3, 2, 2), true, score.Verdict{Complete: true, Good: 2, Approach: score.BringIn}},
		{all(3, 2, 1, 0), false, score.Verdict{Complete: true, Good: 1, Approach: score.VirtualCISO}},
		{all(0, 0, 0, 0), true, score.Verdict{Complete: true, Approach: score.SecurityPartner}},
		{map[string]int{"certifications": 4, "assessment": 4, "breach": 4}, false, score.Verdict{Good: 3}},
	} {
		got := score.JudgeReplies(row.ticks, row.growing)
		got.Topics = nil
		if diff := cmp.Diff(row.want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", row.ticks, diff)
		}
	}
	worth := map[string]int{}
	for _, topic := range score.JudgeReplies(all(4, 3, 2, 1), false).Topics {
		worth[topic.ID] = topic.Score
	}
	if diff := cmp.Diff(all(100, 100, 50, 0), worth); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
