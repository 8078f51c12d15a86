package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// secretKeys are keys whose value is a secret.
var secretKeys = []string{"slack.bot_token", "slack.app_token", "slack.signing_secret", "slack.client_secret", "keys.master"}

// SecretsIn are the keys of a configuration file that hold a secret.
func SecretsIn(raw []byte, bots int) (held []string) {
	keys := slices.Clone(secretKeys)
	for i := range bots {
		keys = append(keys, fmt.Sprintf("teams.bots[%d].secret", i))
	}
	for _, key := range keys {
		if lineOf(raw, key) > 0 {
			held = append(held, key)
		}
	}
	var file Config
	if err := yaml.Unmarshal(raw, &file); err == nil && WithPassword(file.Storage) {
		held = append(held, "storage")
	}
	return held
}

// WithPassword reports whether a store's address may hold a password.
func WithPassword(storage string) bool {
	return StorageKind(storage) == "redis" && strings.Contains(storage, "@")
}
