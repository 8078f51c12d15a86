package content

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// Two files of phrases are for what is no topic.
const (
	None      = "none"      // neither IT nor security: payroll, the coffee machine, small talk
	Sensitive = "sensitive" // complaints, health, harassment, monitoring, wrongdoing
)

// Phrases lists how people say a topic (or None, or Sensitive): what its file
// phrases/ID.txt holds, one a line, and what stands in the topic itself. An
// installation's phrases come after the built-in ones.
func (lib *Library) Phrases(id string) []string {
	var all []string
	if t, ok := lib.Topic(id); ok {
		all = append(all, t.Phrases...)
	}
	for _, layer := range lib.phrases {
		raw, err := fs.ReadFile(layer, "phrases/"+id+".txt")
		if err != nil {
			continue // a topic needs no file of its own
		}
		for line := range strings.Lines(string(raw)) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	}
	return all
}

// mostPhrase is how many bytes a phrase may have: the matcher reads no more.
const mostPhrase = 4096

// checkPhrases holds the phrases of an installation against the topics.
func (lib *Library) checkPhrases(from fs.FS) error {
	names, err := fs.Glob(from, "phrases/*.txt")
	if err != nil {
		return err
	}
	for _, name := range names {
		id := strings.TrimSuffix(strings.TrimPrefix(name, "phrases/"), ".txt")
		if _, ok := lib.topics[id]; !ok && id != None && id != Sensitive {
			return fmt.Errorf("%s:1: there is no topic %q: name the file after one, or add topics/%s.yaml", where(from, name), id, id)
		}
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		line := 0
		for says := range strings.Lines(string(raw)) {
			line++
			if !utf8.ValidString(says) {
				return fmt.Errorf("%s:%d: save this file as UTF-8", where(from, name), line)
			}
			if len(says) > mostPhrase {
				return fmt.Errorf("%s:%d: shorten this phrase to %d characters", where(from, name), line, mostPhrase)
			}
		}
	}
	return nil
}
