package slack

import "testing"

// Slack may send events of any shape; what the bot did not ask for is
// acknowledged, so that Slack does not send it again.
func TestEventsThatNobodyAskedForAreAcknowledged(t *testing.T) {
	if r, err := decodeEvent([]byte(`{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}}`), ""); err != nil || r.left != "" {
		t.Errorf("the token of a person: %q, %v", r.left, err)
	}
	for name, event := range map[string]string{
		"a user as an object":    `{"type":"team_join","user":{"id":"U1"}}`,
		"a channel as an object": `{"type":"channel_rename","channel":{"id":"C1"}}`,
		"uninstalled":            `{"type":"app_uninstalled"}`,
		"tokens revoked":         `{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}`,
		"a list":                 `[]`,
		"a broken message":       `{"type":"message","user":{}}`,
	} {
		r, err := decodeEvent([]byte(`{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":`+event+`}`), "UBOT")
		if err != nil || !r.skip {
			t.Errorf("%s: skip %v, %v", name, r.skip, err)
		}
	}
}
