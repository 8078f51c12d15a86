package schedule

import (
	"fmt"
	"strconv"
	"strings"
)

// takeTime takes a time of day out of words, wherever it stands. The time is
// empty if there is none.
func takeTime(words []string) (rest []string, at string, err error) {
	part := ""
	for i := 0; i < len(words); {
		if n, found := partIn(words[i:]); n > 0 {
			if strings.HasSuffix(words[i+n-1], "s") {
				rest = several(rest)
			}
			part, i = found, i+n
			continue
		}
		n, found, err := timeIn(words[i:])
		switch {
		case err != nil:
			return nil, "", err
		case n == 0:
			rest, i = append(rest, words[i]), i+1
			continue
		case at != "" && at != found:
			return nil, "", errTimes
		}
		at, i = found, i+n
	}
	switch {
	case at == "":
		at = part
	case part > "12:00" && at < "12:00" && at >= "01:00": // "afternoons at 3"
		at = afternoon(at)
	}
	return rest, at, nil
}

// several makes a weekday at the end of words a plural: "Friday mornings" are
// all of them.
func several(words []string) []string {
	if n := len(words); n > 0 {
		if _, plural, ok := weekdayOf(words[n-1]); ok && !plural {
			words[n-1] += "s"
		}
	}
	return words
}

// partsOfDay are when a part of the day is meant to be.
var partsOfDay = map[string]string{"morning": "09:00", "afternoon": "14:00", "evening": "18:00"}

// partIn reads "in the morning", "mornings" or "morning".
func partIn(words []string) (n int, at string) {
	if len(words) > 2 && words[0] == "in" && words[1] == "the" {
		n = 2
	}
	at, ok := partsOfDay[strings.TrimSuffix(words[n], "s")]
	if !ok {
		return 0, ""
	}
	return n + 1, at
}

// afternoon is a time before noon, twelve hours later.
func afternoon(at string) string {
	hour, _ := strconv.Atoi(at[:2]) // digits only, as clock writes them
	return fmt.Sprintf("%02d%s", hour+12, at[2:])
}
