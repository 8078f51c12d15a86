// Package metrics counts and times what the bot does, and tells it to
// Prometheus on an address of its own.
package metrics

import (
	"context"
	"net"
	"net/http"
	"net/http/pprof"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"

	"secadvisor/bot"
	"secadvisor/flows/match"
	"secadvisor/storage"
)

// Metrics counts what the bot does. No label holds a text, a name or a company.
type Metrics struct {
	registry  *prometheus.Registry
	turns     *prometheus.HistogramVec
	conflicts *prometheus.CounterVec
	posts     *prometheus.HistogramVec
	queued    *prometheus.CounterVec
	settled   *prometheus.CounterVec
	age       *prometheus.HistogramVec
	dead      *prometheus.CounterVec
	matched   *prometheus.CounterVec
	store     *prometheus.HistogramVec
	away      *prometheus.CounterVec
}

// quick are bounds in seconds, for what takes milliseconds; slow for what
// takes a network; long for what waits its turn, up to a day.
var (
	quick = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}
	slow  = []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	long  = []float64{.1, .5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600}
)

// New has figures of its own, all at nought.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "secadvisor_turn_seconds", Help: "Time from an event to its acknowledgement.", Buckets: quick,
		}, []string{"platform", "flow", "kind", "how"}),
		conflicts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secadvisor_turn_conflicts_total", Help: "Turns stepped anew because a document changed meanwhile.",
		}, []string{"flow"}),
		posts: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "secadvisor_delivery_seconds", Help: "Time of one attempt to deliver a post, by what came of it.", Buckets: slow,
		}, []string{"platform", "result"}),
		queued: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secadvisor_posts_queued_total", Help: "Posts put into the outbox. Less secadvisor_posts_settled_total, over all replicas, it tells how much the outbox has grown; compare increases, since both begin anew with the process.",
		}, []string{"platform"}),
		settled: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secadvisor_posts_settled_total", Help: "Posts that left the outbox: delivered, dead, or dropped with a company that was erased.",
		}, []string{"platform", "how"}),
		age: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "secadvisor_post_age_seconds", Help: "How long a post had been in the outbox when it left it (delivered, dead, dropped) or was put off again: to be retried (retry), because the platform said when (told), to keep the platform's pace (pace), or the company's share of the workers (share).", Buckets: long,
		}, []string{"platform", "at"}),
		dead: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secadvisor_dead_total", Help: "Posts, jobs and steps that can never be done.",
		}, []string{"what"}),
		matched: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secadvisor_matched_total", Help: "Looks for the topic of a text, by what came of them.",
		}, []string{"outcome"}),
		store: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "secadvisor_storage_seconds", Help: "Time of a call to the storage.", Buckets: quick,
		}, []string{"call", "result"}),
		away: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "secadvisor_turned_away_total", Help: "Visitors turned away at the door: a connection too many from one address, a signature that fails, a sender of many of these slowed.",
		}, []string{"what"}),
	}
	m.registry.MustRegister(m.turns, m.conflicts, m.posts, m.queued, m.settled, m.age, m.dead, m.matched, m.store, m.away,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func platformOf(tenant string) string {
	platform, _, _ := strings.Cut(tenant, ".")
	return platform
}

// Turn and its kin are what the engine tells. See engine.Watch.
func (m *Metrics) Turn(tenant, flow string, kind bot.Kind, how string, took time.Duration) {
	m.turns.WithLabelValues(platformOf(tenant), flow, string(kind), how).Observe(took.Seconds())
}

func (m *Metrics) Conflict(flow string) { m.conflicts.WithLabelValues(flow).Inc() }

func (m *Metrics) Delivery(tenant, result string, took time.Duration) {
	m.posts.WithLabelValues(platformOf(tenant), result).Observe(took.Seconds())
}

func (m *Metrics) Queued(tenant string, posts int) {
	m.queued.WithLabelValues(platformOf(tenant)).Add(float64(posts))
}

func (m *Metrics) Settled(tenant, how string, age time.Duration) {
	m.settled.WithLabelValues(platformOf(tenant), how).Inc()
	m.aged(tenant, how, age)
}

func (m *Metrics) PutOff(tenant, why string, age time.Duration) { m.aged(tenant, why, age) }

func (m *Metrics) aged(tenant, at string, age time.Duration) {
	if age >= 0 {
		m.age.WithLabelValues(platformOf(tenant), at).Observe(age.Seconds())
	}
}

func (m *Metrics) Dead(what string) { m.dead.WithLabelValues(what).Inc() }

// TurnedAway counts whom the door keeps out. See front.Watch.
func (m *Metrics) TurnedAway(what string) { m.away.WithLabelValues(what).Inc() }

// Found counts what the matcher finds.
func (m *Metrics) Found(o match.Outcome) { m.matched.WithLabelValues(o.String()).Inc() }

// Waiting tells of the store as it is whenever somebody looks.
func (m *Metrics) Waiting(store storage.Store) {
	look := func(of func(storage.Stats) float64) func() float64 {
		return func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
			defer cancel()
			stats, err := store.Stats(ctx)
			if err != nil {
				return -1
			}
			return of(stats)
		}
	}
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "secadvisor_due_items", Help: "Lanes and timers in the store; -1: it cannot be reached."},
			look(func(s storage.Stats) float64 { return float64(s.Items) })),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "secadvisor_overdue_seconds", Help: "Age of what has been due for longest; -1: the store cannot be reached."},
			look(func(s storage.Stats) float64 { return s.Overdue.Seconds() })),
	)
}

// mostScrapers is how many connections may be open to the figures.
const mostScrapers = 32

// ofThisMachine reports whether nobody elsewhere reaches an address.
func ofThisMachine(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// Serve answers on an address of its own: figures for everybody who reaches
// it, profiles on this machine alone.
func (m *Metrics) Serve(ctx context.Context, address string) (func() error, error) {
	listen, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 5 * time.Second}))
	if ofThisMachine(listen.Addr()) {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10}
	listen = netutil.LimitListener(listen, mostScrapers)
	context.AfterFunc(ctx, func() { server.Close() })
	return func() error {
		if err := server.Serve(listen); err != nil && ctx.Err() == nil {
			return err
		}
		return nil
	}, nil
}
