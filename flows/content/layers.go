package content

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// layers lays the content of an installation over the content that is built
// in: a file of the same name replaces ours.
type layers struct {
	own    fs.FS
	folder string // of the installation; empty: there is none
	added  fs.FS
}

// layersOf opens a folder; without one only the built-in content is there.
func layersOf(own fs.FS, folder string) (*layers, error) {
	l := &layers{own: own, folder: folder}
	if folder == "" {
		return l, nil
	}
	if s, err := os.Stat(folder); err != nil || !s.IsDir() {
		return nil, errors.New(folder + ": there is no such folder; name one that holds topics, phrases, assessments or explain")
	}
	l.added = os.DirFS(folder)
	if !l.reads() {
		return nil, errors.New(folder + ": nothing in this folder is read; it holds folders named topics, phrases, assessments or explain, or the files words.yaml and interview.yaml")
	}
	return l, nil
}

// reads reports whether anything in the folder goes over ours. A folder in which a name
// is mistyped, or another one was meant, would change nothing, and nobody would know.
func (l *layers) reads() bool {
	more, err := fs.ReadDir(l.added, ".")
	return err != nil || slices.ContainsFunc(more, func(e fs.DirEntry) bool { // what cannot be read is told later
		return slices.Contains([]string{"topics", "phrases", "assessments", "explain", "words.yaml", "interview.yaml"}, e.Name())
	})
}

// Open is of fs.FS.
func (l *layers) Open(name string) (fs.File, error) {
	if l.has(name) {
		return l.added.Open(name)
	}
	return l.own.Open(name)
}

// ReadDir lists a folder of both layers, in order of name.
func (l *layers) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(l.own, name)
	if l.added == nil {
		return all, err
	}
	more, errMore := fs.ReadDir(l.added, name)
	if err != nil && errMore != nil {
		return nil, err
	}
	for _, e := range more {
		if !slices.ContainsFunc(all, func(o fs.DirEntry) bool { return o.Name() == e.Name() }) {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

func (l *layers) has(name string) bool {
	if l.added == nil {
		return false
	}
	s, err := fs.Stat(l.added, name)
	return err == nil && !s.IsDir()
}

// where is a file as an error names it: with the folder that it lies in.
func where(from fs.FS, name string) string {
	if l, ok := from.(*layers); ok && l.has(name) {
		return filepath.Join(l.folder, filepath.FromSlash(name))
	}
	return name
}
