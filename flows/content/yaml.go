package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// unmarshal reads one YAML document strictly. Placeholders are filled in the
// parsed strings, so that what stands for them may hold any character. An
// error begins with the line.
func (lib *Library) unmarshal(raw []byte, v any) error {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return atLine(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return fmt.Errorf("1: a content file holds exactly one document")
	}
	body := file.Docs[0].Body
	var tag tags
	ast.Walk(&tag, body)
	if tag.line > 0 {
		return fmt.Errorf("%d: a word that begins with ! stands for a tag here, and none is used: leave it out, or put quotes around the text", tag.line)
	}
	ast.Walk(placeholders{strings.NewReplacer("{command}", lib.Command)}, body)
	if err := yaml.NodeToValue(body, v, yaml.Strict()); err != nil {
		return atLine(err)
	}
	return nil
}

// placeholders is an ast.Visitor that fills them in every string.
type placeholders struct{ fill *strings.Replacer }

func (p placeholders) Visit(n ast.Node) ast.Visitor {
	if s, ok := n.(*ast.StringNode); ok && strings.Contains(s.Value, "{") {
		s.Value = p.fill.Replace(s.Value)
	}
	return p
}

// tags is an ast.Visitor that finds a tag. The library panics on one in the
// place of a list.
type tags struct{ line int }

func (t *tags) Visit(n ast.Node) ast.Visitor {
	if tag, ok := n.(*ast.TagNode); ok && t.line == 0 {
		t.line = tag.Start.Position.Line
	}
	return t
}

func atLine(err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return fmt.Errorf("%d: %s", at.GetToken().Position.Line, at.GetMessage())
	}
	return fmt.Errorf("1: %w", err)
}

// fault is something wrong in a file that can be read: where, as a YAML path
// below the root, and what to do about it.
type fault struct {
	path string // "cases[0].steps[1].source"; empty: the whole file
	why  string
}

// blame turns the faults of one file into errors with its name and line.
func blame(from fs.FS, name string, faults []fault) error {
	if len(faults) == 0 {
		return nil
	}
	raw, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	var all []error
	for _, f := range faults {
		all = append(all, fmt.Errorf("%s:%d: %s: %s", where(from, name), lineOf(raw, f.path), f.path, f.why))
	}
	return errors.Join(all...)
}

// lineOf finds the line of a path, or of the nearest thing around it where
// the path itself is missing.
func lineOf(raw []byte, path string) int {
	for path != "" {
		if p, err := yaml.PathString("$." + path); err == nil {
			if n, err := p.ReadNode(bytes.NewReader(raw)); err == nil && n.GetToken() != nil {
				return n.GetToken().Position.Line
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 1
}
