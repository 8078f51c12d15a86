package redis

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

const (
	defaultPrefix = "secadvisor"

	dialTimeout = 3 * time.Second
	ioTimeout   = 5 * time.Second

	// topologyAge is how old the client's picture of a cluster may get. With
	// the client's default of 60 s one failover blocked senders for a minute.
	topologyAge = time.Second

	// buffer is how many bytes a connection holds for each direction: most
	// documents fit, and what does not passes it by. The client's default of
	// 32 KB made 2 MB of a pool.
	buffer = 8 << 10

	// onePool has commands that go together use the same connections as others.
	// The client's default is a second pool, with 256 KB for each connection.
	onePool = -1
)

// errAddress never repeats the address: it may hold a password, and where a
// password has characters that a URL reserves, any part may be a piece of it.
var errAddress = errors.New("the address is not of the form redis://user:password@host:6379/0?prefix=name " +
	"or redis+cluster://user:password@host:6379,host:6379; in a password write / # ? @ % as %2F %23 %3F %40 %25")

var (
	validPrefix = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)
	optionName  = regexp.MustCompile(`^[a-z_]{1,20}$`)
)

// target is what an address says.
type target struct {
	single   *goredis.Options // either this
	cluster  *goredis.ClusterOptions
	prefix   string
	replicas int
	roots    *x509.CertPool // nil: the machine's own
}

// user is who the address says that we are.
func (t target) user() string {
	name := ""
	if t.single != nil {
		name = t.single.Username
	} else {
		name = t.cluster.Username
	}
	return cmp.Or(name, "default")
}

// where is the first server of the address.
func (t target) where() string {
	if t.single != nil {
		return t.single.Addr
	}
	return t.cluster.Addrs[0]
}

func parseAddress(address string) (target, error) {
	scheme, rest, _ := strings.Cut(address, "://")
	secure, clustered := strings.CutSuffix(scheme, "+cluster")
	if secure != "redis" && secure != "rediss" {
		return target{}, errAddress
	}
	rest, more := splitHosts(rest)
	u, err := url.Parse(secure + "://" + rest)
	if err != nil || u.Hostname() == "" || u.Fragment != "" || len(more) > 0 && !clustered {
		return target{}, errAddress
	}
	if _, err := strconv.ParseUint(strings.TrimPrefix(u.Path, "/"), 10, 16); err != nil && u.Path != "" && u.Path != "/" {
		return target{}, errAddress
	}
	t, err := takeOptions(u)
	if err != nil {
		return target{}, err
	}
	if clustered {
		return t, t.parseCluster(u, more)
	}
	return t, t.parseSingle(u)
}

// splitHosts leaves the first of several hosts in place and returns the rest.
func splitHosts(rest string) (string, []string) {
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	start := strings.LastIndex(rest[:end], "@") + 1
	hosts := strings.Split(rest[start:end], ",")
	return rest[:start] + hosts[0] + rest[end:], hosts[1:]
}

// takeOptions takes our own options out of the address and knows the others.
func takeOptions(u *url.URL) (target, error) {
	t := target{prefix: defaultPrefix}
	query := u.Query()
	for name, values := range query {
		var err error
		switch name {
		case "prefix":
			if t.prefix = values[0]; !validPrefix.MatchString(t.prefix) {
				err = errors.New("the prefix in the address may have 64 letters, digits and . _ : - only")
			}
		case "wait_replicas":
			if t.replicas, err = strconv.Atoi(values[0]); err != nil || t.replicas < 0 {
				err = errors.New("wait_replicas in the address is not a number")
			}
		case "ca_file":
			if t.roots, err = authorities(values[0]); err == nil && u.Scheme != "rediss" {
				err = errors.New("ca_file in the address is for rediss://")
			}
		case "pool_size", "dial_timeout", "read_timeout", "write_timeout", "skip_verify":
			continue
		default:
			if err = errAddress; optionName.MatchString(name) {
				err = fmt.Errorf("the address has an unknown option %s", name)
			}
		}
		if err != nil {
			return target{}, err
		}
		query.Del(name)
	}
	u.RawQuery = query.Encode()
	return t, nil
}

func (t *target) parseSingle(u *url.URL) error {
	o, err := goredis.ParseURL(u.String())
	if err != nil {
		return errAddress
	}
	// What Redis did is not known after a broken connection, so what may be
	// repeated is decided in retry.go.
	o.MaxRetries, o.DialerRetries = -1, 1
	o.PoolSize = poolSize(o.PoolSize)
	o.ReadBufferSize, o.WriteBufferSize, o.PipelinePoolSize = buffer, buffer, onePool
	o.DialTimeout = either(o.DialTimeout, dialTimeout)
	o.ReadTimeout = either(o.ReadTimeout, ioTimeout)
	o.WriteTimeout = either(o.WriteTimeout, ioTimeout)
	o.ContextTimeoutEnabled = true
	o.Protocol, o.DisableIdentity, o.MaintNotificationsConfig = plainProtocol()
	o.TLSConfig = t.modernTLS(o.TLSConfig)
	t.single = o
	return nil
}

func (t *target) parseCluster(u *url.URL, more []string) error {
	query := u.Query()
	for _, host := range more {
		query.Add("addr", host)
	}
	u.RawQuery = query.Encode()
	o, err := goredis.ParseClusterURL(u.String())
	if err != nil || strings.Trim(u.Path, "/0") != "" {
		return errAddress
	}
	o.MaxRetries, o.DialerRetries = -1, 1
	o.PoolSize = poolSize(o.PoolSize)
	o.ReadBufferSize, o.WriteBufferSize, o.PipelinePoolSize = buffer, buffer, onePool
	o.DialTimeout = either(o.DialTimeout, dialTimeout)
	o.ReadTimeout = either(o.ReadTimeout, ioTimeout)
	o.WriteTimeout = either(o.WriteTimeout, ioTimeout)
	o.ContextTimeoutEnabled = true
	o.Protocol, o.DisableIdentity, o.MaintNotificationsConfig = plainProtocol()
	o.TLSConfig = t.modernTLS(o.TLSConfig)
	o.ClusterStateReloadInterval = topologyAge
	t.cluster = o
	return nil
}

// plainProtocol leaves out what the store has no use for and some managed
// Redis forbid.
func plainProtocol() (protocol int, disableIdentity bool, maintenance *maintnotifications.Config) {
	return 2, true, &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

func (t *target) modernTLS(c *tls.Config) *tls.Config {
	if c != nil {
		c.MinVersion, c.RootCAs = tls.VersionTLS12, t.roots
	}
	return c
}

// authorities are those whose certificates a file has.
func authorities(path string) (*x509.CertPool, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("ca_file in the address: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(raw) {
		return nil, errors.New("ca_file in the address has no certificate: it must be PEM, with BEGIN CERTIFICATE")
	}
	return pool, nil
}

func poolSize(wanted int) int {
	if wanted > 0 {
		return wanted
	}
	return max(32, 10*runtime.GOMAXPROCS(0))
}

func either(wanted, otherwise time.Duration) time.Duration {
	if wanted != 0 {
		return wanted
	}
	return otherwise
}

func (t *target) client() goredis.UniversalClient {
	if t.cluster != nil {
		return goredis.NewClusterClient(t.cluster)
	}
	return goredis.NewClient(t.single)
}
