package report

import (
	"strings"

	"secadvisor/bot"
)

// plain is a text as a person sees it, with spaces for its line breaks.
func plain(s string) string { return spaces.Replace(bot.Visible(s)) }

var spaces = strings.NewReplacer("\n", " ", "\t", " ")
