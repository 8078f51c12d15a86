package archive_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
	"secadvisor/flows/archive"
	"secadvisor/flows/company"
)

var (
	made   = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	limits = archive.Limits{Key: 40, Body: 2000}
	kinds  = archive.Kinds{
		archive.Single("roles", bot.RolesDoc, bot.RolesID, "who is an owner"),
		archive.Single("code", company.Codes, company.CodeID, "the code that makes an owner").StaysBehind("it is a secret, and works for a day"),
		archive.Many("schedules", company.Schedules, "what is reminded of"),
		archive.Plain("audit", "audit", "who did what").For(time.Hour),
	}
)

// ours is an archive with a document of an old version, one that ends, and one
// that stays behind.
func ours() archive.Archive {
	return archive.Archive{
		Company: "slack.T1", Made: made, By: "v1",
		Docs: []archive.Doc{
			{Key: "audit/20260302T090000.000Z/1", Until: made.Add(time.Hour), Body: []byte(`{"at":"2026-03-02T09:00:00Z","by":"U1","verb":"started","object":"\u003cit\u003e"}`)},
			{Key: "company/claim", Body: []byte(`{"v":1,"d":{"hash":"c2VjcmV0"}}`)},
			{Key: "company/roles", Body: []byte(`{"v":1,"d":{"people":{}}}`)},
			{Key: "schedule/a", Body: []byte(`{"v":1,"d":{"pack":"quick-check","owner":"U1"}}`)},
			{Key: "schedule/b", Body: []byte(`{"v":2,"d":{"about":"map","owner":"U1","to":{"user":"U1"}}}`)},
		},
		Timers: []archive.Timer{{Name: "remind/a/due", At: made.Add(time.Hour)}, {Name: "remind/b/due", At: made}},
		Tables: []archive.Table{{Name: "audit.csv", What: "who did what, as a table", Body: []byte("a,b\n")}},
	}
}

func printed(t *testing.T, a archive.Archive) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := archive.Write(&b, a, kinds); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(raw []byte) (archive.Archive, error) {
	return archive.Read(bytes.NewReader(raw), int64(len(raw)), kinds, limits)
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	raw := printed(t, ours())
	if !bytes.Equal(raw, printed(t, ours())) {
		t.Error("the same data gave two archives")
	}
	got, err := read(raw)
	if err != nil {
		t.Fatal(err)
	}
	want := ours()
	want.Docs = append(want.Docs[:1], want.Docs[2:]...) // a secret stays behind
	want.Tables = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if bytes.Contains(raw, []byte("c2VjcmV0")) {
		t.Error("the secret is in it")
	}
}

