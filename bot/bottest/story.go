package bottest

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Line is one line that somebody types in a transcript.
type Line struct {
	Typed string
	Label string // of the button that the line presses; empty: it is no button
}

// Story reads a transcript of the terminal as a story that other platforms
// can play: the header, and each line with the button that it means.
func Story(file string) (about string, lines []Line, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", nil, fmt.Errorf("bottest: story: %w", err)
	}
	about, recorded := header(string(raw))
	labels := map[int]string{}
	for line := range strings.SplitSeq(recorded, "\n") {
		if m := said.FindStringSubmatch(line); m != nil {
			lines = append(lines, Line{Typed: m[1], Label: pressedBy(m[1], labels)})
			continue
		}
		for _, m := range numbered.FindAllStringSubmatch(line, -1) {
			n, _ := strconv.Atoi(m[1]) // digits alone match
			if n == 1 {
				labels = map[int]string{}
			}
			labels[n] = m[2]
		}
	}
	return about, lines, nil
}

// numbered are the buttons of the terminal, two spaces apart.
var numbered = regexp.MustCompile(`\[(\d+)\] (.+?)(?:  |$)`)

// pressedBy is the label of the button that a line means, by its number or
// its label.
func pressedBy(typed string, labels map[int]string) string {
	if n, err := strconv.Atoi(strings.Trim(typed, "[]")); err == nil {
		return labels[n]
	}
	for _, label := range labels {
		if strings.EqualFold(label, typed) {
			return label
		}
	}
	return ""
}
