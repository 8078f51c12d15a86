package front

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority gives certificates for this machine.
type authority struct {
	*testing.T
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newAuthority(t *testing.T) *authority {
	a := &authority{T: t, key: newKey(t)}
	plan := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "tests"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, plan, plan, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return a
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issue writes a certificate with a number, and its key.
func (a *authority) issue(files TLS, number int64) {
	a.Helper()
	key := newKey(a.T)
	plan := &x509.Certificate{
		SerialNumber: big.NewInt(number), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, plan, a.cert, key.Public(), a.key)
	if err != nil {
		a.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		a.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{files.Cert: {Type: "CERTIFICATE", Bytes: der}, files.Key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			a.Fatal(err)
		}
	}
}

// met is the number of the certificate that a visitor is shown.
func (a *authority) met(address string, most uint16) (number int64, with tls.ConnectionState, err error) {
	trusted := x509.NewCertPool()
	trusted.AddCert(a.cert)
	conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS10, MaxVersion: most, NextProtos: []string{"h2", "http/1.1"}})
	if err != nil {
		return 0, with, err
	}
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64(), conn.ConnectionState(), nil
}

func TestARenewedCertificateIsShownWithoutARestart(t *testing.T) {
	a, folder := newAuthority(t), t.TempDir()
	files := TLS{filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")}
	a.issue(files, 7)
	s := opened(t, Config{}, files, reads, nil, usual)
	number, with, err := a.met(s.Addr().String(), 0)
	if err != nil || number != 7 || with.Version != tls.VersionTLS13 || with.NegotiatedProtocol != "http/1.1" {
		t.Fatalf("certificate %d by %#x %q, %v", number, with.Version, with.NegotiatedProtocol, err)
	}
	if _, _, err := a.met(s.Addr().String(), tls.VersionTLS11); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
	if _, with, err := a.met(s.Addr().String(), tls.VersionTLS12); err != nil || with.Version != tls.VersionTLS12 {
		t.Errorf("TLS 1.2: %v", err)
	}

	// In the middle of a renewal the two do not fit together.
	if err := os.WriteFile(files.Key, []byte("half of a key"), 0o600); err != nil {
		t.Fatal(err)
	}
	time.Sleep(lookEvery + 50*time.Millisecond)
	if number, _, err := a.met(s.Addr().String(), 0); err != nil || number != 7 {
		t.Errorf("while they do not fit: %d, %v", number, err)
	}
	a.issue(files, 8)
	eventually(t, "the renewed certificate is shown", func() bool {
		number, _, err := a.met(s.Addr().String(), 0)
		return err == nil && number == 8
	})
}

func TestACertificateThatIsNotThereIsSaidAtOnce(t *testing.T) {
	_, err := Listen("127.0.0.1:0", Config{}, TLS{"nowhere.pem", "nowhere.key"}, nil, nil, slog.New(slog.DiscardHandler))
	if err == nil {
		t.Error("it listens")
	}
}
