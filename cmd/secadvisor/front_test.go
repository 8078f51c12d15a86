package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/bottest/faketeams"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/doctor"
	"secadvisor/cmd/secadvisor/front"
)

// Somebody floods Slack's and Teams' addresses with what nobody signed: they
// are slowed, and people are answered as ever.
func TestAFloodOfJunkSlowsNobodyElse(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "flood.db"))
	office := faketeams.Start(t)
	s.config.Teams = teamsAt(office.MetadataURL(), office.TokenURL())
	s.config.HTTP = front.Config{Proxies: []string{"127.0.0.0/8"}}
	s.start()
	defer s.stop()
	office.Connect("http://" + s.address)

	var flood sync.WaitGroup
	statuses := make(chan int, 10_000)
	stop := make(chan struct{})
	junk := func(path, kind string, head map[string]string) {
		for {
			select {
			case <-stop:
				return
			default:
			}
			r, err := http.NewRequest(http.MethodPost, "http://"+s.address+path, strings.NewReader("{}"))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("Content-Type", kind)
			r.Header.Set("X-Forwarded-For", "203.0.113.9")
			for name, value := range head {
				r.Header.Set(name, value)
			}
			if response, err := http.DefaultTransport.RoundTrip(r); err == nil {
				response.Body.Close()
				select {
				case statuses <- response.StatusCode:
				default:
				}
			}
		}
	}
	for range 20 {
		flood.Go(func() {
			junk("/slack/events", "application/json", map[string]string{"X-Slack-Signature": "v0=00", "X-Slack-Request-Timestamp": "1"})
		})
		flood.Go(func() {
			junk("/api/messages", "application/json", map[string]string{"Authorization": "Bearer junk"})
		})
	}
	s.until("junk is slowed", func() bool {
		for len(statuses) > 0 {
			if <-statuses == http.StatusTooManyRequests {
				return true
			}
		}
		return false
	})
	for range 10 {
		begun := time.Now()
		s.answered(s.slack.Command(fakeslack.Staff, fakeslack.General, "/sec", "who handles printers?"), "Printers")
		office.Say(faketeams.Staff, "who handles printers?")
		if took := time.Since(begun); took > 3*time.Second { // what refusals are held back for
			t.Errorf("two questions took %v", took)
		}
	}
	close(stop)
	flood.Wait()
}

// The server speaks TLS itself where it is given a certificate, and the
// commands on its machine find it.
func TestServingWithACertificate(t *testing.T) {
	s := newStage(t, "http", "file:"+filepath.Join(t.TempDir(), "tls.db"))
	s.config.TLS = commandtest.Certificate(t, "bot.example.com", time.Now().Add(30*24*time.Hour))
	s.start()
	defer s.stop()
	if response, err := http.Get("http://" + s.address + "/healthz"); err == nil && response.StatusCode == http.StatusOK {
		t.Error("it answers without TLS")
	}
	path := commandtest.Written(t, "storage: "+s.config.Storage+"\nlisten: "+s.address+"\ntls: {cert: "+s.config.TLS.Cert+", key: "+s.config.TLS.Key+"}\n")
	doctorFinds(t, path, "listen", doctor.Good, "is ready")
	if err := (doctor.Health{Config: path}).Run(t.Context()); err != nil {
		t.Error(err)
	}
}
