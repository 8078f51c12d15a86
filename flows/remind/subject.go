package remind

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/prose"
)

// subject is what somebody can be reminded of, beside assessments.
type subject struct {
	about company.Subject
	does  string       // what is to be done, for the one who is asked
	usual string       // how often, where nobody says
	said  []string     // how people say it
	duty  []string     // whose deputy can do it too: topics and groups of the map
	more  []bot.Button // where to look
}

// subjects in the order of lists.
var subjects = [...]subject{
	{
		about: company.OfMap,
		does:  "People change jobs, and the map stays behind. Look through who handles what, and correct what is no longer right.",
		usual: "every 6 months",
		said:  []string{"map", "responsibility map", "responsibilities", "confirm responsibility map", "who handles what"},
		more:  []bot.Button{bot.Press("The map", bot.Do("duty", "map"))},
	},
	{
		about: company.OfRestore,
		does:  "Bring one folder back from the backup, open what came back, and note how long it took. A green tick in the backup program does not show that.",
		usual: "every 6 months",
		said:  []string{"restore test", "test restore", "restore", "backup test", "test backup", "test backups"},
		duty:  []string{"ransomware-proof-backups", "backup-restore", company.GroupIT},
		more:  []bot.Button{bot.Press("About backups", bot.Do("who", "topic", "ransomware-proof-backups"))},
	},
	{
		about: company.OfOutside,
		does:  "Book somebody independent with security expertise, who looks at the company as a whole and writes down what to do first. A penetration test goes further: they try to break in, with your written permission and an agreed scope.",
		usual: "yearly",
		said:  []string{"independent assessment", "independent assessment or penetration test", "penetration test", "pentest", "pen test", "outside look", "security assessment", "outside assessment"},
		duty:  []string{"penetration-testing", "risk-assessment", company.GroupSecurity},
		more:  []bot.Button{bot.Press("About penetration tests", bot.Do("who", "topic", "penetration-testing"))},
	},
	{
		about: company.OfNumbers,
		does:  "Dial every number on the emergency card once. Say that it is only a test, and ask whether somebody answers at night. A dead number is better found now than in an emergency.",
		usual: "every 6 months",
		said:  []string{"numbers", "emergency numbers", "dial each emergency number", "dial each emergency number once", "dial emergency numbers", "emergency card", "phone numbers"},
		duty:  []string{company.GroupEmergency},
		more:  []bot.Button{bot.Press("Emergency card", bot.Do("emergency", "card"))},
	},
	{
		about: company.OfFixes,
		does:  "Everybody who has taken something over and not said that it is done is asked how it stands. Nobody else is.",
		usual: "monthly",
		said:  []string{"fixes", "open fixes", "fix list", "tasks", "open tasks"},
	},
}

// ofCustom is the subject of whatever an owner wrote.
var ofCustom = subject{about: company.OfCustom}

func subjectOf(about company.Subject) (subject, bool) {
	for _, s := range subjects {
		if s.about == about {
			return s, true
		}
	}
	return ofCustom, about == company.OfCustom
}

// key names what a schedule is about, as buttons carry it.
func key(s company.Schedule) string {
	if s.About == company.OfAssessment {
		return s.Pack
	}
	return string(s.About)
}

// newOf begins a schedule about what a key names, for one who wants it; the
// text is that of a custom one.
func (t *turn) newOf(key, text string) (s company.Schedule, id string, ok bool) {
	who := t.event.From
	s = company.Schedule{Owner: who.ID, By: named(who.Name), To: bot.To(who.ID), Name: named(who.Name)}
	if p, known := t.lib.Pack(key); known {
		s.About, s.Pack = company.OfAssessment, p.ID
		return s, company.ScheduleID(p.ID, who.ID), true
	}
	known, found := subjectOf(company.Subject(key))
	s.About, s.Text = known.about, prose.Plain(text, maxText)
	switch {
	case !found:
		return s, "", false
	case s.About != company.OfCustom:
		s.Text = ""
		return s, key, true
	}
	return s, customID(s.Text), s.Text != ""
}

// customID is the same for the same words, so that setting a reminder twice
// changes it.
func customID(text string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(text)))
	return string(company.OfCustom) + "." + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
}

// title is what a schedule is about, as a person reads it.
func (t *turn) title(s company.Schedule) string {
	if s.About == company.OfAssessment {
		return t.pack(s.Pack).Title
	}
	if s.About == company.OfCustom {
		return prose.Sentence(s.Text)
	}
	return s.About.Word()
}

// pack is the assessment of an id, or the usual one.
func (f flow) pack(id string) content.Pack {
	p, ok := f.lib.Pack(id)
	if !ok {
		p, _ = f.lib.Pack(content.QuickCheck)
	}
	return p
}

// meant finds what somebody wants to be reminded of by its words; empty: it
// is none of ours.
func (f flow) meant(words string) (key string) {
	words = strings.TrimSuffix(strings.Join(strings.Fields(bare(words)), " "), " assessment")
	for _, p := range f.lib.Packs {
		if words == p.ID || words == bare(p.Title) || words+" check" == bare(p.Title) {
			return p.ID
		}
	}
	for _, s := range subjects {
		if slices.Contains(s.said, words) || slices.Contains(s.said, words+" assessment") || words == bare(s.about.Word()) {
			return string(s.about)
		}
	}
	return ""
}

// bare leaves the words that tell what is meant.
func bare(text string) string {
	var kept []string
	for _, w := range strings.Fields(strings.ToLower(strings.Trim(text, " .,!:;\"'“”"))) {
		if !slices.Contains([]string{"the", "a", "an", "do", "of", "our", "us", "confirm", "confirmation", "run"}, w) {
			kept = append(kept, strings.Trim(w, ".,!:;\"'"))
		}
	}
	return strings.Join(kept, " ")
}
