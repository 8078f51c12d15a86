package doctor

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/sealed"
)

// What cannot be read any more is named by its company and key, and what was in
// it is not told.
func TestDoctorNamesWhatIsDamaged(t *testing.T) {
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	p := healthy(t, commandtest.Workspace(t))
	p.Lines[2] = "storage: " + server.URL()
	store := sealedRedis(t, server)
	for n := range 4 {
		var puts []storage.Write
		for _, key := range []string{"one", "two", "three"} {
			puts = append(puts, storage.Write{Key: key, Body: []byte("a secret matter")})
		}
		if _, err := store.Apply(t.Context(), fmt.Sprint("slack.T", n), storage.Change{Put: puts}); err != nil {
			t.Fatal(err)
		}
	}
	finds(t, p.examined(), "storage.documents", Good, "12 documents can be read.")

	key := func(tenant, kind, rest string) string {
		found, _, err := client.Scan(t.Context(), 0, "secadvisor{*}:"+kind+":??"+tenant+rest, 10_000).Result()
		if err != nil || len(found) != 1 {
			t.Fatalf("%s of %s: %q, %v", kind, tenant, found, err)
		}
		return found[0]
	}
	spoil := func(key, value string) { client.Del(t.Context(), key); client.Set(t.Context(), key, value, 0) }
	spoil(key("slack.T0", "doc", "one"), "cut")
	whole, _ := client.Get(t.Context(), key("slack.T1", "doc", "two")).Result()
	spoil(key("slack.T1", "doc", "two"), whole[:len(whole)-1]+"\x00")
	spoil(key("slack.T2", "index", ""), "private matter")
	listed := key("slack.T1", "doc", "three")
	client.Del(t.Context(), listed)
	client.RPush(t.Context(), listed, "private matter")
	d := p.examined()
	for _, want := range []string{"slack.T0 one (what the storage keeps there is damaged", "slack.T1 two (it was changed", "slack.T1 three (the key ", `slack.T2: storage/redis: list: the key "secadvisor{`, "Everything else works."} {
		finds(t, d, "storage.documents", Failure, want)
	}
	for _, f := range d.Checks {
		if strings.Contains(f.Says+f.Mend, "matter") {
			t.Errorf("it tells what is stored: %+v", f)
		}
	}
	finds(t, d, "storage.trial", Good, "removed")
	finds(t, d, "keys", Good, "Everything is sealed")
}

func sealedRedis(t *testing.T, server *redistest.Server) *sealed.Store {
	t.Helper()
	store, err := redis.Open(context.Background(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	master, err := sealed.ParseKeys(commandtest.Key)
	if err != nil {
		t.Fatal(err)
	}
	return sealed.New(store, master)
}
