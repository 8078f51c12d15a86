package metrics

import (
	"net"
	"testing"
)

func TestProfilesAreForThisMachineAlone(t *testing.T) {
	for address, want := range map[string]bool{"127.0.0.1": true, "::1": true, "0.0.0.0": false, "::": false, "10.0.0.7": false} {
		if got := ofThisMachine(&net.TCPAddr{IP: net.ParseIP(address)}); got != want {
			t.Errorf("profiles at %s: %v, want %v", address, got, want)
		}
	}
}
