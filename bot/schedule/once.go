package schedule

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// readOnce reads a text that is one day and nothing else, with its weekday
// before it or not.
func readOnce(words []string, today time.Time) (bool, time.Time, error) {
	if len(words) > 1 && words[0] == "once" && words[1] == "on" {
		words = words[1:]
	}
	if day, ok := dayIn(words, today); ok {
		return true, day, nil
	}
	if len(words) > 1 && words[0] == "on" {
		words = words[1:]
	}
	named, _, ok := weekdayOf(words[0])
	if !ok {
		return false, time.Time{}, nil
	}
	day, ok := dayIn(words[1:], today)
	if !ok || len(words) < 3 && !strings.ContainsAny(words[1], "0123456789") {
		return false, time.Time{}, nil
	}
	if day.Weekday() != named {
		return false, day, errors.New(day.Format("2 January 2006") + " is a " + day.Weekday().String() + ". You can write on " + day.Format("2 January 2006"))
	}
	return true, day, nil
}

// dayIn reads words that are a day and nothing else.
func dayIn(words []string, today time.Time) (time.Time, bool) {
	text := plainDay(strings.Join(words, " "))
	for _, read := range []func(string, time.Time) (time.Time, bool){namedDay, aheadDay, writtenDay} {
		if day, ok := read(text, today); ok {
			return day, true
		}
	}
	return time.Time{}, false
}

// takeStart takes away "from 1 March" and the like.
func takeStart(words []string, today time.Time) (rest []string, found bool, day time.Time) {
	for i, word := range words {
		if !slices.Contains([]string{"from", "starting", "starts", "start", "beginning", "begin", "begins"}, word) {
			continue
		}
		after := i + 1
		for after < len(words) && slices.Contains([]string{"on", "in", "from"}, words[after]) {
			after++
		}
		for n := len(words); n > after; n-- {
			said := words[after:n]
			if day, ok := dayIn(said, today); ok {
				rest = append(slices.Clone(words[:i]), words[n:]...)
				return rest, said[0] != "now", day
			}
			if day, ok := dayIn(append([]string{"1"}, said...), today); ok && monthOf(said[0]) != 0 {
				rest = append(slices.Clone(words[:i]), words[n:]...)
				return rest, true, day
			}
		}
	}
	return words, false, time.Time{}
}
