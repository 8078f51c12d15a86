package doctor

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/refused"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
)

// storage opens what the configuration names, and tries it.
func (x examination) storage(ctx context.Context) []Finding {
	if path, ok := strings.CutPrefix(x.config.Storage, "file:"); ok {
		return x.fileStore(ctx, path)
	}
	return x.redisStore(ctx)
}

// fileStore looks at the file. Where there is none yet, or a server holds it,
// a trial file beside it shows that the folder and the disk do their part.
func (x examination) fileStore(ctx context.Context, path string) []Finding {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return x.beside(ctx, path, Finding{"storage", Good, path + " is not there yet: the server makes it when it starts.", ""},
			Finding{"storage.documents", Good, "Nothing is stored yet.", ""})
	case err != nil:
		return []Finding{{"storage", Failure, path + " cannot be looked at: " + refused.Cause(err) + ".", "Name a file that this user can read and write under storage."}}
	case info.IsDir():
		return []Finding{{"storage", Failure, path + " is a folder.", "Name a file under storage, such as file:" + filepath.Join(path, "secadvisor.db") + "."}}
	}
	store, err := embedded.Open(path)
	switch {
	case errors.Is(err, embedded.ErrInUse):
		return x.beside(ctx, path, Finding{"storage", Good, path + " is held by a running server, as it should be.", ""},
			Finding{"storage.documents", Good, "What is in it was not looked at: run doctor while the server is stopped for that.", ""})
	case err != nil:
		return []Finding{{"storage", Failure, path + " cannot be opened: " + refused.Cause(err) + ".", cmp.Or(stores.Advice(x.config.Storage, err), "Look whose file it is and whether it is a store of this program; else put the backup back.")}}
	}
	defer store.Close()
	found := []Finding{{"storage", Good, fmt.Sprintf("%s can be opened; %d KB.", path, info.Size()>>10), ""}}
	if who, err := config.ReadableBy(path); err == nil && who.Others {
		found[0] = Finding{"storage", Warning, "Everybody on this machine can read " + path + ": it holds your company's weak spots.", "Run chmod 600 " + path + "."}
	}
	return append(found, x.sealing(ctx, store)...)
}

// beside tries the folder of a file that is not opened, and says of its documents
// what is given.
func (x examination) beside(ctx context.Context, path string, is, documents Finding) []Finding {
	folder, err := os.MkdirTemp(filepath.Dir(path), ".secadvisor-trial-")
	if err != nil {
		return []Finding{{"storage", Failure, "Nothing can be written beside " + path + ": " + refused.Cause(err) + ".", "Make the folder, and let the user who runs the server write there."}}
	}
	defer os.RemoveAll(folder)
	store, err := embedded.Open(filepath.Join(folder, "trial.db"))
	if err != nil {
		return []Finding{{"storage", Failure, "A trial file beside " + path + " cannot be opened: " + refused.Cause(err) + ".", "Look whether the disk is full, and whether it is a network disk that cannot lock files."}}
	}
	defer store.Close()
	found := []Finding{is}
	for _, f := range x.sealing(ctx, store) { // the trial file's, but for the keys that are configured
		if f.Check == "storage.documents" {
			f = documents
		}
		if f.Check == "keys" && f.State == Good {
			f.Says = strings.Replace(f.Says, "Everything is", "What is written is", 1)
		}
		found = append(found, f)
	}
	return found
}

// redisStore opens Redis, which checks its version and settings.
func (x examination) redisStore(ctx context.Context) []Finding {
	missing := x.rights(ctx)
	if slices.ContainsFunc(missing, func(f Finding) bool { return f.State == Failure }) {
		return missing
	}
	heard := &warnings{}
	store, err := redis.Open(ctx, x.config.Storage, redis.WaitReplicas(x.config.Replicas), redis.Log(slog.New(heard)))
	if err != nil {
		return []Finding{{"storage", Failure, strings.Trim(strings.TrimPrefix(err.Error(), "storage/redis: "), ".") + ".", cmp.Or(stores.Advice(x.config.Storage, err), "Its address stands under storage.")}}
	}
	defer store.Close()
	found := append(missing, heard.findings()...)
	servers, err := store.Servers(ctx)
	if err != nil {
		found = append(found, Finding{"storage", Warning, "Redis opens, but does not tell of itself: " + refused.Cause(err) + ".", "Let its user run INFO."})
	}
	for _, one := range servers {
		found = append(found, x.server(one))
	}
	return append(found, x.sealing(ctx, store)...)
}

