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
	"sync"
	"time"
)

// keys are the public keys of the Bot Connector, fetched when they are first
// needed and when they are old. A key that is not known causes at most one
// fetch a minute; while the source is down, old keys go on.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
type keys struct {
	url  string
	http *http.Client
	now  func() time.Time

	mu      sync.Mutex
	known   map[string]key
	fetched time.Time // the last time that it worked
	tried   time.Time
}

type key struct {
	public *rsa.PublicKey
	serves []string // the channels that it speaks for: its endorsements
}

const (
	keysFor   = 24 * time.Hour
	keysAgain = time.Minute
	maxKeys   = 1 << 20 // bytes of a document of keys
)

var errUnknownKey = errors.New("teams: the key is not known")

// find is the key of an id. One caller fetches; the others wait for it.
func (k *keys) find(ctx context.Context, id string) (key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	found, ok := k.known[id]
	stale := now.Sub(k.fetched) > keysFor
	if ok && !stale {
		return found, nil
	}
	if now.Sub(k.tried) >= keysAgain || k.tried.IsZero() {
		k.tried = now
		if fresh, err := k.fetch(ctx); err == nil {
			k.known, k.fetched = fresh, now
			found, ok = k.known[id]
		} else if !ok {
			return key{}, err
		}
	}
	if !ok {
		return key{}, errUnknownKey
	}
	return found, nil
}

func (k *keys) fetch(ctx context.Context) (map[string]key, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	var metadata struct {
		Keys string `json:"jwks_uri"`
	}
	if err := k.get(ctx, k.url, &metadata); err != nil {
		return nil, err
	}
	var set struct {
		Keys []struct {
			ID           string `json:"kid"`
			Kind         string `json:"kty"`
			N, E         string
			Endorsements []string `json:"endorsements"`
		} `json:"keys"`
	}
	if err := k.get(ctx, metadata.Keys, &set); err != nil {
		return nil, err
	}
	all := map[string]key{}
	for _, one := range set.Keys {
		n, errN := base64.RawURLEncoding.DecodeString(one.N)
		e, errE := base64.RawURLEncoding.DecodeString(one.E)
		exponent := new(big.Int).SetBytes(e)
		if one.Kind != "RSA" || errN != nil || errE != nil || len(n) < 256 || !exponent.IsInt64() || exponent.Int64() < 3 {
			continue
		}
		all[one.ID] = key{&rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(exponent.Int64())}, one.Endorsements}
	}
	if len(all) == 0 {
		return nil, errors.New("teams: there is no key among the keys")
	}
	return all, nil
}

func (k *keys) get(ctx context.Context, url string, v any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("teams: fetch keys: %w", err)
	}
	resp, err := k.http.Do(req)
	if err != nil {
		return fmt.Errorf("teams: fetch keys: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("teams: fetch keys: status %d", resp.StatusCode)
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxKeys)).Decode(v); err != nil {
		return fmt.Errorf("teams: fetch keys: %w", err)
	}
	return nil
}
