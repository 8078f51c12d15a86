package front

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// lookEvery is how often, at most, the files are looked at for a renewed
// certificate.
const lookEvery = time.Second

// certificate is read from files, and read again when they change. While they
// do not fit together, as in the middle of a renewal, the one before goes on.
type certificate struct {
	files TLS
	log   *slog.Logger

	mu     sync.Mutex
	pair   *tls.Certificate
	is     [2]stamp // of the files that pair is from, or that were refused
	looked time.Time
}

// stamp tells one state of a file from the next.
type stamp struct {
	changed time.Time
	size    int64
}

func newCertificate(files TLS, log *slog.Logger) (*certificate, error) {
	c := &certificate{files: files, log: log}
	pair, err := files.Load()
	if err != nil {
		return nil, err
	}
	c.pair, c.is, c.looked = pair, c.stamps(), time.Now()
	return c, nil
}

// Load reads the certificate and its key.
func (t TLS) Load() (*tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(t.Cert, t.Key)
	if err != nil {
		return nil, fmt.Errorf("tls.cert and tls.key: %w", err)
	}
	return &pair, nil
}

// get is called for every connection.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < lookEvery {
		return c.pair, nil
	}
	c.looked = time.Now()
	is := c.stamps()
	if is == c.is {
		return c.pair, nil
	}
	c.is = is
	pair, err := c.files.Load()
	if err != nil {
		c.log.Warn("the renewed certificate cannot be used; the one before goes on", "err", err)
		return c.pair, nil
	}
	c.log.Info("the certificate was renewed", "until", pair.Leaf.NotAfter)
	c.pair = pair
	return pair, nil
}

func (c *certificate) stamps() (is [2]stamp) {
	for i, path := range []string{c.files.Cert, c.files.Key} {
		if info, err := os.Stat(path); err == nil {
			is[i] = stamp{info.ModTime(), info.Size()}
		}
	}
	return is
}
