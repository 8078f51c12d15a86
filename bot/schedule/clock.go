package schedule

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	errTime  = errors.New("write the time like 9:00 or 16:30")
	errTimes = errors.New("one reminder has one time of day. You can write every working day at 9")
	errHalf  = errors.New("some mean the half hour before, some the one after. You can write Mondays at half past nine, or Mondays at 9:30")
)

// timeIn reads a time of day where words begin, and says how many of them it
// takes; 0 if there is none.
func timeIn(words []string) (n int, at string, err error) {
	asked := slices.Contains([]string{"at", "around", "about"}, words[0])
	if asked {
		n = 1
	}
	left := words[n:]
	if len(left) == 0 {
		return 0, "", nil
	}
	switch left[0] {
	case "noon", "midday", "lunchtime":
		return n + 1, "12:00", nil
	case "midnight":
		return n + 1, "00:00", nil
	}
	hour, minute, used := pastOrTo(left)
	sure := used > 0
	if !sure {
		if hour, minute, used, sure, err = hourIn(left, asked); err != nil || used == 0 {
			return 0, "", err
		}
	}
	n += used
	half, used := halfOfDay(words[n:], asked)
	if !sure && !asked && used == 0 {
		return 0, "", nil
	}
	at, err = clock(hour, minute, half)
	return n + used, at, err
}

// pastOrTo reads "half past nine" and "ten to 5".
func pastOrTo(words []string) (hour, minute, used int) {
	minute, ok := count(words[0])
	switch {
	case words[0] == "half":
		minute = 30
	case words[0] == "quarter":
		minute = 15
	case words[0] == "twenty":
		minute = 20
	case !ok || minute < 1 || minute > 59:
		return 0, 0, 0
	}
	used = 1
	if len(words) > used && strings.HasPrefix(words[used], "minute") {
		used++
	}
	if len(words) < used+2 {
		return 0, 0, 0
	}
	hour, ok = count(words[used+1])
	if !ok || hour < 1 || hour > 23 {
		return 0, 0, 0
	}
	switch words[used] {
	case "past", "after":
		return hour, minute, used + 2
	case "to", "before":
		if words[0] == "half" {
			return 0, 0, 0
		}
		if hour--; hour == 0 {
			hour = 12
		}
		return hour, 60 - minute, used + 2
	}
	return 0, 0, 0
}

var digits = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2}))?(am|pm|h)?$`)

// hourIn reads "9", "9.30", "16h30", "9am", "0930" and "nine thirty". It is
// sure if that can be nothing but a time.
func hourIn(words []string, asked bool) (hour, minute, used int, sure bool, err error) {
	if m := digits.FindStringSubmatch(words[0]); m != nil {
		hour, _ = strconv.Atoi(m[1]) // digits only, by the expression
		minute, _ = strconv.Atoi(m[2])
		if half12(m[3]) {
			hour, err = of24(hour, m[3])
		}
		return hour, minute, 1, m[2] != "" || half12(m[3]), err
	}
	if h, ok := count(words[0]); ok && h <= 12 && asked {
		used = 1
		if len(words) > 1 {
			if m, ok := map[string]int{"fifteen": 15, "thirty": 30}[words[1]]; ok {
				minute, used = m, 2
			}
		}
		return h, minute, used, true, nil
	}
	if n, err := strconv.Atoi(words[0]); err == nil && asked && len(words[0]) == 4 {
		return n / 100, n % 100, 1, true, nil
	}
	if asked && words[0] == "half" {
		return 0, 0, 0, false, errHalf
	}
	return 0, 0, 0, false, nil
}

// halfOfDay reads what stands behind an hour: "pm", or "in the evening".
func halfOfDay(words []string, asked bool) (half string, used int) {
	for used < len(words) && (words[used] == "oclock" || asked && slices.Contains([]string{"hours", "hrs", "h"}, words[used])) {
		used++
	}
	if used < len(words) && half12(words[used]) {
		return words[used], used + 1
	}
	phrase := strings.Join(words[used:min(len(words), used+3)], " ")
	switch {
	case phrase == "in the morning":
		return "am", used + 3
	case phrase == "in the afternoon", phrase == "in the evening":
		return "pm", used + 3
	case strings.HasPrefix(phrase, "at night"):
		return "pm", used + 2
	}
	return "", used
}

func half12(half string) bool { return half == "am" || half == "pm" }

// of24 turns an hour before or after noon into one of 24.
func of24(hour int, half string) (int, error) {
	switch {
	case !half12(half), hour == 0 && half == "am":
		return hour, nil
	case hour > 12 && half == "pm":
		return hour, nil
	case hour < 1 || hour > 12:
		return 0, errTime
	case half == "pm":
		return hour%12 + 12, nil
	}
	return hour % 12, nil
}

// clock writes a time of day.
func clock(hour, minute int, half string) (string, error) {
	hour, err := of24(hour, half)
	if err != nil || hour > 23 || minute > 59 {
		return "", errTime
	}
	return fmt.Sprintf("%02d:%02d", hour, minute), nil
}

// counts are the numbers that people write as words.
var counts = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// count reads a number, in digits or as a word.
func count(word string) (int, bool) {
	if i := slices.Index(counts, word); i > 0 {
		return i, true
	}
	if n, err := strconv.Atoi(word); err == nil && len(word) <= 4 && n >= 0 && word[0] != '+' && word[0] != '-' {
		return n, true
	}
	return 0, false
}
