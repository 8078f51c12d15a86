package engine

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/storage"
)

// A job that is read is written again as it was.
func FuzzJobs(f *testing.F) {
	event := bot.Event{ID: "e", Kind: bot.Click, Tenant: "slack.T", Action: bot.Do("who", "topic", "x"), Now: time.Unix(1, 0).UTC(), Values: map[string]string{"a": "b"}}
	for _, j := range []job{{Flow: "who", Event: &event}, {Post: &post{Flow: "who", To: bot.To("U"), View: bot.View{Title: "x", Blocks: []bot.Block{bot.Say("y")}}}}, {End: &end{"k", bot.To("U")}}, {}} {
		body, err := encodeJob(j)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		j, err := decodeJob(body)
		if err != nil {
			return
		}
		if j.Event != nil {
			eventLane(*j.Event)
			asker(*j.Event)
		}
		if j.Post != nil && len(j.Post.keys()) != addressDocs {
			t.Errorf("%d documents tell of an address", len(j.Post.keys()))
		}
		again, err := encodeJob(j)
		if err != nil {
			t.Fatalf("read, and not written: %v", err)
		}
		back, err := decodeJob(again)
		if err != nil {
			t.Fatal(err)
		}
		if third, _ := encodeJob(back); !cmp.Equal(again, third) {
			t.Errorf("%s becomes %s", again, third)
		}
	})
}

// What is known of an address is three documents.
func FuzzAddresses(f *testing.F) {
	f.Add([]byte(`{"receipt":"C:1"}`), []byte(`{"dead":3}`), []byte(`{"reach":"x"}`))
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		addressOf([]storage.Doc{{Key: "sent/x", Version: 1, Body: a}, {Key: "target/x", Version: 1, Body: b}, {Key: "reach/x", Version: 1, Body: c}})
	})
}
