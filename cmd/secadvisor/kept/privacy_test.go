package kept

import (
	"os"
	"strings"
	"testing"
)

// README's privacy page has a line for every kind of document, with the time for
// which it is kept.
func TestThePrivacyPageIsComplete(t *testing.T) {
	raw, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 {
			row[strings.TrimSpace(cells[1])] = strings.TrimSpace(cells[2])
		}
	}
	for _, k := range kinds() {
		if k.Name == "import" || k.Name == "renewal" { // for the moment that something takes
			continue
		}
		kept, there := row[k.What]
		if !there {
			t.Errorf("README does not say that this is kept: %s", k.What)
			continue
		}
		if !strings.Contains(kept, keptFor(k.Kept)) || k.Over > 0 && !strings.Contains(kept, "once stopped, "+keptFor(k.Over)) {
			t.Errorf("README says %q of %s; it is kept %s", kept, k.What, keptFor(k.Kept))
		}
	}
}
