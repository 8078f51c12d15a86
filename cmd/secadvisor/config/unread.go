package config

import (
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Unread are the variables, of the secrets file and the environment, that nothing
// reads. The path is that of the configuration.
func (c Config) Unread(path string) (strange []string, err error) {
	hidden, err := readSecrets(c.SecretsPath(path))
	if err != nil {
		return nil, err
	}
	all := hidden.environment()
	var every Config
	fields, err := env.GetFieldParamsWithOptions(&every, env.Options{Prefix: Prefix, Environment: all})
	if err != nil {
		return nil, nil // the configuration was read, so its names are what they are
	}
	known := []string{secretsVariable}
	for _, f := range fields {
		known = append(known, f.Key)
	}
	for name := range all {
		if strings.HasPrefix(name, Prefix) && !slices.Contains(known, name) {
			strange = append(strange, name)
		}
	}
	slices.Sort(strange)
	return strange, nil
}
