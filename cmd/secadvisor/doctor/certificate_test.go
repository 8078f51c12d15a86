package doctor

import (
	"testing"
	"time"

	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
)

func TestDoctorLooksAtTheCertificate(t *testing.T) {
	x := examination{config: config.Defaults(), now: time.Now}
	look := func() Diagnosis { return x.conclude(x.certificate(t.Context())) }
	if found := x.certificate(t.Context()); found != nil {
		t.Errorf("without one: %v", found)
	}
	x.config.TLS = commandtest.Certificate(t, "bot.example.com", time.Now().Add(30*24*time.Hour))
	finds(t, look(), "certificate", Good, "holds until")
	x.config.Teams.Address = "https://bot.example.com"
	finds(t, look(), "certificate", Good, "holds until")
	x.config.Teams.Address = "https://other.example.com"
	finds(t, look(), "certificate", Failure, "not for other.example.com")
	x.now = func() time.Time { return time.Now().Add(20 * 24 * time.Hour) }
	finds(t, look(), "certificate", Warning, "ends on")
	x.now = func() time.Time { return time.Now().Add(40 * 24 * time.Hour) }
	finds(t, look(), "certificate", Failure, "ended on")
	x.config.TLS.Key = x.config.TLS.Cert
	finds(t, look(), "certificate", Failure, "cannot be used")
}
