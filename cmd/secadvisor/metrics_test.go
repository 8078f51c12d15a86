package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/faketeams"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
)

func TestMetricsTellWhatHappensAndNothingThatAnybodyWrote(t *testing.T) {
	const settled = `secadvisor_posts_settled_total{how="delivered",platform="teams"}`
	fake := faketeams.Start(t)
	c := config.Defaults()
	c.Storage, c.Listen, c.Metrics = "file:"+filepath.Join(t.TempDir(), "x.db"), "127.0.0.1:0", commandtest.FreeAddress(t)
	c.Teams = teamsAt(fake.MetadataURL(), fake.TokenURL())
	ctx, cancel := context.WithCancel(t.Context())
	s, err := newServer(ctx, c, &engine.Clock{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.run(ctx) }()
	fake.Connect("http://" + s.listen.Addr().String())
	fake.Install(faketeams.Staff) // the welcome is queued; answers are not
	fake.Say(faketeams.Staff, "who handles printers at lakeside?")
	fake.Say(faketeams.Staff, "i typed my password into that sharepoint thing")
	fake.See(faketeams.Staff, "Act now")
	get := func(path string) string {
		t.Helper()
		r, err := http.Get("http://" + c.Metrics + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d, %v", path, r.StatusCode, err)
		}
		return string(body)
	}
	text := get("/metrics")
	for end := time.Now().Add(10 * time.Second); !strings.Contains(text, settled) && time.Now().Before(end); text = get("/metrics") {
		time.Sleep(10 * time.Millisecond) // what is read already may not be written as delivered yet
	}
	for _, want := range []string{
		`secadvisor_turn_seconds_count{flow="who",how="read-only",kind="message",platform="teams"}`,
		`secadvisor_matched_total{outcome="`, `secadvisor_storage_seconds_count{call="get",result="ok"}`,
		`secadvisor_posts_queued_total{platform="teams"}`, settled, `secadvisor_post_age_seconds_count{at="delivered",platform="teams"}`,
		"secadvisor_overdue_seconds 0", "secadvisor_due_items", "process_resident_memory_bytes",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not told", want)
		}
	}
	for _, secret := range []string{"lakeside", "sharepoint", faketeams.Org, "sam-oid", "29:sam"} {
		if strings.Contains(text, secret) {
			t.Errorf("the figures tell of %q", secret)
		}
	}
	get("/debug/pprof/")
	if r, err := http.Get("http://" + s.listen.Addr().String() + "/metrics"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Errorf("the address that platforms reach tells figures: %v, %v", r, err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
