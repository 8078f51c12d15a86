package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

func (versionCommand) Run() error {
	fmt.Println(version())
	return nil
}

// version tells the release, the commit it was built from and its date, as
// far as the build recorded them.
func version() string {
	release, commit, date := "(unreleased)", "", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; v != "" && v != "(devel)" {
			release = v
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				commit = ", commit " + s.Value
			case "vcs.time":
				date = ", " + s.Value
			}
		}
	}
	return fmt.Sprintf("secadvisor %s%s%s, %s %s/%s", release, commit, date, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
