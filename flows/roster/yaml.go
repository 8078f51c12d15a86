package roster

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// readYAML reads a list of rows, each with some of the columns as keys.
func readYAML(raw []byte) ([]row, error) {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		var fault yaml.Error
		if errors.As(err, &fault) && fault.GetToken() != nil {
			return nil, at(fault.GetToken().Position.Line, "this is no YAML: %s; a text that is a dash, or has a colon in it, needs quotes", fault.GetMessage())
		}
		return nil, at(1, "this is no YAML")
	}
	var list *ast.SequenceNode
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		found, ok := doc.Body.(*ast.SequenceNode)
		if !ok || list != nil {
			return nil, at(lineIn(doc.Body), "write one list: each row begins with a dash")
		}
		list = found
	}
	if list == nil {
		return nil, nil
	}
	var rows []row
	var all []error
	for _, n := range list.Values {
		r, err := yamlRow(n)
		all = append(all, err)
		if !r.empty() {
			rows = append(rows, r)
		}
	}
	return rows, errors.Join(all...)
}

func yamlRow(n ast.Node) (row, error) {
	r := row{lineIn(n), map[string]string{}, map[string]int{}}
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		return r, at(r.line, "write a row as keys with values, such as topic: group.it")
	}
	if len(pairs) > 0 {
		r.line = lineIn(pairs[0].Key)
	}
	var all []error
	for _, pair := range pairs {
		key, isText := scalar(pair.Key)
		text, isValue := scalar(pair.Value)
		switch line := lineIn(pair.Key); {
		case !isText:
			all = append(all, at(line, "write a key here: one of %s", strings.Join(columns[:], ", ")))
		case !isValue:
			all = append(all, at(line, "%s: write one text here", key))
		default:
			all = append(all, r.add(line, key, text))
		}
	}
	return r, errors.Join(all...)
}

// scalar is a value as it was written: a number keeps its zeros.
func scalar(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func lineIn(n ast.Node) int {
	if n == nil || n.GetToken() == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// bare is what needs no quotes, whatever stands there.
var bare = regexp.MustCompile(`^[a-z]+[.-][a-z0-9.-]*[a-z0-9]$`)

// printYAML writes rows so that readYAML reads the same.
func printYAML(rows []row) []byte {
	var b strings.Builder
	b.WriteString("# Who handles what. An empty or missing value leaves what is saved as it is, a dash clears it.\n")
	for _, r := range rows {
		mark := "- "
		for _, column := range columns {
			text, ok := r.cells[column]
			if !ok {
				continue
			}
			known := column == "shown" || column == "provider" || column == "partner" // one of few words
			if !known && !bare.MatchString(text) {
				text = quoted(text)
			}
			b.WriteString(mark + column + ": " + text + "\n")
			mark = "  "
		}
	}
	return []byte(b.String())
}

// quoted is a text in double quotes, which YAML reads as JSON does.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string can always be written
	return strings.TrimSuffix(b.String(), "\n")
}
