package slack_test

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"secadvisor/deploy/slack"
)

// The app for many companies is the app for one, but for how it is reached and
// installed.
func TestTheTwoManifestsDifferAsTheySay(t *testing.T) {
	one, many := parsed(t, slack.Manifest()), parsed(t, slack.Hosted("https://advice.example.net/"))
	at := "https://advice.example.net"
	set(one, at+"/slack/commands", "features", "slash_commands", 0, "url")
	set(one, []any{at + "/slack/oauth/callback"}, "oauth_config", "redirect_urls")
	set(one, at+"/slack/events", "settings", "event_subscriptions", "request_url")
	set(one, []any{"message.im", "app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked"}, "settings", "event_subscriptions", "bot_events")
	set(one, at+"/slack/actions", "settings", "interactivity", "request_url")
	set(one, false, "settings", "socket_mode_enabled")
	set(one, true, "settings", "token_rotation_enabled")
	if diff := cmp.Diff(one, many); diff != "" {
		t.Errorf("(-one company, as changed +many):\n%s", diff)
	}
	if strings.Contains(slack.Hosted(at), "https://bot.example.com") {
		t.Error("an address of an example is left")
	}
}

func parsed(t *testing.T, text string) (m map[string]any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// set changes a value in a tree.
func set(tree, value any, path ...any) {
	for _, step := range path[:len(path)-1] {
		switch at := step.(type) {
		case string:
			tree = tree.(map[string]any)[at]
		case int:
			tree = tree.([]any)[at]
		}
	}
	tree.(map[string]any)[path[len(path)-1].(string)] = value
}
