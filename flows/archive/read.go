package archive

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"secadvisor/bot"
)

// What one archive may have: far more than a company of 500 people gathers in
// years, and less than what fills a machine.
const (
	mostFiles   = 200
	mostBytes   = 512 << 20 // of all files, unpacked
	mostEntries = 1_000_000 // documents or timers
)

// Limits are those of the store that an archive is for.
type Limits struct {
	Key  int // bytes of a key, or of a timer's name
	Body int // bytes of a document
}

// Read reads what Write wrote, and checks all of it: what it returns can be
// stored as it is. Documents of old versions stay what they are.
func Read(r io.ReaderAt, size int64, kinds Kinds, limits Limits) (Archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return Archive{}, errors.New("it is not a whole archive: copy it again, or use another one")
	}
	if len(z.File) > mostFiles {
		return Archive{}, fmt.Errorf("it has %d files; an archive has %d at most", len(z.File), mostFiles)
	}
	in := reading{kinds: kinds, limits: limits, left: mostBytes, files: map[string]*zip.File{}}
	for _, f := range z.File {
		if in.files[f.Name] != nil {
			return Archive{}, fmt.Errorf("it has %s twice", name(f.Name))
		}
		in.files[f.Name] = f
	}
	return in.all()
}

// reading is an archive that is being read.
type reading struct {
	kinds  Kinds
	limits Limits
	left   int64 // bytes that may still be unpacked
	files  map[string]*zip.File
}

func (in *reading) all() (a Archive, err error) {
	m, err := in.manifest()
	if err != nil {
		return a, err
	}
	a.Company, a.Made, a.By, a.Unread = m.Company, m.Made, m.By, m.Unread
	for _, path := range in.documentFiles() {
		kind := strings.TrimSuffix(strings.TrimPrefix(path, documents), ".json")
		docs, err := in.documents(path, kind)
		if err != nil {
			return a, err
		}
		if len(docs) != m.Documents[kind] {
			return a, fmt.Errorf("%s has %d documents, and %s says %d", name(path), len(docs), manifestFile, m.Documents[kind])
		}
		delete(m.Documents, kind)
		a.Docs = append(a.Docs, docs...)
	}
	for kind := range m.Documents {
		return a, fmt.Errorf("%s%s.json is missing", documents, name(kind))
	}
	slices.SortFunc(a.Docs, func(a, b Doc) int { return strings.Compare(a.Key, b.Key) })
	if a.Timers, err = in.timers(); err == nil && len(a.Timers) != m.Timers {
		err = fmt.Errorf("%s has %d timers, and %s says %d", timersFile, len(a.Timers), manifestFile, m.Timers)
	}
	return a, err
}

func (in *reading) documentFiles() (paths []string) {
	for path := range in.files {
		if strings.HasPrefix(path, documents) && path != documents {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

func (in *reading) manifest() (m manifest, err error) {
	raw, err := in.file(manifestFile)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("%s cannot be read: %w", manifestFile, bot.Unquoted(err))
	}
	switch {
	case m.Format > format:
		return m, fmt.Errorf("it was written by a newer secadvisor (%s): use that one, or a later one", name(m.By))
	case m.Format < 1 || m.Company == "":
		return m, fmt.Errorf("%s does not say what company it is of", manifestFile)
	}
	return m, nil
}

// documents reads one file of them.
func (in *reading) documents(path, kind string) ([]Doc, error) {
	i := slices.IndexFunc(in.kinds, func(k Kind) bool { return k.Name == kind })
	if i < 0 {
		return nil, fmt.Errorf("%s is of no kind that this program knows: it was written by a newer secadvisor", name(path))
	}
	raw, err := in.file(path)
	if err != nil {
		return nil, err
	}
	docs, err := values[Doc](raw)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	for n := range docs {
		if err := in.check(&docs[n], in.kinds[i]); err != nil {
			return nil, fmt.Errorf("%s, document %d, %s: %w", path, n+1, name(docs[n].Key), err)
		}
		if n > 0 && docs[n-1].Key >= docs[n].Key {
			return nil, fmt.Errorf("%s, document %d, %s: it is there twice, or not in order", path, n+1, name(docs[n].Key))
		}
	}
	return docs, nil
}

func (in *reading) check(d *Doc, k Kind) error {
	if found, ok := in.kinds.Of(d.Key); !ok || found.Name != k.Name || k.Stays != "" {
		return errors.New("it does not belong into this file")
	}
	var body bytes.Buffer
	if err := json.Compact(&body, d.Body); err != nil {
		return errors.New("it has no contents")
	}
	d.Body = body.Bytes()
	switch {
	case len(d.Key) > in.limits.Key:
		return fmt.Errorf("its key is longer than %d bytes", in.limits.Key)
	case len(d.Body) > in.limits.Body:
		return fmt.Errorf("it is larger than %d bytes", in.limits.Body)
	}
	return k.Check(d.Body)
}

func (in *reading) timers() ([]Timer, error) {
	raw, err := in.file(timersFile)
	if err != nil {
		return nil, err
	}
	all, err := values[Timer](raw)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", timersFile, err)
	}
	for n, t := range all {
		switch {
		case t.Name == "" || len(t.Name) > in.limits.Key || t.At.IsZero():
			return nil, fmt.Errorf("%s, timer %d: it needs a name and a time", timersFile, n+1)
		case n > 0 && all[n-1].Name >= t.Name:
			return nil, fmt.Errorf("%s, timer %d, %s: it is there twice, or not in order", timersFile, n+1, name(t.Name))
		}
	}
	return all, nil
}

// file unpacks one file, and no more than is left.
func (in *reading) file(path string) ([]byte, error) {
	f := in.files[path]
	if f == nil {
		return nil, fmt.Errorf("%s is missing: it is no archive of secadvisor, or not a whole one", path)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be unpacked: %w", name(path), err)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, in.left+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be unpacked: %w", name(path), err)
	}
	if in.left -= int64(len(raw)); in.left < 0 {
		return nil, fmt.Errorf("it unpacks to more than %d MB", mostBytes>>20)
	}
	return raw, nil
}

// values reads a JSON array.
func values[T any](raw []byte) (all []T, err error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if open, err := dec.Token(); err != nil || open != json.Delim('[') {
		return nil, errors.New("it is no list")
	}
	for dec.More() {
		var v T
		if err := dec.Decode(&v); err != nil {
			return nil, fmt.Errorf("value %d: %w", len(all)+1, bot.Unquoted(err))
		}
		if all = append(all, v); len(all) > mostEntries {
			return nil, fmt.Errorf("it has more than %d values", mostEntries)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, errors.New("it ends too early")
	}
	return all, nil
}

// name is a text of the archive in a message: short, on one line.
func name(text string) string { return fmt.Sprintf("%.80q", text) }
