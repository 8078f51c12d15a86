package teams

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// keys are the public keys of the Bot Connector, fetched when they are first
// needed, when they are a day old, and for a key that is not known: once a
// minute at most, whatever comes in. While their source is down, old keys go
// on for a week; where there are none yet, it is asked three times in a row.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
type keys struct {
	url  string // of the OpenID metadata
	http *http.Client
	all  *renewed[map[string]key] // by key id
}

// key is one public key, and the channels that it speaks for.
type key struct {
	public   *rsa.PublicKey
	endorses []string
}

const (
	keysFor      = 24 * time.Hour
	keysOutlast  = 7 * 24 * time.Hour
	keysPause    = time.Minute
	keysPatience = time.Second // Teams waits for 3 s in all
	maxKeys      = 1 << 20     // bytes of a document of keys
	minModulus   = 2048 / 8    // bytes
	maxModulus   = 8192 / 8
)

var (
	errUnknownKey = errors.New("teams: the key is not known")
	errNoKeys     = errors.New("teams: the keys of Teams cannot be fetched")
)

func newKeys(url string, client *http.Client, now func() time.Time) *keys {
	k := &keys{url: url, http: client}
	k.all = &renewed[map[string]key]{fetch: k.fetch, now: now, pause: keysPause, patience: keysPatience}
	return k
}

// find is the key of an id. It fails by errUnknownKey, or by errNoKeys where
// nobody can say whether the key is known.
func (k *keys) find(ctx context.Context, id string) (key, error) {
	all, is, err := k.all.get(ctx, func(all map[string]key, age time.Duration) worth {
		switch _, known := all[id]; {
		case !known || age > keysOutlast:
			return useless
		case age > keysFor:
			return old
		}
		return good
	})
	switch {
	case is != useless:
		return all[id], nil
	case err != nil:
		return key{}, fmt.Errorf("%w: %w", errNoKeys, err)
	}
	return key{}, errUnknownKey
}

func (k *keys) fetch(ctx context.Context) (map[string]key, error) {
	var metadata struct {
		Keys string `json:"jwks_uri"`
	}
	if err := k.read(ctx, k.url, &metadata); err != nil {
		return nil, err
	}
	if !sameScheme(k.url, metadata.Keys) {
		return nil, errors.New("the metadata name no safe address of keys")
	}
	var set struct {
		Keys []jwk `json:"keys"`
	}
	if err := k.read(ctx, metadata.Keys, &set); err != nil {
		return nil, err
	}
	all := map[string]key{}
	for _, one := range set.Keys {
		if public := one.public(); public != nil && one.ID != "" {
			all[one.ID] = key{public, one.Endorsements}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("there is no key among the keys")
	}
	return all, nil
}

// sameScheme keeps keys that are found over https from being fetched without.
func sameScheme(a, b string) bool {
	first, err := url.Parse(a)
	second, wrong := url.Parse(b)
	return err == nil && wrong == nil && first.Scheme == second.Scheme && second.Host != ""
}

// jwk is a key as it is published.
// https://www.rfc-editor.org/rfc/rfc7517
type jwk struct {
	ID           string   `json:"kid"`
	Kind         string   `json:"kty"`
	Use          string   `json:"use"`
	N            string   `json:"n"`
	E            string   `json:"e"`
	Endorsements []string `json:"endorsements"`
}

// public is nil for what is no RSA key to verify signatures by.
func (j jwk) public() *rsa.PublicKey {
	n, errN := base64.RawURLEncoding.DecodeString(j.N)
	e, errE := base64.RawURLEncoding.DecodeString(j.E)
	exponent := new(big.Int).SetBytes(e)
	switch {
	case j.Kind != "RSA" || !slices.Contains([]string{"", "sig"}, j.Use) || errN != nil || errE != nil:
		return nil
	case len(n) < minModulus || len(n) > maxModulus || exponent.BitLen() > 31 || exponent.Cmp(big.NewInt(3)) < 0:
		return nil
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}
}

func (k *keys) read(ctx context.Context, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("fetch keys: %w", err)
	}
	resp, err := k.http.Do(req)
	if err != nil {
		return fmt.Errorf("fetch keys: %w", withoutURL(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("fetch keys: status %d", resp.StatusCode)
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxKeys)).Decode(into); err != nil {
		return fmt.Errorf("fetch keys: %w", err)
	}
	return nil
}
