package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/schedule"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
	"secadvisor/storage/redis"
	"secadvisor/storage/redis/redistest"
)

var schedules = flag.Int("schedules", 1_000_000, "schedules that lie in the store while BenchmarkReminders counts")

const (
	eachHas  = 10   // schedules of one company
	dueAtOne = 1000 // schedules that are due in one tick, each of another company
)

// BenchmarkReminders is a bot with a million schedules. In a tick a thousand
// of them are due: each is claimed and fired, its card is handed to a platform
// that takes it at once, and its next date is set. It says what a schedule
// takes, the document and its timer together.
func BenchmarkReminders(b *testing.B) {
	b.Run("redis", func(b *testing.B) {
		server := redistest.Start(b)
		store, err := redis.Open(b.Context(), server.URL())
		if err != nil {
			b.Fatal(err)
		}
		benchReminders(b, store, server.Size)
	})
	b.Run("file", func(b *testing.B) {
		path := filepath.Join(b.TempDir(), "remind.db")
		store, err := embedded.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		benchReminders(b, store, func() (memory, disk int64, err error) {
			info, err := os.Stat(path)
			if err != nil {
				return 0, 0, err
			}
			return 0, info.Size(), nil
		})
	})
}

func benchReminders(b *testing.B, store storage.Store, size func() (memory, disk int64, err error)) {
	defer store.Close()
	memory, disk, err := size()
	setSchedules(b, store, *schedules/eachHas, time.Now().AddDate(0, 1, 0))
	memoryNow, diskNow, err2 := size()
	if err := errors.Join(err, err2); err != nil {
		b.Fatal(err)
	}
	each := func(bytes int64) float64 { return float64(bytes) / float64(*schedules) }

	b.Run("idle tick", func(b *testing.B) {
		for b.Loop() {
			if claims, err := store.Claim(b.Context(), workers, time.Minute); err != nil || len(claims) > 0 {
				b.Fatalf("claimed %d, %v", len(claims), err)
			}
		}
		b.ReportMetric(each(memoryNow-memory), "B-memory/schedule")
		b.ReportMetric(each(diskNow-disk), "B-disk/schedule")
	})

	wall := &blankWall{}
	stop := runReminders(b, store, wall)
	defer stop()
	b.Run("1000 due", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			due := time.Now().Add(3 * time.Second)
			setSchedules(b, store, min(dueAtOne, *schedules/eachHas), due)
			wall.left.Store(dueAtOne)
			time.Sleep(time.Until(due))
			b.StartTimer()
			for wall.left.Load() > 0 {
				time.Sleep(100 * time.Microsecond)
			}
		}
		b.ReportMetric(float64(dueAtOne*b.N)/b.Elapsed().Seconds(), "reminders/s")
	})
}

// setSchedules gives companies their schedules. In what it writes the first of
// each company is due at a time; the others are a month later.
func setSchedules(b *testing.B, store storage.Store, companies int, due time.Time) {
	b.Helper()
	next := make(chan int)
	var setters sync.WaitGroup
	for range 64 {
		setters.Go(func() {
			for i := range next {
				if err := setSchedulesOf(b.Context(), store, fmt.Sprintf("slack.T%06d", i), due); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for i := range companies {
		next <- i
	}
	close(next)
	setters.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

func setSchedulesOf(ctx context.Context, store storage.Store, tenant string, due time.Time) error {
	ids := []string{"restore-test"}
	for i := 1; i < eachHas; i++ {
		ids = append(ids, fmt.Sprintf("custom.abcdefghij%02d", i))
	}
	var keys []string
	for _, id := range ids {
		keys = append(keys, company.Schedules.Key(id))
	}
	docs, err := store.Get(ctx, tenant, keys...)
	if err != nil {
		return err
	}
	var c storage.Change
	for i, id := range ids {
		s := company.Schedule{About: company.OfRestore, Owner: "U012OLGA", By: "Olga", To: bot.To("U012ROBIN"), Name: "Robin", Due: due,
			Rule: schedule.Rule{Every: 3, Unit: schedule.Months, Start: "2026-03-02", At: "09:00", Zone: "Europe/London", Workday: true}}
		if i > 0 {
			s.About, s.Text, s.Due = company.OfCustom, "ask our IT provider about the firewall", due.AddDate(0, 1, 0)
		}
		body, err := company.Schedules.Encode(s)
		if err != nil {
			return err
		}
		c.Put = append(c.Put, storage.Write{Key: docs[i].Key, Version: docs[i].Version, Body: body})
		c.Timers = append(c.Timers, storage.Timer{Name: "remind/" + id + "/due", At: s.Due})
	}
	_, err = store.Apply(ctx, tenant, c)
	return err
}

// runReminders runs the engine of the bot until it is stopped. Its clock shows
// noon of a working day, so that people are at work.
func runReminders(b *testing.B, store storage.Store, wall bot.Platform) (stop func()) {
	lib, matcher, err := knowledge.Load(content.Settings{})
	if err != nil {
		b.Fatal(err)
	}
	ahead := toNoon(1)
	g, err := engine.New(engine.Config{
		Store:    store,
		Flows:    flows.All(lib, matcher, func(string) []string { return []string{"U012OLGA"} }),
		Platform: func(string) (bot.Platform, bool) { return wall, true },
		Now:      func() time.Time { return time.Now().Add(ahead) },
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
		Workers:  workers,
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := g.Run(ctx); err != nil {
			b.Error(err)
		}
	})
	return func() { cancel(); running.Wait() }
}

// blankWall is a platform that takes everything, and counts the cards.
type blankWall struct{ left atomic.Int64 }

func (w *blankWall) Deliver(context.Context, bot.Post) (string, error) {
	w.left.Add(-1)
	return "a place", nil
}
