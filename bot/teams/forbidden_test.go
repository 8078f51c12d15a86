package teams

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// What these do is unsafe: they fetch keys for every junk token, send tokens
// to any address, or let everybody in.
var forbidden = regexp.MustCompile(`core\.NewBotAdapter|ParseRequest\(|NewJwtTokenValidator|client\.NewClient|SimpleCredentialProvider|MockTokenValidator|cache\.AuthCache`)

func TestWhatIsUnsafeOfTheKitIsNotUsed(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(sources, err)
	}
	for _, source := range sources {
		raw, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(raw); found != nil && source != "forbidden_test.go" {
			t.Errorf("%s uses %s", source, found)
		}
	}
}
