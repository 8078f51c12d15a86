package redis_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// onDisk counts where the files of a server have a text.
func onDisk(t *testing.T, server *redistest.Server, text string) (n int) {
	t.Helper()
	client := server.Client()
	defer client.Close()
	told, err := client.ConfigGet(t.Context(), "dir").Result()
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(told["dir"], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		n += bytes.Count(raw, []byte(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func erasedFrom(t *testing.T, url string, servers []*redistest.Server) {
	t.Helper()
	s := open(t, url)
	for _, tenant := range []string{"slack.MALLORY", "slack.ALICE"} {
		for i := range 20 {
			_, err := s.Apply(t.Context(), tenant, storage.Change{
				Put:  []storage.Write{{Key: fmt.Sprintf("%s/%d", tenant, i), Body: []byte(strings.Repeat("told by "+tenant+" ", 20))}},
				Jobs: []storage.Job{{ID: fmt.Sprint(i), Lane: "lane", Body: []byte("told by " + tenant)}},
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Erase(t.Context(), "slack.MALLORY"); err != nil {
		t.Fatal(err)
	}
	total := func(text string) (n int) {
		for _, server := range servers {
			n += onDisk(t, server, text)
		}
		return n
	}
	if total("told by slack.MALLORY") == 0 {
		t.Fatal("the disk keeps nothing of what was erased even so: the test shows nothing")
	}
	if err := s.Rewrite(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := total("told by slack.MALLORY"); n != 0 {
		t.Errorf("the erased tenant can still be read in %d places", n)
	}
	servers[0].Restart() // what it wrote anew is what it reads
	docs, _, err := s.List(t.Context(), "slack.ALICE", "", "", 100)
	if err != nil || len(docs) != 20 {
		t.Errorf("the other tenant has %d documents, %v", len(docs), err)
	}
}

func TestNothingReadableIsLeftAfterRewrite(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	client := server.Client()
	defer client.Close()
	if err := client.ConfigSet(t.Context(), "save", "1 1").Err(); err != nil { // snapshots too
		t.Fatal(err)
	}
	erasedFrom(t, server.URL(), []*redistest.Server{server})
}

func TestNothingReadableIsLeftOnAClusterAfterRewrite(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t)
	erasedFrom(t, cluster.URL(), append(append([]*redistest.Server{}, cluster.Primaries...), cluster.Replicas...))
}
