package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/bottest/faketeams"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
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
	s.config.TLS = certificateFor(t, "bot.example.com", time.Now().Add(30*24*time.Hour))
	s.start()
	defer s.stop()
	if response, err := http.Get("http://" + s.address + "/healthz"); err == nil && response.StatusCode == http.StatusOK {
		t.Error("it answers without TLS")
	}
	x := examination{config: s.config, now: time.Now}
	x.config.Listen = s.address
	p := &patient{T: t}
	p.finds(x.conclude(x.listens(t.Context())), "listen", good, "is ready")
	path := commandtest.Written(t, "storage: "+s.config.Storage+"\nlisten: "+s.address+"\ntls: {cert: "+s.config.TLS.Cert+", key: "+s.config.TLS.Key+"}\n")
	if err := (healthCommand{Config: path}).Run(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestDoctorLooksAtTheCertificate(t *testing.T) {
	p := &patient{T: t}
	x := examination{config: config.Defaults(), now: time.Now}
	look := func() diagnosis { return x.conclude(x.certificate(t.Context())) }
	if found := x.certificate(t.Context()); found != nil {
		t.Errorf("without one: %v", found)
	}
	x.config.TLS = certificateFor(t, "bot.example.com", time.Now().Add(30*24*time.Hour))
	p.finds(look(), "certificate", good, "holds until")
	x.config.Teams.Address = "https://bot.example.com"
	p.finds(look(), "certificate", good, "holds until")
	x.config.Teams.Address = "https://other.example.com"
	p.finds(look(), "certificate", failure, "not for other.example.com")
	x.now = func() time.Time { return time.Now().Add(20 * 24 * time.Hour) }
	p.finds(look(), "certificate", warning, "ends on")
	x.now = func() time.Time { return time.Now().Add(40 * 24 * time.Hour) }
	p.finds(look(), "certificate", failure, "ended on")
	x.config.TLS.Key = x.config.TLS.Cert
	p.finds(look(), "certificate", failure, "cannot be used")
}

// certificateFor writes a certificate that signs itself.
func certificateFor(t *testing.T, name string, until time.Time) front.TLS {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	plan := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: until, DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, plan, plan, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	files := front.TLS{Cert: filepath.Join(t.TempDir(), "cert.pem"), Key: filepath.Join(t.TempDir(), "key.pem")}
	for path, block := range map[string]*pem.Block{files.Cert: {Type: "CERTIFICATE", Bytes: der}, files.Key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
