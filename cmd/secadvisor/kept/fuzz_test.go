package kept

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"secadvisor/bot"
	"secadvisor/cmd/secadvisor/installs"
	"secadvisor/flows/company"
	"secadvisor/flows/handoff"
	"secadvisor/flows/teach"
)

// FuzzDocuments reads bodies as every type of document. What can be read can be
// written, and is then read as the same.
func FuzzDocuments(f *testing.F) {
	types := []func([]byte) ([]byte, error){
		rewritten(bot.RolesDoc), rewritten(bot.AuditDoc), rewritten(installs.Installations),
		rewritten(company.Maps), rewritten(company.ContactsOf), rewritten(company.Profiles), rewritten(company.Taughts), rewritten(company.Banks),
		rewritten(company.Indexes), rewritten(company.Runs), rewritten(company.FixesOf), rewritten(company.SidesOf), rewritten(company.Interviews),
		rewritten(company.Schedules), rewritten(company.Attentions), rewritten(company.Welcomes), rewritten(company.Codes),
		rewritten(handoff.Notes), rewritten(handoff.Remindeds), rewritten(teach.Passeds),
	}
	recorded, err := filepath.Glob("../../../flows/company/testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range recorded {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, text := range []string{`{"v":1,"d":{}}`, `{"v":2,"d":{"x":[]}}`, `{"v":99,"d":{}}`, `{"v":-1}`, `{}`, `[]`, ``} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, k := range kinds() {
			if k.Check != nil {
				_ = k.Check(body) // whatever it says, it does not panic
			}
		}
		for i, again := range types {
			once, err := again(body)
			if err != nil {
				continue
			}
			if twice, err := again(once); err != nil || !bytes.Equal(once, twice) {
				t.Errorf("type %d: %q becomes %q and then %q (%v)", i, body, once, twice, err)
			}
		}
	})
}

// rewritten reads and writes a document.
func rewritten[T any](d bot.Doc[T]) func([]byte) ([]byte, error) {
	return func(body []byte) ([]byte, error) {
		v, err := d.Decode(body)
		if err != nil {
			return nil, err
		}
		return d.Encode(v)
	}
}
