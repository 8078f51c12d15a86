package kept

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis/redistest"
)

// spoil changes what is stored of some documents, past all that would notice.
func spoil(k commandtest.Kept, how func(body []byte) []byte, keys ...string) {
	k.Helper()
	store, err := embedded.Open(k.Path)
	if err != nil {
		k.Fatal(err)
	}
	docs, err := store.Get(k.Context(), play.Tenant, keys...)
	var puts []storage.Write
	for _, d := range docs {
		puts = append(puts, storage.Write{Key: d.Key, Version: d.Version, Body: how(d.Body)})
	}
	if err == nil {
		_, err = store.Apply(k.Context(), play.Tenant, storage.Change{Put: puts})
	}
	if err := errors.Join(err, store.Close()); err != nil {
		k.Fatal(err)
	}
}

func cutOff(body []byte) []byte { return bytes.Clone(body[:len(body)-2]) }

func firstOf(k commandtest.Kept, prefix string) string {
	k.Helper()
	for _, d := range allOf(k).docs {
		if strings.HasPrefix(d.Key, prefix) {
			return d.Key
		}
	}
	k.Fatalf("nothing begins with %s", prefix)
	return ""
}

// What cannot be read is named and left out, sealed or not; all else is in the
// archive, and the archive can be imported.
func TestADamagedCompanyIsExportedAsFarAsItCanBeRead(t *testing.T) {
	t.Parallel()
	for name, kept := range map[string]func(*testing.T) commandtest.Kept{"plain": commandtest.Lived, "sealed": commandtest.Sealed} {
		k := kept(t)
		whole := exportOf(k)
		lost := []string{company.Maps.Key(company.MapID), firstOf(k, "audit/"), firstOf(k, "schedule/")}
		slices.Sort(lost)
		spoil(k, cutOff, lost...)
		path := filepath.Join(t.TempDir(), "rest.zip")
		err := Export{k.Place(), path}.Run(t.Context(), &strings.Builder{})
		if err == nil || !strings.Contains(err.Error(), "is written, but it is not whole: 3 documents cannot be read") {
			t.Fatalf("%s: %v", name, err)
		}
		for _, key := range lost {
			if !strings.Contains(err.Error(), "\n  "+key+": ") {
				t.Errorf("%s: %s is not named: %v", name, key, err)
			}
		}
		all, rest := commandtest.Contents(t, whole), commandtest.Contents(t, path)
		for file, want := range all {
			lines := strings.Split(want, "\n")
			lines = slices.DeleteFunc(lines, func(line string) bool {
				return slices.ContainsFunc(lost, func(key string) bool { return strings.Contains(line, `"key":"`+key+`"`) })
			})
			is := file == "audit.csv" || file == "people.csv" || file == "documents/map.json" // made of what is lost
			if diff := cmp.Diff(lines, strings.Split(rest[file], "\n")); diff != "" && !is {
				t.Errorf("%s: %s (-before +after):\n%s", name, file, diff)
			}
		}
		fresh := k.In("file:" + filepath.Join(t.TempDir(), "fresh.db"))
		if out := commandtest.Did(t, Import{path, fresh.Place()}.Run); !strings.Contains(out, "3 documents could not be read. Its README.txt names them") {
			t.Errorf("%s: the import does not say what is missing:\n%s", name, out)
		}
		var log strings.Builder
		if err := (Audit{k.Place(), "text"}).Run(t.Context(), &log); err == nil || !strings.Contains(err.Error(), "1 line of it cannot be read") || strings.Count(log.String(), "\n") < 10 {
			t.Errorf("%s: the log: %v\n%s", name, err, log.String())
		}
	}
}

// A person can be taken out of what can be read. What lies where only their own
// lies goes unread, and the rest is named.
func TestAPersonIsErasedFromADamagedCompany(t *testing.T) {
	t.Parallel()
	for name, kept := range map[string]func(*testing.T) commandtest.Kept{"plain": commandtest.Lived, "sealed": commandtest.Sealed} {
		k := kept(t)
		own := "sent/direct/" + commandtest.Robin
		run := firstOf(k, "run/")
		if name == "plain" {
			plant(k, own, `{}`)
			spoil(k, cutOff, own)
		}
		spoil(k, cutOff, run)
		e := eraseOf(k, commandtest.Robin)
		out := commandtest.Did(t, e.Run)
		for _, want := range []string{"1 document that cannot be read any more, so that nobody can tell whether the person is in it (" + run + ")", "no document of the company that can be read holds the person"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: it does not say %q:\n%s", name, want, out)
			}
		}
		for _, d := range allOf(k).docs {
			if strings.Contains(d.Key, commandtest.Robin) || strings.Contains(string(d.Body), commandtest.Robin) && d.Key != run {
				t.Errorf("%s: %s still has them: %s", name, d.Key, d.Body)
			}
		}
	}
}

func TestADamagedCompanyIsErased(t *testing.T) {
	t.Parallel()
	t.Run("file", func(t *testing.T) {
		k := commandtest.Sealed(t)
		var keys []string
		for _, d := range allOf(k).docs {
			keys = append(keys, d.Key)
		}
		spoil(k, func(body []byte) []byte { return body[:3] }, append(keys, "sealed/keys")...)
		e := eraseOf(k, "")
		commandtest.Did(t, e.Run)
		if r := receiptOf(t, e); r.Documents["runs"] == 0 || r.Checked != "nothing of the company is in the store" {
			t.Errorf("%+v", r)
		}
	})
	// In Redis something else may have written over what leads to the documents,
	// or over whether there is a company at all.
	t.Run("redis", func(t *testing.T) {
		k := commandtest.Lived(t)
		path := exportOf(k)
		for name, damage := range map[string][]any{
			"index": {"set", "index", "private"}, "state": {"hset", "tenants", play.Tenant, "private"},
		} {
			server := redistest.Start(t)
			in := k.In(server.URL())
			commandtest.Did(t, Import{path, in.Place()}.Run)
			client := server.Client()
			defer client.Close()
			keys, _, err := client.Scan(t.Context(), 0, "secadvisor{*}:"+damage[1].(string)+"*", 10_000).Result()
			if err != nil || len(keys) != 1 {
				t.Fatal(keys, err)
			}
			damage[1] = keys[0]
			if err := client.Do(t.Context(), damage...).Err(); err != nil {
				t.Fatal(err)
			}
			e := eraseOf(in, "")
			e.Receipt += name
			out := commandtest.Did(t, e.Run)
			r := receiptOf(t, e)
			if (r.Uncounted != "") != (name == "index") || r.Uncounted != "" && !strings.Contains(out, "cannot be counted, and goes all the same") || strings.Contains(out, "private") {
				t.Errorf("%s: %+v\n%s", name, r, out)
			}
			if left, _ := client.Keys(t.Context(), "secadvisor{*play*").Result(); len(left) > 0 {
				t.Errorf("%s: left are %q", name, left)
			}
		}
	})
}