func files(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestTheReadmeNamesEveryFile(t *testing.T) {
	all := files(t, printed(t, ours()))
	for name := range all {
		if name != "README.txt" && !strings.Contains(all["README.txt"], name) {
			t.Errorf("it does not tell of %s", name)
		}
	}
	for _, want := range []string{"slack.T1", "2 March 2026, 09:00 UTC", "the code that makes an owner: it is a secret", "secadvisor import FILE.zip --company slack.T1"} {
		if !strings.Contains(all["README.txt"], want) {
			t.Errorf("it does not say %q:\n%s", want, all["README.txt"])
		}
	}
	if len(all) != 7 {
		t.Errorf("there are %d files", len(all))
	}
}

func TestADocumentOfNoKindIsNotWritten(t *testing.T) {
	a := ours()
	a.Docs = append(a.Docs, archive.Doc{Key: "token/slack", Body: []byte(`{}`)})
	if err := archive.Write(io.Discard, a, kinds); err == nil || !strings.Contains(err.Error(), `does not know the document "token/slack"`) {
		t.Errorf("it says %v", err)
	}
}

// zipped makes an archive of files that somebody changed by hand.
func zipped(t testing.TB, names []string, all map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, all[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrongIsFoundBeforeAnythingIsDone(t *testing.T) {
	good := files(t, printed(t, ours()))
	names := []string{"README.txt", "manifest.json", "audit.csv", "documents/audit.json", "documents/roles.json", "documents/schedules.json", "timers.json"}
	const roles, plan = "documents/roles.json", "documents/schedules.json"
	long := strings.Repeat("x", 50)
	rows := []struct{ file, old, new, want string }{
		{"manifest.json", `"format": 1`, `"format": 2`, "newer secadvisor"},
		{"manifest.json", `"slack.T1"`, `""`, "does not say what company"},
		{"manifest.json", `"roles": 1`, `"roles": 2`, "has 1 documents, and manifest.json says 2"},
		{"manifest.json", `"timers": 2`, `"timers": 3`, "has 2 timers"},
		{"manifest.json", `{`, `[`, "manifest.json cannot be read"},
		{roles, `company/roles`, `company/claim`, "does not belong into this file"},
		{roles, `company/roles`, `run/x`, "does not belong into this file"},
		{roles, `"v":1`, `"v":9`, "written by a newer secadvisor"},
		{roles, `"people":{}`, `"people":7`, "cannot unmarshal"},
		{roles, `"stored":`, `"other":`, "no contents"},
		{roles, `]`, ``, "ends too early"},
		{roles, `[`, `7 [`, "no list"},
		{plan, `schedule/b`, `schedule/a`, "there twice, or not in order"},
		{plan, `schedule/b`, "schedule/" + long, "longer than 40 bytes"},
		{plan, `"U1"`, `"` + strings.Repeat("U", 2000) + `"`, "larger than 2000 bytes"},
		{"timers.json", `remind/a`, `zemind/a`, "not in order"},
		{"timers.json", `remind/a/due`, ``, "needs a name and a time"},
		{"timers.json", `2026-03-02T10:00:00Z`, `0001-01-01T00:00:00Z`, "needs a name and a time"},
	}
	for _, row := range rows {
		all := map[string]string{}
		for name, text := range good {
			all[name] = text
		}
		all[row.file] = strings.Replace(good[row.file], row.old, row.new, 1)
		if all[row.file] == good[row.file] {
			t.Fatalf("%s has no %q", row.file, row.old)
		}
		if _, err := read(zipped(t, names, all)); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s with %.40s: %v, want %q", row.file, row.new, err, row.want)
		}
	}
	for want, list := range map[string][]string{
		"timers.json is missing":       names[:6],
		"documents/\"roles\".json":     append(append([]string{}, names[:4]...), names[5:]...),
		"manifest.json is missing":     names[:1],
		"it has \"README.txt\" twice":  append([]string{"README.txt"}, names...),
		"of no kind that this program": append(append([]string{}, names...), "documents/tokens.json"),
		"it has 208 files":             append(append([]string{}, names...), many(201)...),
	} {
		if _, err := read(zipped(t, list, good)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := read([]byte("no archive")); err == nil || !strings.Contains(err.Error(), "not a whole archive") {
		t.Error(err)
	}
}

func many(n int) (names []string) {
	for i := range n {
		names = append(names, "more/"+strings.Repeat("x", i))
	}
	return names
}

func FuzzRead(f *testing.F) {
	good := map[string]string{"manifest.json": `{"format":1,"company":"slack.T1","documents":{"roles":1},"timers":1}`,
		"documents/roles.json": `[{"key":"company/roles","stored":{"v":1,"d":{}}}]`, "timers.json": `[{"name":"a","at":"2026-03-02T09:00:00Z"}]`}
	names := []string{"manifest.json", "documents/roles.json", "timers.json"}
	f.Add(good[names[0]], good[names[1]], good[names[2]])
	f.Add(`{"format":1,"company":"x"}`, `[]`, `[]`)
	f.Fuzz(func(t *testing.T, m, docs, timers string) {
		raw := zipped(t, names, map[string]string{names[0]: m, names[1]: docs, names[2]: timers})
		a, err := read(raw)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := archive.Write(&b, a, kinds); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := read(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a.Docs, again.Docs); diff != "" {
			t.Error(diff)
		}
	})
}
