package archive_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/archive"
)

// U1 is Robin, who leaves; U2 is Olga, an owner; U3 is Sam.
func staffed() []archive.Doc {
	doc := func(key, body string) archive.Doc { return archive.Doc{Key: key, Body: []byte(body)} }
	return []archive.Doc{
		doc("audit/1", `{"at":"2026-03-02T09:00:00Z","by":"U1","name":"Robin","verb":"started","object":"assessment quick-check"}`),
		doc("company/answers", `{"v":1,"d":{"answers":{"q1":{"value":"yes","by":"U1","name":"Robin","note":"Robin looked","at":"2026-03-02T09:00:00Z","revision":1},"q2":{"value":"no","by":"U2","name":"Olga","at":"2026-03-02T09:00:00Z","revision":1}}}}`),
		doc("company/attention", `{"v":1,"d":{"people":{"U1":{"zone":"UTC"},"U2":{"zone":"UTC"}}}}`),
		doc("company/contacts", `{"v":1,"d":{"incident":{"name":"Robin","phone":"555","user":"U1"},"leader":{"name":"Olga","user":"U2"},"changed":{"incident":{"at":"2026-03-02T09:00:00Z","by":"Robin","id":"abcdefghij23","owner":"U1","was":{"name":"Robin","user":"U1"},"lost":[{"user":"U1","lost":"they left"},{"user":"U2","lost":"they left"}]}}}}`),
		doc("company/fixes", `{"v":1,"d":{"tasks":{"q1":{"state":"done","by":"U2","parts":{"it":{"user":"U1","name":"Robin","by":"U2","asker":"Olga"},"both":{"user":"U3","name":"Sam","by":"U1","asker":"Robin"}},"done":{"by":"U1","name":"Robin","note":"seen","at":"2026-03-02T09:00:00Z"}}}}}`),
		doc("company/map", `{"v":1,"d":{"parties":{"p1":{"name":"Robin","user":"U1","phone":"555"},"p2":{"name":"Sam","user":"U3"}},"duties":{"a":{"does":"p1","state":"confirmed"},"b":{"does":"p2","deputy":"p1","by":"U1"},"c":{"does":"p1","deputy":"p2","state":"confirmed"}},"introduced":"2026-03-02T09:00:00Z","by":"Robin","changed":"2026-03-02T09:00:00Z"}}`),
		doc("company/roles", `{"v":1,"d":{"people":{"U1":{"role":"owner","name":"Robin","since":"2026-03-02T09:00:00Z"},"U2":{"role":"owner","name":"Olga","since":"2026-03-02T09:00:00Z"}}}}`),
		doc("company/runs", `{"v":1,"d":{"open":{"U1/quick-check":"open","U2/quick-check":"hers"},"finished":{"quick-check":["done"]}}}`),
		doc("dead/1", `{"flow":"remind","kind":"post","to":"@U1","reason":"gone","at":"2026-03-02T09:00:00Z"}`),
		doc("handoff/theirs", `{"v":1,"d":{"topic":"wifi","from":"U1","name":"Robin","text":"help","to":{"name":"Sam","user":"U3"},"state":"open"}}`),
		doc("handoff/others", `{"v":1,"d":{"topic":"wifi","from":"U3","name":"Sam","text":"help","to":{"name":"Robin","user":"U1","phone":"555"},"rest":[{"name":"Olga","user":"U2"},{"name":"Robin","user":"U1"}],"state":"open"}}`),
		doc("passed/1", `{"v":1,"d":{"says":"who?","user":"U1","name":"Robin","at":"2026-03-02T09:00:00Z","to":["U1","U2"]}}`),
		doc("reach/@U1", `{"reach":"x"}`),
		doc("run/done", `{"v":1,"d":{"pack":"quick-check","owner":"U1","name":"Robin","readers":["U1","U2"],"at":{"user":"U1"},"started":"2026-03-02T09:00:00Z","changed":"2026-03-02T09:00:00Z","finished":"2026-03-02T09:00:00Z","step":3,"sent":{"q":{"id":"x","user":"U1","name":"Robin","at":"2026-03-02T09:00:00Z","due":"2026-03-02T09:00:00Z"}}}}`),
		doc("run/open", `{"v":1,"d":{"pack":"quick-check","owner":"U1","at":{},"started":"2026-03-02T09:00:00Z","changed":"2026-03-02T09:00:00Z","step":1}}`),
		doc("schedule/map", `{"v":2,"d":{"about":"map","rule":{"zone":"UTC"},"owner":"U1","by":"Robin","to":{"user":"U3"},"name":"Sam","due":"2026-03-02T09:00:00Z","cycle":0,"waits":{"asked":[{"to":{"user":"U1"},"name":"Robin","at":"2026-03-02T09:00:00Z","last":"2026-03-02T09:00:00Z","again":0,"post":0}]},"past":[{"due":"2026-03-02T09:00:00Z","how":"done","at":"2026-03-02T09:00:00Z","by":"U1","name":"Robin"}],"out":["U1"]}}`),
		doc("schedule/quick-check.U1", `{"v":1,"d":{"pack":"quick-check","owner":"U1"}}`),
		doc("schedule/restore", `{"v":2,"d":{"about":"restore-test","rule":{"zone":"UTC"},"owner":"U2","by":"Olga","to":{"user":"U1"},"name":"Robin","due":"2026-03-02T09:00:00Z","cycle":0}}`),
		doc("sent/@U1/card", `{"receipt":"1"}`),
		doc("sides/1", `{"v":1,"d":{"pack":"quick-check","round":"1","owner":{"user":"U2","step":0},"it":{"user":"U1","step":0},"asked":"2026-03-02T09:00:00Z"}}`),
	}
}

