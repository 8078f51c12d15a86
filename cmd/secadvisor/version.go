package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"

	"secadvisor/deploy/licences"
)

type versionCommand struct {
	JSON bool `name:"json" help:"For scripts: release, commit, date, changed, go, platform."`
}

func (v versionCommand) Run() error { return v.print(os.Stdout) }

func (v versionCommand) print(out io.Writer) error {
	if v.JSON {
		return json.NewEncoder(out).Encode(origins())
	}
	_, err := fmt.Fprintln(out, origins())
	return err
}

type licencesCommand struct{}

// Run prints the terms of everything that is built in.
func (licencesCommand) Run() error {
	_, err := io.WriteString(os.Stdout, licences.Notices)
	return err
}

// origin is what a program was built from, as far as the build recorded it.
type origin struct {
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

// origins are those of this program.
func origins() origin {
	info, _ := debug.ReadBuildInfo()
	return originOf(info)
}

// originOf reads what Go recorded; info may be nil.
func originOf(info *debug.BuildInfo) origin {
	b := origin{Release: "unreleased", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
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

func (b origin) String() string {
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

// version is a line for logs.
func version() string { return origins().String() }
