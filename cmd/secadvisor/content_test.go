package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// printed is what a command writes to standard output.
func printed(t *testing.T, run func() error) (string, error) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = write
	failed := run()
	os.Stdout = old
	write.Close()
	out, err := io.ReadAll(read)
	if err != nil {
		t.Fatal(err)
	}
	return string(out), failed
}

// folder holds files with these texts.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const bees = `id: bees
title: The bees on the roof
side: it
urgency: normal
scope: beehives
what: The hives on our roof.
why: Somebody looks after them.
it_is_enough: Always.
bring_in_security: When one is stolen.
steps: [Keep away.]
phrases: [who looks after the bees, a swarm on the roof, honey, the hives hum]
`

func TestContentOfOnesOwnIsCheckedByFileAndLine(t *testing.T) {
	good := folder(t, map[string]string{"topics/bees.yaml": bees, "phrases/printer-scanner.txt": "the beast is angry\n"})
	out, err := printed(t, contentCheck{Dir: good}.Run)
	if err != nil || !strings.Contains(out, "59 topics") {
		t.Errorf("good content: %q %v", out, err)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"side":     {"topics/bees.yaml", strings.Replace(bees, "side: it", "side: bees", 1), "topics/bees.yaml:3: side: choose it, both or security"},
		"unknown":  {"topics/bees.yaml", bees + "sting: yes\n", `topics/bees.yaml:12: unknown field "sting"`},
		"name":     {"topics/wasps.yaml", bees, `the file must be named topics/bees.yaml`},
		"no topic": {"phrases/wasps.txt", "a wasp\n", `phrases/wasps.txt:1: there is no topic "wasps"`},
		"bytes":    {"phrases/firewall.txt", "good\n\xff\n", "phrases/firewall.txt:2: save this file as UTF-8"},
	} {
		dir := folder(t, map[string]string{c.file: c.text})
		_, err := printed(t, contentCheck{Dir: dir}.Run)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
		if err != nil && c.file != "topics/wasps.yaml" && !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: the error does not name the folder: %v", name, err)
		}
	}
	if _, err := printed(t, contentCheck{Dir: "/no/such/folder"}.Run); err == nil {
		t.Error("a folder that is not there is good")
	}
}

func TestAddedContentIsUnderstood(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	dir := folder(t, map[string]string{"topics/bees.yaml": bees})
	out, err := printed(t, contentWhy{Text: []string{"a", "swarm", "of", "bees"}, Content: dir}.Run)
	if err != nil || !strings.HasPrefix(out, "answer\n") || !strings.Contains(strings.Split(out, "\n")[1], "bees") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestFiguresComeLastOneALine(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	catalog := folder(t, map[string]string{
		"topics/tea.yaml":  "id: tea\nside: it\nurgency: normal\nphrases: [who makes the tea, the kettle is cold]\n",
		"topics/fire.yaml": "id: fire\nside: security\nurgency: emergency\nphrases: [it burns, there is smoke]\n",
		"phrases/none.txt": "hello there\nnice weather\n",
		"questions.tsv":    "topic\tquestion\ntea\twho makes the tea\nfire\tsmoke, it burns\nnone\tnice weather \"today\"\n",
		"urgent.tsv":       "emergency\tquestion\nyes\tsmoke, it burns\nno\tkettle\n",
		"columns.tsv":      "topic\tquestion\ttoo many\n",
		"head.tsv":         "tea\twho makes the tea\n",
		"yes.tsv":          "emergency\tquestion\nmaybe\tsmoke\n",
		"nothing.tsv":      "topic\tquestion\n",
		"strange.tsv":      "topic\tquestion\ntea\twho makes the tea\ntee\tthe kettle is cold\npiano\twho tunes it\nsensitive\tmy boss shouts at me\n",
		"stranger.tsv":     "topic\tquestion\npiano\twho tunes it\n",
		"empty.tsv":        "topic\tquestion\n\twho tunes it\n",
	})
	at := func(name string) string { return filepath.Join(catalog, name) }
	out, err := printed(t, contentTest{File: at("questions.tsv"), Catalog: catalog}.Run)
	want := regexp.MustCompile(`(?s)3 questions\ndirect 1\.0000\noffered 1\.0000\nwrong 0\.0000\nside 1\.0000\nrejected 1\.0000\nemergency 1\.0000\nfalse_alarm 0\.0000\n$`)
	if err != nil || !want.MatchString(out) {
		t.Errorf("%v: %s", err, out)
	}
	out, err = printed(t, contentTest{File: at("urgent.tsv"), Catalog: catalog}.Run)
	if err != nil || !strings.HasSuffix(out, "2 questions\nemergency 1.0000\nfalse_alarm 0.0000\n") {
		t.Errorf("%v: %s", err, out)
	}
	out, err = printed(t, contentTest{File: at("strange.tsv"), Catalog: catalog}.Run)
	for _, want := range []string{
		at("strange.tsv") + `:3: there is no topic "tee": did you mean tea? This question is not counted.`,
		at("strange.tsv") + `:4: there is no topic "piano": write none for what is not ours, or an id of ` + at("topics") + ". This question is not counted.",
		"\n2 questions\n", "\ndirect 1.0000\n",
	} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("topics that there are not: no %q in %s %v", want, out, err)
		}
	}
	for name, want := range map[string]string{
		"stranger.tsv": "stranger.tsv: none of its topics is known", "empty.tsv": "empty.tsv:2: write the topic before the tab, or none",
		"columns.tsv": "columns.tsv:1: write two columns", "head.tsv": "head.tsv:1: the first line names the columns",
		"yes.tsv": `yes.tsv:2: say yes or no, not "maybe"`, "nothing.tsv": "there is no question in it", "missing.tsv": "read questions",
	} {
		if _, err := printed(t, contentTest{File: at(name), Catalog: catalog}.Run); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
}
