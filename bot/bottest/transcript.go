// Package bottest holds what tests of flows and platforms share: transcripts
// of conversations, and a small world in which flows can be played without an
// engine. The fake platforms lie in its folders.
package bottest

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the recorded transcripts")

// Transcripts replays every file that matches the pattern. A transcript is
// what the terminal shows of a piped conversation: lines such as "owner> who
// handles printers?" are typed again, and all the rest must come out as it
// is recorded. Lines at the top that begin with # say what it is about.
func Transcripts(t *testing.T, pattern string, talk func(in io.Reader, out io.Writer) error) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts at %s (%v)", pattern, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			replay(t, file, talk)
		})
	}
}

func replay(t *testing.T, file string, talk func(in io.Reader, out io.Writer) error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	about, recorded := header(string(raw))
	var out bytes.Buffer
	out.WriteString(about)
	if err := talk(strings.NewReader(typed(recorded)), &out); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	if Updating() {
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(raw), out.String()); diff != "" {
		t.Errorf("%s: the conversation differs (- recorded, + now); -update rewrites it:\n%s", file, diff)
	}
}

// header splits off the lines at the top that say what a transcript is
// about.
func header(text string) (about, rest string) {
	for strings.HasPrefix(text, "#") {
		line, more, _ := strings.Cut(text, "\n")
		about += line + "\n"
		text = more
	}
	return about, text
}

var said = regexp.MustCompile(`(?m)^[\w ()#-]+?> (.*)$`)

// typed collects the lines that somebody typed.
func typed(recorded string) string {
	var lines strings.Builder
	for _, m := range said.FindAllStringSubmatch(recorded, -1) {
		lines.WriteString(m[1] + "\n")
	}
	return lines.String()
}

// Updating reports whether recordings are to be rewritten: go test -update.
func Updating() bool { return *update }
