package handoff

import (
	"regexp"
	"strings"
)

var (
	scheme = regexp.MustCompile(`(?i)\b(h)tt(ps?://)`)
	domain = regexp.MustCompile(`(?i)(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}`)
)

// inert makes links that nobody can follow by a careless press: the receiver
// still reads where they led.
func inert(text string) string {
	text = domain.ReplaceAllStringFunc(text, func(d string) string { return strings.ReplaceAll(d, ".", "[.]") })
	return scheme.ReplaceAllString(text, "${1}xx${2}")
}
