package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/caarlos0/env/v11"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// locate turns problems into an error that names the line of the file, or of
// the secrets file, or the variable, where each stands.
func locate(path string, raw []byte, hidden secrets, problems []problem) error {
	var all []error
	for _, p := range problems {
		where := "the default of " + p.key
		if name := variable(p.key); os.Getenv(name) != "" {
			where = name
		} else if line := hidden.line[name]; line > 0 {
			where = fmt.Sprintf("%s:%d: %s", hidden.path, line, name)
		} else if line := lineOf(raw, p.key); line > 0 {
			where = fmt.Sprintf("%s:%d: %s", path, line, p.key)
		}
		all = append(all, fmt.Errorf("%s must be %s", where, p.want))
	}
	return errors.Join(all...)
}

// variable is the environment's name of a key.
func variable(key string) string {
	return Prefix + strings.ToUpper(strings.NewReplacer(".", "_", "[", "_", "]", "").Replace(key))
}

// lineOf is where a key's value stands in a YAML file; 0 if it does not.
func lineOf(raw []byte, key string) int {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return 0
	}
	at, err := yaml.PathString("$." + key)
	if err != nil {
		return 0
	}
	node, err := at.FilterFile(file)
	if err != nil || node == nil {
		return 0
	}
	return node.GetToken().Position.Line
}

// notYAML explains a file that cannot be read as the configuration. It never
// quotes the file: a secret may stand on the line.
func notYAML(path string, err error) error {
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		return fmt.Errorf("%s:%d: %s; the keys are those of deploy/secadvisor.yaml", path, unknown.GetToken().Position.Line, unknown.GetMessage())
	}
	var fault yaml.Error
	if errors.As(err, &fault) && fault.GetToken() != nil {
		return fmt.Errorf("%s:%d: %s", path, fault.GetToken().Position.Line, fault.GetMessage())
	}
	first, _, _ := bytes.Cut([]byte(yaml.FormatError(err, false, false)), []byte("\n"))
	return fmt.Errorf("%s: %s", path, first)
}

// notEnv explains a variable that has the wrong kind of value, without it.
func notEnv(err error) error {
	var parse env.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("the environment's value for %s must be a %s", parse.Name, parse.Type)
	}
	return errors.New("the environment's values cannot be read: compare them with deploy/secadvisor.yaml")
}
