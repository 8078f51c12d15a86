// Package version tells what the program was built from, and the terms of what
// is built in.
package version

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"

	"secadvisor/deploy/licences"
)

// Command is "secadvisor version".
type Command struct {
	JSON bool `name:"json" help:"For scripts: release, commit, date, changed, go, platform."`
}

// Run prints it in a line, or as JSON.
func (v Command) Run(out io.Writer) error {
	if v.JSON {
		return json.NewEncoder(out).Encode(This())
	}
	_, err := fmt.Fprintln(out, This())
	return err
}

// Licences is "secadvisor licences".
type Licences struct{}

// Run prints the terms of everything that is built in.
func (Licences) Run(out io.Writer) error {
	_, err := io.WriteString(out, licences.Notices)
	return err
}

// Build is what a program was built from, as far as the build recorded it.
type Build struct {
	Release  string `json:"release"`           // a tag such as v1.2.0, or unreleased
	Commit   string `json:"commit,omitempty"`  // of the source
	Date     string `json:"date,omitempty"`    // of that commit, RFC 3339
	Changed  bool   `json:"changed,omitempty"` // the source was not quite that of the commit
	Go       string `json:"go"`
	Platform string `json:"platform"` // such as linux/amd64
}

// madeUp are versions that Go makes of a commit without a tag.
// https://go.dev/ref/mod#pseudo-versions
var madeUp = regexp.MustCompile(`^v\d+\.\d+\.\d+-(.*\.)?\d{14}-[0-9a-f]{12}(\+dirty)?$`)

// This are those of this program.
func This() Build {
	info, _ := debug.ReadBuildInfo()
	return of(info)
}

// of reads what Go recorded; info may be nil.
func of(info *debug.BuildInfo) Build {
	b := Build{Release: "unreleased", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info == nil {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" && !madeUp.MatchString(v) {
		b.Release = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			b.Changed = s.Value == "true"
		}
	}
	return b
}

func (b Build) String() string {
	text := "secadvisor " + b.Release
	if b.Commit != "" {
		text += ", commit " + b.Commit
	}
	if b.Changed {
		text += " with changes"
	}
	if b.Date != "" {
		text += ", " + b.Date
	}
	return text + ", " + b.Go + " " + b.Platform
}