func TestAPersonIsTakenOutOfEveryDocument(t *testing.T) {
	var timers []archive.Timer
	for _, name := range []string{"remind/quick-check.U1/due", "remind/map/due", "who/reached/U1", "who/reached/U10", "handoff/theirs/silence", "handoff/others/silence", "sides/1/silence"} {
		timers = append(timers, archive.Timer{Name: name})
	}
	out, err := archive.Forget(staffed(), timers, "U1")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range out.Changed {
		got[d.Key] = string(d.Body)
	}
	want := map[string]string{
		"audit/1":                 `{"at":"2026-03-02T09:00:00Z","by":"erased","name":"somebody","object":"assessment quick-check","verb":"started"}`,
		"company/answers":         `{"v":1,"d":{"answers":{"q1":{"at":"2026-03-02T09:00:00Z","by":"erased","name":"somebody","note":"Robin looked","revision":1,"value":"yes"},"q2":{"at":"2026-03-02T09:00:00Z","by":"U2","name":"Olga","revision":1,"value":"no"}}}}`,
		"company/attention":       `{"v":1,"d":{"people":{"U2":{"zone":"UTC"}}}}`,
		"company/contacts":        `{"v":1,"d":{"changed":{"incident":{"at":"2026-03-02T09:00:00Z","by":"somebody","id":"abcdefghij23","lost":[{"lost":"they left","user":"U2"}],"owner":"erased"}},"leader":{"name":"Olga","user":"U2"}}}`,
		"company/fixes":           `{"v":1,"d":{"tasks":{"q1":{"by":"U2","done":{"at":"2026-03-02T09:00:00Z","by":"erased","name":"somebody","note":"seen"},"parts":{"both":{"asker":"somebody","by":"erased","name":"Sam","user":"U3"}},"state":"done"}}}}`,
		"company/map":             `{"v":1,"d":{"by":"somebody","changed":"2026-03-02T09:00:00Z","duties":{"b":{"by":"erased","does":"p2"},"c":{"deputy":"p2"}},"introduced":"2026-03-02T09:00:00Z","parties":{"p2":{"name":"Sam","user":"U3"}}}}`,
		"company/roles":           `{"v":1,"d":{"people":{"U2":{"name":"Olga","role":"owner","since":"2026-03-02T09:00:00Z"}}}}`,
		"company/runs":            `{"v":1,"d":{"finished":{"quick-check":["done"]},"open":{"U2/quick-check":"hers"}}}`,
		"dead/1":                  `{"at":"2026-03-02T09:00:00Z","flow":"remind","kind":"post","reason":"gone","to":"@erased"}`,
		"handoff/theirs":          ``,
		"handoff/others":          `{"v":1,"d":{"from":"U3","name":"Sam","rest":[{"name":"Olga","user":"U2"}],"state":"open","text":"help","to":{"name":"somebody"},"topic":"wifi"}}`,
		"passed/1":                `{"v":1,"d":{"at":"2026-03-02T09:00:00Z","name":"somebody","says":"who?","to":["U2"]}}`,
		"reach/@U1":               ``,
		"run/done":                `{"v":1,"d":{"changed":"2026-03-02T09:00:00Z","finished":"2026-03-02T09:00:00Z","name":"somebody","owner":"erased","pack":"quick-check","readers":["U2"],"sent":{},"started":"2026-03-02T09:00:00Z","step":3}}`,
		"run/open":                ``,
		"schedule/quick-check.U1": ``,
		"sent/@U1/card":           ``,
		"sides/1":                 ``,
	}
	for _, changed := range []string{"schedule/map", "schedule/restore"} {
		var s struct {
			D struct {
				Owner, By, Name string
				To              struct{ User string }
				Out             []string
				Waits           struct{ Asked []any }
			}
		}
		if err := json.Unmarshal([]byte(got[changed]), &s); err != nil {
			t.Fatalf("%s: %v", changed, err)
		}
		if s.D.Owner != "U2" || s.D.To.User == "U1" || s.D.To.User == "" || s.D.Name == "Robin" || len(s.D.Out)+len(s.D.Waits.Asked) != 0 || strings.Contains(got[changed], "Robin") {
			t.Errorf("%s: %s", changed, got[changed])
		}
		delete(got, changed)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]string{"remind/quick-check.U1/due", "who/reached/U1", "handoff/theirs/silence", "sides/1/silence"}, out.Timers); diff != "" {
		t.Error(diff)
	}
	if out.Runs != 1 || !slices.Equal(out.Named, []string{"company/answers"}) {
		t.Errorf("%d runs are nobody's, %v still name them", out.Runs, out.Named)
	}
}

