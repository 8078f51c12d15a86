package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/storage"
	"secadvisor/storage/redis/redistest"
)

// A company that left is gone from the disk too: with Redis beside the work,
// from a file when the server starts next.

const trace = "mallory-wrote-this"

// erasedCompany leaves traces of a company, of which there are some on the disk
// for sure, and lets it be erased.
func (h *hosting) erasedCompany(onDisk func() int) {
	h.Helper()
	space := h.owned(alpha)
	h.owned(beta)
	var c storage.Change
	for i := range 500 { // more than free pages are used again for
		c.Put = append(c.Put, storage.Write{Key: fmt.Sprint(trace, "/", i), Body: []byte("x")})
	}
	if _, err := h.replicas[0].store.Apply(h.Context(), "slack."+alpha, c); err != nil {
		h.Fatal(err)
	}
	if onDisk() == 0 {
		h.Fatal("the disk keeps no trace even before: the test shows nothing")
	}
	space.Uninstall()
	h.later(month + time.Hour)
	h.until("everything is erased", func() bool { return len(h.keys(alpha)) == 0 })
}

func TestACompanyThatLeftIsClearedFromTheFileAtTheNextStart(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	onDisk := func() int {
		raw, err := os.ReadFile(strings.TrimPrefix(h.config.Storage, "file:"))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Count(string(raw), trace)
	}
	h.erasedCompany(onDisk)
	h.stop()
	if onDisk() == 0 {
		t.Fatal("the file has no trace even without being written anew: the test shows nothing")
	}
	h.start(1)
	if n := onDisk(); n != 0 {
		t.Errorf("the file still has %d traces", n)
	}
	h.answers(beta, fakeslack.Owner, "claim", "You are an owner already")
}

func TestACompanyThatLeftIsClearedFromTheDiskOfRedis(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newHosting(t, server.URL(), 2)
	client := server.Client()
	defer client.Close()
	told, err := client.ConfigGet(t.Context(), "dir").Result()
	if err != nil {
		t.Fatal(err)
	}
	onDisk := func() (n int) {
		files, err := filepath.Glob(filepath.Join(told["dir"], "appendonlydir", "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no append-only file: %v, %v", files, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil && !os.IsNotExist(err) { // it is being replaced
				t.Fatal(err)
			}
			n += strings.Count(string(raw), trace)
		}
		return n
	}
	h.erasedCompany(onDisk)
	h.until("the disk is cleared", func() bool { return onDisk() == 0 })
	h.answers(beta, fakeslack.Owner, "claim", "You are an owner already")
}

// A file that cannot be written anew is served all the same.
func TestAFileThatCannotBeClearedIsServed(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.owned(beta)
	space := h.owned(alpha)
	space.Uninstall()
	h.later(month + time.Hour)
	h.until("everything is erased", func() bool { return len(h.keys(alpha)) == 0 })
	h.stop()
	beside := strings.TrimPrefix(h.config.Storage, "file:") + ".compact"
	if err := os.MkdirAll(filepath.Join(beside, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	h.start(1)
	h.answers(beta, fakeslack.Owner, "claim", "You are an owner already")
}
