package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
	"secadvisor/flows/roster"
)

type contentCommand struct {
	Check contentCheck `cmd:"" help:"Check content, the built-in alone or with a folder of yours over it; names file, line and mend."`
	Test  contentTest  `cmd:"" help:"Ask the questions of a file and print how well they are answered, one figure a line."`
	Why   contentWhy   `cmd:"" help:"Show what speaks for each topic in a text."`
	Build contentBuild `cmd:"" help:"Learn the built-in content and write the model. For those who change it."`
}

type contentCheck struct {
	Dir string `arg:"" optional:"" help:"A folder with topics, phrases, assessments or explain."`
}

func (c contentCheck) Run() error {
	lib, err := content.Load(content.Settings{Folder: c.Dir})
	if err != nil {
		return fmt.Errorf("this content cannot be used:\n%w", err)
	}
	for _, w := range lib.Old(time.Now()) {
		fmt.Println("warning: " + w)
	}
	fmt.Printf("%d topics, %d pages, assessments: %d. All good.\n", len(lib.Topics), len(lib.Pages), len(lib.Packs))
	return nil
}

type contentTest struct {
	File    string `arg:"" help:"Tab-separated, with a head: topic and question, or emergency (yes or no) and question."`
	Catalog string `help:"Use this catalog alone: a folder with topics/ID.yaml and phrases/ID.txt." placeholder:"DIR"`
	Content string `help:"Content of your own, over the built-in one." placeholder:"DIR"`
	Folds   int    `help:"Cross-validate: ask each part of FILE after learning from the other parts too." placeholder:"N"`
}

func (c contentTest) Run() error {
	questions, err := readQuestions(c.File)
	if err != nil {
		return err
	}
	var lib *content.Library
	var m *match.Matcher
	if c.Catalog != "" {
		lib, m, err = catalog(c.Catalog)
	} else {
		lib, m, err = knowledge.Load(content.Settings{Folder: c.Content})
	}
	if err != nil {
		return err
	}
	questions, strange := c.known(lib, questions)
	for _, line := range strange {
		fmt.Println(line)
	}
	if len(questions) == 0 {
		return fmt.Errorf("%s: none of its topics is known, so there is nothing to ask", c.File)
	}
	figures := match.Figures{}
	if c.Folds > 1 {
		figures, err = match.CrossMeasure(lib, questions, c.Folds)
	} else {
		figures = m.Measure(questions)
	}
	if err != nil {
		return err
	}
	const most = 25
	for i, confused := range figures.Confusions() {
		if i == 0 {
			fmt.Println("meant -> first shown (how often)")
		}
		if i == most {
			fmt.Printf("... and %d more\n", len(figures.Confused)-most)
			break
		}
		fmt.Printf("%s -> %s (%d)\n", confused.Meant, confused.Got, figures.Confused[confused])
	}
	fmt.Printf("%d questions\n", len(questions))
	for _, line := range figures.Lines() {
		fmt.Println(line)
	}
	return nil
}

// known leaves out the questions whose topic there is not, and says of each how
// to mend it.
func (c contentTest) known(lib *content.Library, questions []match.Question) (known []match.Question, strange []string) {
	ids := []string{content.None, content.Sensitive}
	for _, topic := range lib.Topics {
		ids = append(ids, topic.ID)
	}
	for i, q := range questions {
		if q.Topic == "" || slices.Contains(ids, q.Topic) {
			known = append(known, q)
			continue
		}
		mend := "write none for what is not ours, or an id that \"secadvisor company topics\" lists."
		if near := roster.Nearest(q.Topic, ids); near != "" {
			mend = "did you mean " + near + "?"
		} else if c.Catalog != "" {
			mend = "write none for what is not ours, or an id of " + filepath.Join(c.Catalog, "topics") + "."
		}
		strange = append(strange, fmt.Sprintf("%s:%d: there is no topic %q: %s This question is not counted.", c.File, i+2, q.Topic, mend))
	}
	return known, strange
}

type contentWhy struct {
	Text    []string `arg:"" help:"What somebody may ask."`
	Catalog string   `help:"Use this catalog alone." placeholder:"DIR"`
	Content string   `help:"Content of your own, over the built-in one." placeholder:"DIR"`
}

func (c contentWhy) Run() error {
	var m *match.Matcher
	var err error
	if c.Catalog != "" {
		_, m, err = catalog(c.Catalog)
	} else {
		_, m, err = knowledge.Load(content.Settings{Folder: c.Content})
	}
	if err != nil {
		return err
	}
	text := strings.Join(c.Text, " ")
	got := m.Find(text)
	outcome := map[match.Outcome]string{match.NotOurs: "not ours", match.Choose: "choose", match.Answer: "answer", match.Sensitive: "sensitive", match.Foreign: "not English"}[got.Outcome]
	if got.Emergency {
		outcome += ", an emergency first"
	}
	if got.Case != "" {
		outcome += ", case " + got.Case
	}
	fmt.Println(outcome)
	for _, r := range m.Why(text, 5, 8) {
		fmt.Printf("%5.1f%%  %s\n", r.Chance*100, r.Topic)
		for _, p := range r.Parts {
			fmt.Printf("        %+.2f  %s\n", p.Score, p.Says)
		}
	}
	return nil
}

type contentBuild struct {
	Out string `help:"Where the model goes." default:"flows/match/model.bin"`
}

func (c contentBuild) Run() error {
	lib, err := content.Load(content.Settings{})
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, match.Build(lib), 0o644)
}

// catalog makes a matcher for a catalog alone.
func catalog(dir string) (*content.Library, *match.Matcher, error) {
	lib, err := content.Catalog(content.Settings{Folder: dir, Cache: knowledge.CacheDir()})
	if err != nil {
		return nil, nil, err
	}
	m, err := match.New(lib)
	return lib, m, err
}

// readQuestions reads a file of questions: two columns, whose names stand in
// the first line.
func readQuestions(path string) ([]match.Question, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	var all []match.Question
	kind := ""
	for i, row := range strings.Split(strings.TrimRight(string(raw), "\r\n"), "\n") {
		label, says, ok := strings.Cut(strings.TrimRight(row, "\r"), "\t")
		if !ok || strings.Contains(says, "\t") {
			return nil, fmt.Errorf("%s:%d: write two columns with one tab between them", path, i+1)
		}
		switch {
		case i == 0 && says == "question" && (label == "topic" || label == "emergency"):
			kind = label
		case i == 0:
			return nil, fmt.Errorf("%s:1: the first line names the columns: topic and question, or emergency and question", path)
		case kind == "topic" && strings.TrimSpace(label) == "":
			return nil, fmt.Errorf("%s:%d: write the topic before the tab, or none", path, i+1)
		case kind == "topic":
			all = append(all, match.Question{Topic: label, Says: says})
		case label != "yes" && label != "no":
			return nil, fmt.Errorf("%s:%d: say yes or no, not %q", path, i+1, label)
		default:
			all = append(all, match.Question{Emergency: label == "yes", Says: says})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: there is no question in it", path)
	}
	return all, nil
}
