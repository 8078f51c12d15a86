package redistest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// StartTLS starts a server that speaks TLS alone. Its URL names the file of the
// authority that signed its certificate. Debian's redis-server can do it; one
// that was built without TLS does not start.
func StartTLS(tb testing.TB) *Server {
	tb.Helper()
	return start(tb, program(tb), certify(tb), asTheBotNeedsIt...)
}

// certificates are files for a server, and what its clients believe.
type certificates struct {
	authority, certificate, key string
	client                      *tls.Config
}

// listening are the arguments of a server with TLS.
// https://redis.io/docs/latest/operate/oss_and_stack/management/security/encryption/
func (c *certificates) listening(port int) []string {
	return []string{"--port", "0", "--tls-port", strconv.Itoa(port), "--tls-cert-file", c.certificate, "--tls-key-file", c.key,
		"--tls-ca-cert-file", c.authority, "--tls-auth-clients", "no"}
}

// certify makes an authority, and a certificate of 127.0.0.1 that it signed.
func certify(tb testing.TB) *certificates {
	tb.Helper()
	folder := tb.TempDir()
	c := &certificates{filepath.Join(folder, "ca.crt"), filepath.Join(folder, "redis.crt"), filepath.Join(folder, "redis.key"), nil}
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	form := func(name string, is bool) *x509.Certificate {
		return &x509.Certificate{
			SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
			IsCA: is, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		}
	}
	root, rootKey := form("a test's authority", true), newKey(tb)
	signed, err := x509.CreateCertificate(rand.Reader, root, root, rootKey.Public(), rootKey)
	must(err)
	must(write(c.authority, "CERTIFICATE", signed))
	server, serverKey := form("redis", false), newKey(tb)
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	raw, err := x509.CreateCertificate(rand.Reader, server, root, serverKey.Public(), rootKey)
	must(err)
	must(write(c.certificate, "CERTIFICATE", raw))
	raw, err = x509.MarshalPKCS8PrivateKey(serverKey)
	must(err)
	must(write(c.key, "PRIVATE KEY", raw))
	authority, err := x509.ParseCertificate(signed)
	must(err)
	pool := x509.NewCertPool()
	pool.AddCert(authority)
	c.client = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return c
}

func newKey(tb testing.TB) *ecdsa.PrivateKey {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func write(path, kind string, raw []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}), 0o600)
}
