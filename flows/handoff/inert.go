package handoff

import (
	"regexp"
	"strings"
)

var (
	scheme = regexp.MustCompile(`(?i)\b[a-z][a-z\d+.-]*://`)
	number = regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	domain = regexp.MustCompile(`(?i)(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}`)
)

// inert makes links that nobody can follow by a careless press: the receiver
// still reads where they led.
func inert(text string) string {
	text = scheme.ReplaceAllStringFunc(text, func(s string) string {
		if strings.EqualFold(s[:min(len(s), 4)], "http") {
			return s[:1] + "xx" + s[3:]
		}
		return strings.Replace(s, ":", "[:]", 1)
	})
	for _, place := range []*regexp.Regexp{number, domain} {
		text = place.ReplaceAllStringFunc(text, func(s string) string { return strings.ReplaceAll(s, ".", "[.]") })
	}
	return text
}
