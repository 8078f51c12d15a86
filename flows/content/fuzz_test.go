package content

import (
	"io/fs"
	"regexp"
	"testing"
	"testing/fstest"
)

// fuzzed is how many bytes of a file are tried at most: more shows nothing new,
// and takes its time.
const fuzzed = 8 << 10

// named is how an error about a file begins.
var named = regexp.MustCompile(`^(topics|assessments|explain|interview|words)[/\w-]*\.yaml:(\d+:)? ?\S`)

// An installation's own files are written by hand: whatever stands in one, it is
// taken, or refused by the file's name, and nothing panics.
func FuzzContent(f *testing.F) {
	kinds := []struct {
		name string
		load func(*Library, fs.FS) error
	}{
		{"topics/software-install.yaml", (*Library).loadTopics},
		{"assessments/questions/mail-filter.yaml", (*Library).loadAssessments},
		{"assessments/quick-check.yaml", (*Library).loadAssessments},
		{"explain/start.yaml", (*Library).loadPages},
		{interviewFile, (*Library).loadInterview},
		{wordsFile, (*Library).loadWords},
	}
	for i, kind := range kinds {
		raw, err := files.ReadFile(kind.name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), string(raw))
	}
	f.Add(uint8(0), "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nid: *c\n")
	f.Add(uint8(2), "? {[\n: -")
	f.Add(uint8(2), "not_asked:\n  ! the windows\n")
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		if len(text) > fuzzed {
			return
		}
		kind := kinds[int(which)%len(kinds)]
		lib := &Library{Settings: Settings{Command: "/sec", Growing: usualGrowing}}
		err := kind.load(lib, fstest.MapFS{kind.name: {Data: []byte(text)}})
		if err != nil && !named.MatchString(err.Error()) {
			t.Errorf("%q is refused with %q, which names no file", text, err)
		}
	})
}
