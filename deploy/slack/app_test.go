package slack_test

import (
	"slices"
	"strings"
	"testing"

	"secadvisor/deploy/slack"
)

func TestTheManifestIsRead(t *testing.T) {
	app, err := slack.Read()
	if err != nil {
		t.Fatal(err)
	}
	if app.Command != "/sec" || len(app.Scopes) != 9 || !slices.Contains(app.Scopes, "chat:write") {
		t.Errorf("%+v", app)
	}
	for _, scope := range append(app.Scopes, slack.MayHave()...) {
		if !strings.Contains(slack.Manifest(), "- "+scope) {
			t.Errorf("the manifest does not tell of %s", scope)
		}
	}
}
