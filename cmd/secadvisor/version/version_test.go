package version

import (
	"bytes"
	"encoding/json"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheVersionTellsReleaseCommitAndDate(t *testing.T) {
	here := runtime.GOOS + "/" + runtime.GOARCH
	commit := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123abcd"}, {Key: "vcs.time", Value: "2026-11-02T09:00:00Z"}, {Key: "vcs.modified", Value: "false"},
	}
	dirty := append(commit[:2:2], debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	for want, info := range map[string]*debug.BuildInfo{
		"secadvisor v1.2.0, commit 0123abcd, 2026-11-02T09:00:00Z, ":                  {Main: debug.Module{Version: "v1.2.0"}, Settings: commit},
		"secadvisor unreleased, commit 0123abcd with changes, 2026-11-02T09:00:00Z, ": {Main: debug.Module{Version: "v0.0.0-20261102090000-0123abcd0123+dirty"}, Settings: dirty},
		"secadvisor v1.3.0-rc.1, ": {Main: debug.Module{Version: "v1.3.0-rc.1"}},
		"secadvisor unreleased, ":  {Main: debug.Module{Version: "v1.2.1-0.20261102090000-0123abcd0123"}},
	} {
		if got := of(info).String(); got != want+runtime.Version()+" "+here {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := of(nil).String(); got != "secadvisor unreleased, "+runtime.Version()+" "+here {
		t.Errorf("without a record: %q", got)
	}
}

func TestTheVersionForScripts(t *testing.T) {
	var out bytes.Buffer
	if err := (Command{JSON: true}).Run(&out); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	delete(got, "commit")
	delete(got, "date")
	delete(got, "changed")
	want := map[string]any{"release": "unreleased", "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
