// Package teams holds the app that Microsoft Teams installs: its manifest and
// icons, filled in for one bot and zipped.
package teams

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:generate go run ./icons

var (
	//go:embed manifest.json
	manifest []byte
	//go:embed color.png
	colour []byte
	//go:embed outline.png
	outline []byte
)

// App is what the manifest says of one installation.
type App struct {
	BotID     string // the Microsoft App ID; the app's own id is the same
	Version   string // raised at every upload that replaces another: 1.0.1
	Developer string // who runs the bot
	Website   string // of the developer; https
	Privacy   string // the page on privacy
	Terms     string // the page on terms of use
}

// Zip is the package that is uploaded to Teams.
// https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/apps-package
func (a App) Zip() ([]byte, error) {
	filled, err := a.manifest()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range []struct {
		name string
		body []byte
	}{{"manifest.json", filled}, {"color.png", colour}, {"outline.png", outline}} {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write(f.body)
		}
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return out.Bytes(), nil
}

func (a App) manifest() ([]byte, error) {
	var m map[string]any
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, fmt.Errorf("manifest.json: %w", err)
	}
	m["id"], m["version"] = a.BotID, a.Version
	m["developer"] = map[string]string{"name": a.Developer, "websiteUrl": a.Website, "privacyUrl": a.Privacy, "termsOfUseUrl": a.Terms}
	for _, part := range []string{"bots", "composeExtensions"} {
		m[part].([]any)[0].(map[string]any)["botId"] = a.BotID
	}
	return json.MarshalIndent(m, "", "  ")
}
