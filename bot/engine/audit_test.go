package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"secadvisor/bot"
)

// starter writes an audit line, also when its timer comes.
var starter = bot.Flow{Name: "starter", Words: []string{"start"}, Step: func(_ *bot.Docs, e bot.Event) []bot.Effect {
	return []bot.Effect{bot.Audit{Verb: "started", Object: string(e.Kind)}, bot.Set{Name: "later", At: e.Now.Add(time.Hour)}}
}}

func TestAuditLinesSayWhoWhenAndFromWhere(t *testing.T) {
	s := newScene(t, starter)
	start := s.clock.Now()
	for i, place := range []bot.Place{{Channel: "D1", Kind: bot.Direct}, {Channel: "C1", Kind: bot.Channel}, {Channel: "C9"}, {}} {
		s.clock.Move(start.Add(time.Duration(i) * time.Minute))
		e := s.typed("start")
		e.Place, e.From.Name = place, []string{"Sam", "", "", ""}[i]
		s.handle(e)
	}
	s.wait(2 * time.Hour)
	docs, _, err := s.store.List(t.Context(), tenant, bot.AuditDoc.Key(""), "", 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []bot.AuditLine
	for _, doc := range docs {
		line, err := bot.AuditDoc.Decode(doc.Body)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, line)
	}
	want := []bot.AuditLine{
		{At: start, By: "sam", Name: "Sam", Verb: "started", Object: "command", Where: "direct messages"},
		{At: start.Add(1 * time.Minute), By: "sam", Verb: "started", Object: "command", Where: "channel C1"},
		{At: start.Add(2 * time.Minute), By: "sam", Verb: "started", Object: "command", Where: "shared channel C9"},
		{At: start.Add(3 * time.Minute), By: "sam", Verb: "started", Object: "command"},
		{At: start.Add(2*time.Hour + 3*time.Minute), Verb: "started", Object: "timer"},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateApproxTime(time.Minute/2)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Nothing changes a line of the log, or takes it away: a flow that tries to is
// stopped, and with it all that it wanted besides.
func TestLinesOfTheAuditLogAreOnlyAdded(t *testing.T) {
	forger := bot.Flow{Name: "forger", Words: []string{"forge"}, Step: func(d *bot.Docs, e bot.Event) []bot.Effect {
		for _, id := range bot.AuditDoc.List(d, "", 10) {
			if e.Text == "away" {
				bot.AuditDoc.Delete(d, id)
			} else {
				bot.AuditDoc.Put(d, id, bot.AuditLine{By: "somebody else"})
			}
		}
		return []bot.Effect{bot.Audit{Verb: "forged"}}
	}}
	s := newScene(t, starter, forger)
	s.handle(s.typed("start"))
	before := s.keys("audit/")
	for _, text := range []string{"forge another", "forge away"} {
		if v := s.handle(s.typed(text)).View; v == nil || v.Title == "" {
			t.Error("it does not say that it did not work")
		}
	}
	docs, _, err := s.store.List(t.Context(), tenant, "audit/", "", 10)
	if err != nil || len(docs) != 1 || docs[0].Key != before[0] {
		t.Fatalf("%d lines, %v", len(docs), err)
	}
	if line, err := bot.AuditDoc.Decode(docs[0].Body); err != nil || line.By != "sam" || line.Verb != "started" {
		t.Errorf("the line says %+v, %v", line, err)
	}
}
