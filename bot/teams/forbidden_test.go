package teams

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

const kit = "github.com/infracloudio/msbotbuilder-go/"

// What these of the kit do is unsafe: they fetch keys for every junk token,
// send tokens to any address without a limit of time, or let everybody in.
var forbidden = map[string]bool{
	"NewBotAdapter": true, "ParseRequest": true, "NewJwtTokenValidator": true, "JwtTokenValidator": true,
	"NewClient": true, "NewClientConfig": true, "ConnectorClient": true,
	"SimpleCredentialProvider": true, "MockTokenValidator": true, "AuthCache": true,
}

func TestWhatIsUnsafeOfTheKitIsNotUsed(t *testing.T) {
	read := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		found, usesKit := unsafeIn(t, path, nil)
		if usesKit {
			read++
		}
		for _, name := range found {
			t.Errorf("%s uses %s", path, name)
		}
		return nil
	})
	if err != nil || read == 0 {
		t.Errorf("%d files use the kit (%v)", read, err)
	}
}

func TestTheLintSeesThroughNames(t *testing.T) {
	for source, want := range map[string]string{
		`package x; import k "` + kit + `core"; var _, _ = k.NewBotAdapter(k.AdapterSetting{})`:           "NewBotAdapter",
		`package x; import "` + kit + `core"; func f(a core.Adapter) { a.ParseRequest(nil, nil) }`:        "ParseRequest",
		`package x; import . "` + kit + `connector/auth"; var v = NewJwtTokenValidator()`:                 "a dot import",
		`package x; import "` + kit + `connector/client"; var v = &client.ConnectorClient{}`:              "ConnectorClient",
		`package x; import "` + kit + `schema"; var v schema.Activity`:                                    "",
		`package x; import "net/http/cgi"; func f(c interface{ NewClient() }) { c.NewClient(); cgi.X() }`: "",
	} {
		found, _ := unsafeIn(t, "x.go", source)
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%s: found %q, want %q", source, got, want)
		}
	}
}

// unsafeIn names what a file takes of the kit and should not. A name counts
// whatever it hangs on: methods have no package before them.
func unsafeIn(t *testing.T, path string, source any) (found []string, usesKit bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, imported := range file.Imports {
		if !strings.HasPrefix(strings.Trim(imported.Path.Value, `"`), kit) {
			continue
		}
		usesKit = true
		if imported.Name != nil && imported.Name.Name == "." {
			found = append(found, "a dot import")
		}
	}
	if !usesKit {
		return nil, false
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && forbidden[s.Sel.Name] {
			found = append(found, s.Sel.Name)
		}
		return true
	})
	return found, true
}
