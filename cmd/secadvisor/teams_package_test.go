package main

import (
	"archive/zip"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var appFolder = flag.String("app", "", "folder into which TestTeamsPackage unpacks the app of Teams")

const aBot = "11111111-1111-1111-1111-111111111111"

func packaging(t *testing.T) teamsPackage {
	t.Setenv("SECADVISOR_TEAMS_BOTS_0_APP_ID", aBot)
	t.Setenv("SECADVISOR_TEAMS_BOTS_0_SECRET", "x")
	t.Setenv("SECADVISOR_TEAMS_BOTS_0_TENANT", "22222222-2222-2222-2222-222222222222")
	return teamsPackage{Out: t.TempDir(), Developer: "Example", Website: "https://example.com", Version: "1.0.3"}
}

func TestTeamsPackage(t *testing.T) {
	p := packaging(t)
	if err := p.Run(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(p.Out, "secadvisor-"+aBot+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		body := unpacked(t, f)
		if *appFolder != "" {
			if err := os.WriteFile(filepath.Join(*appFolder, f.Name), body, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if f.Name != "manifest.json" {
			continue
		}
		var m struct {
			ID, Version string
			Bots        []struct{ BotID string }
			Extensions  []struct{ BotID string } `json:"composeExtensions"`
			Developer   struct{ Name, PrivacyURL string }
		}
		if err := json.Unmarshal(body, &m); err != nil {
			t.Fatal(err)
		}
		if m.ID != aBot || m.Version != "1.0.3" || m.Bots[0].BotID != aBot || m.Extensions[0].BotID != aBot || m.Developer.PrivacyURL != "https://example.com" {
			t.Errorf("manifest %+v", m)
		}
	}
	if got := strings.Join(names, " "); got != "manifest.json color.png outline.png" {
		t.Errorf("the package holds %s", got)
	}
}

func unpacked(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestTeamsPackageNamesWhatIsMissing(t *testing.T) {
	for want, change := range map[string]func(p *teamsPackage){
		"--website":        func(p *teamsPackage) { p.Website = "example.com" },
		"--privacy":        func(p *teamsPackage) { p.Privacy = "http://example.com" },
		"--developer":      func(p *teamsPackage) { p.Developer = strings.Repeat("x", 33) },
		"--version":        func(p *teamsPackage) { p.Version = "v1" },
		"write the pack":   func(p *teamsPackage) { p.Out = filepath.Join(p.Out, "nowhere") },
		"no configuration": func(p *teamsPackage) { p.Config = filepath.Join(p.Out, "none.yaml") },
	} {
		p := packaging(t)
		change(&p)
		if err := p.Run(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := (teamsPackage{Website: "https://example.com"}).Run(); err == nil {
		t.Error("without a bot there is a package")
	}
}
