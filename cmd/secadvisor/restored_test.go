package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

// A backup is put back after a reminder has come and was dealt with: it does
// not come again, and its next date stands.
func TestARestoredBackupRemindsOfNothingOld(t *testing.T) {
	if again := restoredStory(t, true); again != 0 {
		t.Errorf("%d old reminders came", again)
	}
}

// Without the command the bot cannot tell a backup from a pause: the reminder
// comes, late. That it does shows that the test above can fail.
func TestAPausedBotRemindsLate(t *testing.T) {
	if again := restoredStory(t, false); again != 1 {
		t.Errorf("%d reminders came, want the one that was missed", again)
	}
}

func TestRestoredMakesNoStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secadvisor.db")
	err := restoredCommand{Config: commandtest.Written(t, "storage: file:"+path+"\n")}.Run(t.Context(), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "there is no store "+path) {
		t.Errorf("no store to mend: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("an empty store was made")
	}
}

func restoredStory(t *testing.T, command bool) (again int) {
	path := filepath.Join(t.TempDir(), "restored.db")
	s := newStage(t, "http", "file:"+path)
	s.start()
	s.answered(s.slack.Command(fakeslack.Owner, "", "/sec", "claim "+s.code), "You are an owner now")
	d := s.slack.Command(fakeslack.Owner, "", "/sec", "remind quarterly")
	offered, _ := d.Answer()
	s.acked(s.slack.Press(fakeslack.Owner, offered, "Set it"))
	set := s.find("what was set", "Set: Quick check", func() []fakeslack.Message {
		return append(s.slack.DM(fakeslack.Owner), s.slack.Ephemerals(fakeslack.Owner)...)
	})
	due := s.due(set.Shown())
	s.stop()
	backup, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	reminded := func() (n int) {
		for _, m := range s.slack.DM(fakeslack.Owner) {
			if !strings.HasPrefix(m.Text, "Set") {
				n++
			}
		}
		return n
	}
	s.clock.Move(due.Add(10 * time.Minute))
	s.start()
	s.until("the reminder comes", func() bool { return reminded() == 1 })
	s.stop()

	if err := os.WriteFile(path, backup, 0o600); err != nil {
		t.Fatal(err)
	}
	if command {
		store, err := stores.Open(t.Context(), s.config, s.clock.Offset, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		if err := restored(t.Context(), store, s.clock.Now(), &said); err != nil || !strings.Contains(said.String(), "1 reminder moved on") {
			t.Errorf("%q, %v", said.String(), err)
		}
		said.Reset()
		if err := restored(t.Context(), store, s.clock.Now(), &said); err != nil || !strings.Contains(said.String(), "0 reminders") {
			t.Errorf("a second time: %q, %v", said.String(), err)
		}
		store.Close()
	}
	s.start()
	defer s.stop()
	if !command {
		s.until("the reminder comes once more", func() bool { return reminded() > 1 })
		return reminded() - 1
	}
	d = s.slack.Command(fakeslack.Owner, "", "/sec", "remind")
	if status, _ := d.Answer(); !strings.Contains(status.Shown(), "Next") && !strings.Contains(status.Shown(), "next") {
		t.Errorf("no next date stands: %s", status.Shown())
	}
	time.Sleep(time.Second) // for what must not come; the engine looks four times in it
	again = reminded() - 1
	s.clock.Move(due.AddDate(0, 0, 100))
	s.until("the next one comes", func() bool { return reminded() == again+2 })
	return again
}

// A company that cannot be read keeps no other from its next dates, and a missing
// master key, or a store that is not there, is said before anything is done.
func TestRestoredPassesByWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	k := commandtest.Sealed(t)
	file, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.Apply(t.Context(), "aaa", storage.Change{Put: []storage.Write{
		{Key: "sealed/keys", Body: []byte("damaged")}, {Key: company.Schedules.Key("1"), Body: []byte("damaged")},
	}})
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	out := commandtest.Did(t, restoredCommand{k.Config}.Run)
	if !strings.Contains(out, "aaa: not all could be read") || !strings.Contains(out, "Companies: 2.") {
		t.Errorf("it says\n%s", out)
	}
	commandtest.Refused(t, restoredCommand{k.Keyed("", commandtest.AnotherKey).Config}.Run, "is sealed under the key ")
	gone := filepath.Join(t.TempDir(), "gone.db")
	commandtest.Refused(t, restoredCommand{commandtest.Written(t, "storage: file:"+gone+"\n")}.Run, "there is no store")
}

// Nor does a backup that is put back say again that the day of a task has come.
func TestRestoredKnowsThatTheDayOfATaskWasSaid(t *testing.T) {
	t.Parallel()
	store, err := embedded.Open(filepath.Join(t.TempDir(), "tasks.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	now := time.Now()
	part := company.Part{User: "U1", Name: "Robin", Given: now.AddDate(0, 0, -30), Due: now.AddDate(0, 0, -7).UTC().Truncate(24 * time.Hour)}
	body, err := company.FixesOf.Encode(company.Fixes{Tasks: map[string]company.Fix{"restore": {Parts: map[string]company.Part{"it": part}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Apply(t.Context(), "slack.T1", storage.Change{Put: []storage.Write{{Key: company.FixesOf.Key(company.FixesID), Body: body}}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"said already: 1. Companies: 1.", "said already: 0. Companies: 1."} {
		var said bytes.Buffer
		if err := restored(t.Context(), store, now, &said); err != nil || !strings.Contains(said.String(), want) {
			t.Errorf("%q, %v; want %q", said.String(), err, want)
		}
	}
}
