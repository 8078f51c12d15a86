package schedule

import (
	"regexp"
	"strings"
	"time"
)

// begin matches the first two fields of a cron expression, or what some
// programs know in place of one.
var begin = regexp.MustCompile(`^(?:@|(?:CRON_)?TZ=|[\d*?,/-]+\s+[\d*?,/-]+(?:\s|$)|[*?]|\S*=)`)

// Read reads a rule from words as Parse does, or from a cron expression: for
// a configuration and the command line. A zone in brackets at the end counts
// instead of the one given.
func Read(text, zoneName string, now time.Time) (Rule, error) {
	expression, zoneName := takeZone(strings.TrimSpace(text), zoneName)
	said, isSaid := strings.CutPrefix(expression, cronPhrase)
	if isSaid || begin.MatchString(expression) {
		return Cron(said, zoneName)
	}
	return Parse(text, zoneName, now)
}
