// Package flows lists everything that the bot does. Each flow is a folder
// here; the leaves content, match, score, company, prose and table are what
// they share.
package flows

import (
	"secadvisor/bot"
	"secadvisor/flows/assess"
	"secadvisor/flows/audit"
	"secadvisor/flows/claim"
	"secadvisor/flows/content"
	"secadvisor/flows/duty"
	"secadvisor/flows/emergency"
	"secadvisor/flows/explain"
	"secadvisor/flows/fixes"
	"secadvisor/flows/handoff"
	"secadvisor/flows/interview"
	"secadvisor/flows/match"
	"secadvisor/flows/menu"
	"secadvisor/flows/remind"
	"secadvisor/flows/sides"
	"secadvisor/flows/teach"
	"secadvisor/flows/who"
)

// All makes every flow. Owners lists the people whom the configuration makes
// owners of a company.
func All(lib *content.Library, m *match.Matcher, owners func(tenant string) []string) []bot.Flow {
	return []bot.Flow{
		menu.New(lib, owners),
		who.New(lib, m),
		explain.New(lib, m),
		assess.New(lib),
		fixes.New(lib, owners),
		remind.New(lib, owners),
		claim.New(lib, owners),
		emergency.New(lib, owners),
		teach.New(lib, owners),
		handoff.New(lib, owners),
		duty.New(lib, owners),
		sides.New(lib, owners),
		interview.New(lib, owners),
		audit.New(),
	}
}
