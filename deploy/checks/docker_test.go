package checks

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

func TestDockerfile(t *testing.T) {
	raw, err := os.ReadFile("../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.Parse(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	lint := linter.New(&linter.Config{Warn: func(rule, description, _, message string, at []parser.Range) {
		t.Errorf("%s: %s (%s) at %v", rule, message, description, at)
	}})
	stages, _, err := instructions.Parse(file.AST, lint)
	if err != nil {
		t.Fatal(err)
	}
	last := stages[len(stages)-1]
	if last.BaseName != "scratch" {
		t.Errorf("the image is made of %s", last.BaseName)
	}
	var user, health string
	for _, c := range last.Commands {
		switch c := c.(type) {
		case *instructions.UserCommand:
			user = c.User
		case *instructions.HealthCheckCommand:
			health = strings.Join(c.Health.Test, " ")
		}
	}
	if user == "" || strings.HasPrefix(user, "0") || !strings.Contains(health, "/secadvisor health") {
		t.Errorf("it runs as %q and its health is asked by %q", user, health)
	}
}

// Docker leaves out what lies beside the source with secrets in it, and nothing that
// the build needs.
func TestWhatDockerLeavesOut(t *testing.T) {
	file, err := os.Open("../../.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"deploy/.env": true, "secrets.env": true, "secrets.env.20261128-100000": true, "secadvisor.db": true, "secadvisor.yaml": true, "secadvisor.yaml.20261128-100000": true, "deploy/e2e/node_modules": true,
		"cmd/secadvisor": false, "deploy/secadvisor.yaml": false, ".git": false, "go.mod": false,
	} {
		if is, err := ignored.MatchesOrParentMatches(path); err != nil || is != want {
			t.Errorf("%s is left out: %v, %v", path, is, err)
		}
	}
}