// nearlyFull is when memory deserves a look: a store that evicts nothing
// takes nothing more when it is full.
const nearlyFull = 0.8

func (x examination) server(one redis.Server) Finding {
	f := Finding{"storage", Good, fmt.Sprintf("Redis %s at %s keeps what it is given, and uses %d MB.", one.Version, one.Address, one.Used>>20), ""}
	switch {
	case one.Limit > 0 && float64(one.Used) > nearlyFull*float64(one.Limit):
		f.State, f.Says = Warning, fmt.Sprintf("Redis at %s uses %d of the %d MB that it may.", one.Address, one.Used>>20, one.Limit>>20)
		f.Mend = "Raise maxmemory: when it is full, nothing more is taken."
	case one.Fsync == "no":
		f.State, f.Says = Warning, "Redis at "+one.Address+" leaves it to the machine when to write to disk: a power cut loses half a minute."
		f.Mend = "Run CONFIG SET appendfsync everysec and CONFIG REWRITE; or always, to lose nothing."
	case one.Replicas > 0 && x.config.Replicas == 0 && !strings.Contains(x.config.Storage, "wait_replicas="):
		f.State, f.Says = Warning, fmt.Sprintf("Redis at %s has %d replica(s), but nothing waits for them: a failover loses what came in just before.", one.Address, one.Replicas)
		f.Mend = "Set wait_replicas: 1."
	}
	return f
}

// warnings keeps what a store warns of as it is opened.
type warnings struct {
	slog.Handler
	mu  sync.Mutex
	all []string
}

func (*warnings) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }

// Handle keeps the message and its attributes, which hold no secret.
func (w *warnings) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += ", " + a.Key + " " + a.Value.String()
		return true
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, text)
	return nil
}

func (w *warnings) findings() (found []Finding) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, text := range w.all {
		found = append(found, Finding{"storage", Warning, text + ".", "Make sure of it where Redis is run, or let its user run CONFIG GET."})
	}
	return found
}

// trialTenant is a company that is there while a trial lasts.
const trialTenant = "doctor"

// attempt writes a document, reads it back and removes it.
func attempt(ctx context.Context, store storage.Store) Finding {
	begun := time.Now()
	var err error
	for range 3 { // another doctor may be tidying up at this moment
		if err = writeAndRead(ctx, store); !errors.Is(err, storage.ErrErased) && !errors.Is(err, errGone) {
			break
		}
	}
	if err != nil {
		return Finding{"storage.trial", Failure, "Writing and reading back did not work: " + err.Error() + ".", "Look at the disk or at Redis, and at the rights of the user that the server is."}
	}
	return Finding{"storage.trial", Good, fmt.Sprintf("A document was written, read back and removed in %d ms.", time.Since(begun).Milliseconds()), ""}
}

var errGone = errors.New("what was written was not there")

func writeAndRead(ctx context.Context, store storage.Store) error {
	key, body := "trial/"+rand.Text(), []byte(rand.Text())
	done, err := store.Apply(ctx, trialTenant, storage.Change{Install: true, Put: []storage.Write{{Key: key, Body: body, TTL: time.Minute}}})
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	docs, err := store.Get(ctx, trialTenant, key)
	switch {
	case err != nil:
		return fmt.Errorf("read: %w", err)
	case docs[0].Version == 0:
		return errGone
	case !bytes.Equal(docs[0].Body, body):
		return errors.New("what was read is not what was written")
	}
	if _, err := store.Apply(ctx, trialTenant, storage.Change{Put: []storage.Write{{Key: key, Version: done.Versions[0]}}}); err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	if err := store.Erase(ctx, trialTenant); err != nil {
		return fmt.Errorf("tidy up: %w", err)
	}
	return nil
}