func TestForgettingTwiceChangesNothingMore(t *testing.T) {
	out, err := archive.Forget(staffed(), nil, "U1")
	if err != nil {
		t.Fatal(err)
	}
	var left []archive.Doc
	for _, d := range staffed() {
		if i := slices.IndexFunc(out.Changed, func(c archive.Doc) bool { return c.Key == d.Key }); i >= 0 {
			d = out.Changed[i]
		}
		if d.Body != nil {
			left = append(left, d)
		}
	}
	again, err := archive.Forget(left, nil, "U1")
	if err != nil || len(again.Changed) != 0 {
		t.Errorf("%+v, %v", again.Changed, err)
	}
	for _, d := range left {
		if strings.Contains(string(d.Body), `"U1`) {
			t.Errorf("%s: %s", d.Key, d.Body)
		}
	}
}

func TestWithoutAnotherOwnerTheirRemindersEnd(t *testing.T) {
	docs := []archive.Doc{{Key: "schedule/map", Body: []byte(`{"v":2,"d":{"about":"map","owner":"U1","to":{"channel":"C1"}}}`)}}
	out, err := archive.Forget(docs, []archive.Timer{{Name: "remind/map/due"}}, "U1")
	if err != nil || len(out.Changed) != 1 || out.Changed[0].Body != nil || len(out.Timers) != 1 {
		t.Errorf("%+v, %v", out, err)
	}
}
