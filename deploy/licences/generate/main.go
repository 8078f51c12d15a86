// Command generate writes the notices: it asks go list what is built into the
// program on each platform, and reads the licence of each module where go keeps
// its source.
package main

import (
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

func main() {
	text, err := notices()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}

const (
	program = "secadvisor/cmd/secadvisor"
	fonts   = "Noto Sans Display, the typeface of reports"
)

// notices has every licence once, below the modules that it is of.
func notices() (string, error) {
	modules, err := builtIn()
	if err != nil {
		return "", err
	}
	for name, dir := range map[string][]string{"The Go standard library": {"env", "GOROOT"}, fonts: {"list", "-m", "-f", "{{.Dir}}/flows/report/fonts"}} {
		out, err := exec.Command("go", dir...).Output()
		if err != nil {
			return "", fmt.Errorf("go %s: %w", dir[0], err)
		}
		modules[name] = strings.TrimSpace(string(out))
	}
	of := map[string][]string{} // the modules of a text
	for name, dir := range modules {
		text, err := licence(dir)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		of[text] = append(of[text], name)
	}
	var blocks []string
	for text, names := range of {
		slices.Sort(names)
		blocks = append(blocks, strings.Join(names, "\n")+"\n\n"+text+"\n")
	}
	slices.Sort(blocks)
	return "What is built into secadvisor, and under which licences.\n\n" + strings.Join(blocks, "\n"+strings.Repeat("-", 72)+"\n\n"), nil
}

// builtIn are the modules of the program on all platforms that it is built for,
// by name and version, and where their source lies.
func builtIn() (map[string]string, error) {
	all := map[string]string{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, processor := range []string{"amd64", "arm64"} {
			list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", program)
			list.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+processor, "CGO_ENABLED=0")
			list.Stderr = os.Stderr
			out, err := list.Output()
			if err != nil {
				return nil, fmt.Errorf("go list for %s/%s: %w", system, processor, err)
			}
			for line := range strings.Lines(string(out)) {
				name, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
				if name != "" {
					all[name] = dir
				}
			}
		}
	}
	return all, nil
}

var terms = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|ofl)([.-].*)?$`)

// licence is the text of the files that hold a module's terms.
func licence(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	texts := map[string]string{}
	for _, e := range entries {
		if !terms.MatchString(e.Name()) || e.IsDir() || filepath.Ext(e.Name()) == ".go" {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		texts[e.Name()] = strings.TrimSpace(strings.ReplaceAll(string(raw), "\r\n", "\n"))
	}
	if len(texts) == 0 {
		return "", fmt.Errorf("no licence was found with %s", runtime.Version())
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		parts = append(parts, texts[name])
	}
	return strings.Join(parts, "\n\n"), nil
}
