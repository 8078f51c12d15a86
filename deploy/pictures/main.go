// Command pictures draws the README's picture of the terminal: it holds a
// conversation with "secadvisor play" and writes what a person sees as SVG.
//
//	go run ./deploy/pictures > deploy/pictures/terminal.svg
package main

import (
	"fmt"
	"html"
	"log"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

var story = []string{
	"who handles the printer?",
	":as staff",
	"i typed my password into that sharepoint thing",
	":as owner",
	"/sec assess",
	"11 to 49",
	"An IT provider",
	"IT alone",
}

const (
	charWide = 8.4
	lineHigh = 20
	columns  = 100
	margin   = 18
)

func main() {
	log.SetFlags(0)
	out, err := talk()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(draw(strings.Split(strings.TrimSpace(out), "\n")))
}

// talk holds the conversation with a fresh advisor.
func talk() (string, error) {
	play := exec.Command("go", "run", "./cmd/secadvisor", "play", "--width", fmt.Sprint(columns))
	play.Stdin = strings.NewReader(strings.Join(story, "\n") + "\n")
	play.Stderr = os.Stderr
	out, err := play.Output()
	return string(out), err
}

var (
	spoken = regexp.MustCompile(`^[\w ()#-]+?> `)
	number = regexp.MustCompile(`\[\d+\]`)
)

// draw is an SVG of the lines, with its text as text.
func draw(lines []string) string {
	var b strings.Builder
	wide, high := columns*charWide+2*margin, len(lines)*lineHigh+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" role="img">`+"\n", wide, high, wide, high)
	b.WriteString("<title>A conversation with secadvisor in a terminal</title>\n")
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#1d2430"/>`+"\n")
	b.WriteString(`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6e9ef" style="white-space: pre">` + "\n")
	title := false
	for i, line := range lines {
		fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text>`+"\n", margin, margin+lineHigh*i+14, paint(line, title))
		title = spoken.MatchString(line)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// paint makes what somebody typed green, the first line of an answer bold,
// and the numbers of buttons bold.
func paint(line string, title bool) string {
	text := html.EscapeString(line)
	switch {
	case spoken.MatchString(line):
		return `<tspan fill="#8fd694">` + text + `</tspan>`
	case strings.HasPrefix(line, "Act now"):
		return `<tspan font-weight="bold" fill="#ff9d8a">` + text + `</tspan>`
	case title:
		return `<tspan font-weight="bold">` + text + `</tspan>`
	}
	return number.ReplaceAllString(text, `<tspan font-weight="bold" fill="#9ecbff">$0</tspan>`)
}
