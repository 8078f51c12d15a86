package kept

import (
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/flows/archive"
	"secadvisor/flows/company"
	"secadvisor/flows/handoff"
	"secadvisor/flows/teach"
)

const day = 24 * time.Hour

// kinds are all types of documents that a company can have. Whoever adds one
// says here what it tells and how long it is kept; a test finds those that are
// missing.
func kinds() archive.Kinds {
	return archive.Kinds{
		archive.Single("roles", bot.RolesDoc, bot.RolesID, "who is an owner"),
		archive.Single("map", company.Maps, company.MapID, "who handles what, and how they are reached"),
		archive.Single("contacts", company.ContactsOf, company.ContactsID, "who is phoned in an emergency"),
		archive.Single("profile", company.Profiles, company.ProfileID, "what the company said of itself: its size, trade and data, and who looks after its computers"),
		archive.Single("taught", company.Taughts, company.TaughtID, "phrases that an owner taught"),
		archive.Single("answers", company.Banks, company.BankID, "the latest answer to each question of the assessments"),
		archive.Single("run-index", company.Indexes, company.IndexID, "which assessments were done, and in which order"),
		archive.Many("runs", company.Runs, "each assessment: its answers, notes and readers"),
		archive.Single("fixes", company.FixesOf, company.FixesID, "what is to be fixed, who does it by when, and what they wrote about it"),
		archive.Many("sides", company.SidesOf, "checks from both sides: what an owner and whoever looks after IT answered apart").For(365 * day),
		archive.Many("interviews", company.Interviews, "what the IT provider was asked in writing, and replied").For(400 * day),
		archive.Many("schedules", company.Schedules, "what is reminded of, when, and how it went").OnceOver(400 * 24 * time.Hour),
		archive.Single("attention", company.Attentions, company.AttentionID, "who wants to be left in peace until when, and their time zone"),
		archive.Many("handoffs", handoff.Notes, "what somebody chose to hand to whoever handles it, in their words").For(90 * day),
		archive.Many("questions-passed-on", teach.Passeds, "questions that somebody chose to pass on to the owners").For(90 * day),
		archive.Many("numbers-missing", handoff.Remindeds, "that the owners were told that no number is saved").For(day),
		archive.Single("welcome", company.Welcomes, company.WelcomeID, "that the first message was sent, and to whom"),
		archive.Many("audit", bot.AuditDoc, "who did what to what, when and from where, without contents").For(engine.AuditFor),
		archive.Single("installation", installs.Installations, installs.InstallationID, "that the bot is installed in Slack: since when, by whom, and its tokens there").StaysBehind("it holds secrets; on another server the company installs the bot anew"),
		archive.Plain("renewal", "slack", "that a token is being renewed, for some seconds").For(20 * time.Second).StaysBehind("it is gone in a moment"),
		archive.Plain("undelivered", "dead", "what could not be delivered: when, where to and why, without the text").For(engine.DeadFor),
		archive.Plain("cards", "sent", "where each card was posted, to edit it").For(engine.SentFor),
		archive.Plain("paused", "target", "where nothing has arrived, so that nothing is sent for a while").For(engine.PauseFor),
		archive.Plain("reach", "reach", "what Teams needs to write to somebody again"),
		archive.Single("claim-code", company.Codes, company.CodeID, "a trace of the code that makes an owner").For(installs.CodeFor).StaysBehind("it works on one server only; another one prints its own"),
		archive.Plain("import", importPrefix, "how far an import is, while it is under way").StaysBehind("it is gone when the import is done"),
	}
}

// importPrefix is where an import notes how far it is.
const importPrefix = "import"

// keptFor is a time as README and people read it.
func keptFor(d time.Duration) string {
	switch {
	case d == 0:
		return "until it is changed or erased"
	case d == day:
		return "a day"
	case d == 365*day:
		return "a year"
	case d%(366*day) == 0:
		return fmt.Sprintf("%d years", d/(366*day))
	case d%day == 0:
		return fmt.Sprintf("%d days", d/day)
	}
	return fmt.Sprintf("%d hours", d/time.Hour)
}
