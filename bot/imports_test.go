package bot_test

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// arrows are the imports within the project that are allowed, and whether a
// package may go beyond the standard library. The first pattern that matches
// a package counts.
var arrows = []struct {
	pkg    string
	may    string
	others bool // libraries that are not ours
}{
	{`^bot$`, `^$`, false},
	{`^storage$`, `^$`, false},
	{`^bot/schedule$`, `^$`, true},
	{`^bot/engine$`, `^(bot|bot/schedule|storage)$`, true},
	{`^bot/bottest$`, `^bot$`, true},
	{`^bot/bottest/`, `^$`, true},
	{`^bot/(slack|teams|play)$`, `^bot$`, true},
	{`^bot/play/web$`, `^bot(/play)?$`, false},
	{`^flows$`, `^(bot|flows/\w+)$`, false},
	{`^flows/content$`, `^flows/score$`, true},
	{`^flows/(score|table)$`, `^$`, false},
	{`^flows/prose$`, `^bot$`, false},
	{`^flows/content/contenttest$`, `^flows/content$`, false},
	{`^flows/match$`, `^(bot|flows/content)$`, true},
	{`^flows/roster$`, `^flows/(company|prose|table)$`, true},
	{`^flows/company$`, `^(bot|bot/schedule|flows/(score|table))$`, false},
	{`^flows/archive$`, `^(bot|flows/company)$`, false},
	{`^flows/report$`, `^(bot|flows/(content|score|company|prose|table))$`, true},
	{`^flows/\w+$`, `^(bot|bot/schedule|flows/(content|match|score|company|report|prose))$`, false},
	{`^storage/storagetest$`, `^storage$`, true},
	{`^storage/`, `^storage$`, true},
	{`^cmd/secadvisor/front$`, `^$`, true},
	{`^cmd/secadvisor/refused$`, `^bot/(slack|teams)$`, true},
	{`^cmd/secadvisor/metrics$`, `^(bot|flows/match|storage)$`, true},
	{`^cmd/secadvisor/config$`, `^(bot/(schedule|slack|teams)|cmd/secadvisor/front|flows/(company|content)|storage/sealed)$`, true},
	{`^cmd/secadvisor/stores$`, `^(bot|bot/(engine|play)|cmd/secadvisor/config|storage(/\w+)?)$`, true},
	{`^(cmd|deploy)(/|$)`, `.`, true},
}

func TestImportsFollowTheRules(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "secadvisor/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		checkArrows(t, strings.TrimPrefix(p.ImportPath, "secadvisor/"), p.Imports)
	}
}

func checkArrows(t *testing.T, pkg string, imports []string) {
	for _, rule := range arrows {
		if !regexp.MustCompile(rule.pkg).MatchString(pkg) {
			continue
		}
		for _, path := range imports {
			ours, isOurs := strings.CutPrefix(path, "secadvisor/")
			switch {
			case isOurs && !regexp.MustCompile(rule.may).MatchString(ours):
				t.Errorf("%s imports %s: it may import only %s", pkg, ours, rule.may)
			case !isOurs && !rule.others && strings.Contains(path, "."):
				t.Errorf("%s imports %s: the standard library only", pkg, path)
			}
		}
		return
	}
	t.Errorf("no rule says what %s may import: add one to arrows", pkg)
}
