package engine

import (
	"maps"
	"strings"
	"time"
	"unicode"
)

// sayAgain is how often the log repeats what goes on being wrong.
const sayAgain = time.Minute

// complaints are what was wrong within the last minute, and when it was logged.
type complaints map[string]time.Time

// due reports whether an error is to be logged: at once when it is new, then
// once a minute while it lasts. Numbers make no difference: ports change with
// every attempt.
func (c complaints) due(err error, now time.Time) bool {
	maps.DeleteFunc(c, func(_ string, logged time.Time) bool { return now.Sub(logged) >= sayAgain })
	kind := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, err.Error())
	if _, logged := c[kind]; logged {
		return false
	}
	c[kind] = now
	return true
}
