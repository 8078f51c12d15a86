package bot_test

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// byFile stands in the comment of a package whose tour says what each file is for.
const byFile = "Each name below is a file"

func TestToursNameEveryFile(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles", "secadvisor/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	tours := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p struct {
			ImportPath, Dir string
			GoFiles         []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		tour := commentOf(t, p.Dir, p.GoFiles)
		if !strings.Contains(strings.Join(strings.Fields(tour), " "), byFile) {
			continue
		}
		tours++
		for _, file := range p.GoFiles {
			name := strings.TrimSuffix(file, ".go")
			if name != "doc" && name != path.Base(p.ImportPath) && !regexp.MustCompile(`\b`+name+`\b`).MatchString(tour) {
				t.Errorf("the tour of %s does not name %s: say in a few words what it is for", p.ImportPath, file)
			}
		}
	}
	if tours == 0 {
		t.Errorf("no package has a tour that says %q", byFile)
	}
}

// commentOf is the comment of a package, without its line that names it: the name is
// often that of a file.
func commentOf(t *testing.T, dir string, files []string) string {
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, file), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if f.Doc != nil {
			_, tour, _ := strings.Cut(f.Doc.Text(), "\n# ")
			return tour
		}
	}
	return ""
}
