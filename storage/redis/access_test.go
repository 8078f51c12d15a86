package redis_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"secadvisor/storage"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
	"secadvisor/storage/storagetest"
)

// documented is the user that deploy/OPERATING.md gives the bot.
func documented(t *testing.T) (rule []string, commands []string) {
	t.Helper()
	raw, err := os.ReadFile("../../deploy/OPERATING.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?s)ACL SETUSER (secadvisor .*?)\n` + "```").FindSubmatch(raw)
	if found == nil {
		t.Fatal("OPERATING.md names no user")
	}
	rule = strings.Fields(strings.ReplaceAll(string(found[1]), "\\\n", " "))
	for _, word := range rule {
		if command, ok := strings.CutPrefix(word, "+"); ok {
			commands = append(commands, command)
		}
	}
	return rule, commands
}

// The suite, over TLS, as a user who may do exactly what OPERATING.md says.
func TestOverTLSAsAUserWithFewRights(t *testing.T) {
	server := redistest.StartTLS(t)
	admin := server.Client()
	defer admin.Close()
	rule, commands := documented(t)
	set := []any{"acl", "setuser"}
	for _, word := range rule {
		set = append(set, word)
	}
	if err := admin.Do(t.Context(), set...).Err(); err != nil {
		t.Fatalf("%v: %v", rule, err)
	}
	if err := admin.Do(t.Context(), "acl", "setuser", "default", "resetpass", "off").Err(); err != nil { // this connection stays
		t.Log(err)
	}
	as := func(password string) string {
		return strings.Replace(server.URL(), "://", "://secadvisor:"+password+"@", 1)
	}
	var cases atomic.Int32
	t.Run("suite", func(t *testing.T) {
		storagetest.Run(t, storagetest.Opener{
			Fresh: func(testing.TB) string {
				return fmt.Sprintf("%s&prefix=secadvisor-case%d", as("A-LONG-PASSWORD"), cases.Add(1))
			},
			Open: func(where string, offset func() time.Duration) (storage.Store, error) {
				return redis.Open(context.Background(), where, redis.ClockOffset(offset))
			},
			Shared: true,
		})
	})
	s := open(t, as("A-LONG-PASSWORD"), redis.WaitReplicas(0))
	if _, err := s.Servers(t.Context()); err != nil {
		t.Errorf("doctor: %v", err)
	}
	if err := s.Rewrite(t.Context()); err != nil {
		t.Errorf("erase: %v", err)
	}
	spoilt(t, s, admin)
	if store, err := redis.Open(t.Context(), as("A-LONG-PASSWORD")+"&prefix=other"); err == nil {
		store.Close()
		t.Error("the keys of others can be written")
	}
	if store, err := redis.Open(t.Context(), as("wrong")); err == nil || strings.Contains(err.Error(), "wrong") && !strings.Contains(err.Error(), "WRONGPASS") {
		_ = store
		t.Errorf("a wrong password: %v", err)
	}
	if _, err := redis.Open(t.Context(), strings.SplitN(as("A-LONG-PASSWORD"), "?", 2)[0]); err == nil || !strings.Contains(err.Error(), "x509") {
		t.Errorf("an authority that nobody knows is believed: %v", err)
	}
	if _, err := redis.Open(t.Context(), strings.Replace(as("A-LONG-PASSWORD"), "rediss", "redis", 1)); err == nil {
		t.Error("it goes without TLS")
	}
	stats, err := admin.Info(t.Context(), "commandstats").Result()
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range commands {
		if sometimes := map[string]bool{"wait": true, "bgsave": true, "eval": true}; !sometimes[command] && !strings.Contains(stats, "cmdstat_"+command+":") {
			t.Errorf("OPERATING.md allows %s, and nothing uses it", command)
		}
	}
}

// spoilt has something else write into the keys of companies: they can still be
// listed, and erased.
func spoilt(t *testing.T, s *redis.Store, admin *goredis.Client) {
	t.Helper()
	if _, err := s.Apply(t.Context(), "acme", storage.Change{Put: []storage.Write{{Key: "a", Body: []byte("x")}}}); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{":names", ":index:*"} {
		for _, key := range keys(t, admin, "secadvisor{*}"+end) {
			if err := errors.Join(admin.Del(t.Context(), key).Err(), admin.Set(t.Context(), key, "x", 0).Err()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if all, _, err := s.Tenants(t.Context(), "", 10); err != nil || !slices.Contains(all, "acme") {
		t.Errorf("the companies are %q, %v", all, err)
	}
	if _, _, err := s.List(t.Context(), "acme", "", "", 10); !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), "index") {
		t.Errorf("what is damaged: %v", err)
	}
	for _, key := range keys(t, admin, "secadvisor{*}:names") {
		admin.Del(t.Context(), key)
	}
	if err := s.Erase(t.Context(), "acme"); err != nil {
		t.Error(err)
	}
}

// The same user, with the one command more that OPERATING.md names, in a cluster.
func TestAClusterAsAUserWithFewRights(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t)
	rule, _ := documented(t)
	set := []any{"acl", "setuser"}
	for _, word := range append(rule, "+cluster|slots") {
		set = append(set, word)
	}
	for _, server := range append(append([]*redistest.Server{}, cluster.Primaries...), cluster.Replicas...) {
		client := server.Client()
		if err := client.Do(t.Context(), set...).Err(); err != nil {
			t.Fatal(err)
		}
		client.Close()
	}
	s := open(t, strings.Replace(cluster.URL(), "://", "://secadvisor:A-LONG-PASSWORD@", 1), redis.WaitReplicas(1))
	for i := range 20 {
		if _, err := s.Apply(t.Context(), fmt.Sprint("tenant ", i), event("1")); err != nil {
			t.Fatal(err)
		}
	}
	if claims, err := s.Claim(t.Context(), 100, time.Minute); err != nil || len(claims) != 0 {
		t.Errorf("claimed %v, %v", claims, err)
	}
	if names, _, err := s.Tenants(t.Context(), "", 100); err != nil || len(names) != 20 {
		t.Errorf("tenants %v, %v", names, err)
	}
	if err := s.Erase(t.Context(), "tenant 1"); err != nil {
		t.Error(err)
	}
	if err := s.Rewrite(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTheFileOfAnAuthorityIsLookedAt(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"rediss://secret@h?ca_file=" + empty + ".none": "no such file", "rediss://secret@h?ca_file=" + empty: "must be PEM", "redis://h?ca_file=" + empty: "",
	} {
		if _, err := redis.Open(t.Context(), address); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
