package front

import (
	"errors"
	"syscall"
)

// MendCertificate is what to do where the certificate cannot be used.
const MendCertificate = "Set tls.cert to the certificate with its whole chain and tls.key to its key, both in PEM and readable by the server."

// Mend is what to do where nothing can listen at the address that stands under a key
// of the configuration.
func Mend(key string, err error) string {
	switch {
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return "This machine has no such address: write 127.0.0.1 for this machine alone, or nothing before the colon for all its addresses, under " + key + "."
	case errors.Is(err, syscall.EACCES):
		return "Ports below 1024 need a right of their own: see Without a proxy in deploy/OPERATING.md, or choose a higher one under " + key + "."
	}
	return "Stop what uses the port, perhaps this server already runs; or choose another under " + key + "."
}
