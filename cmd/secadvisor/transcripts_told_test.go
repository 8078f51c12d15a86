package main

import (
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot/bottest"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
)

// Stories of each kind, as the terminal's transcripts tell them, played
// again in Slack and in Teams, through their servers' fakes. What each person
// sees is recorded in testdata; -update rewrites it.
var toldStories = []string{
	"assess/worked-example", "assess/it-provider-check", "assess/quarterly-essentials", "assess/insurance-readiness", "assess/incident-readiness",
	"assess/ask", "assess/together", "assess/channel", "assess/trend", "assess/pause", "assess/company", "assess/readers",
	"fixes/next-check", "fixes/day", "fixes/story", "fixes/risk", "fixes/whose", "sides/differ", "sides/reuse", "interview/story", "interview/email", "interview/again",
	"remind/year", "remind/passed-on", "remind/kinds", "remind/quarter", "remind/setting", "remind/story",
	"who/urgent", "who/silent", "who/asking", "who/cases", "who/joker", "who/people", "who/urgent-number", "explain/tour", "explain/words", "explain/by-name", "handoff/urgent", "handoff/normal", "handoff/channel", "emergency/card", "teach/teach", "menu/menu", "audit/log",
	"duty/assign", "duty/introduce", "duty/mine",
}

var told = flag.String("told", "", "write what the stories send to Slack and Teams into files in this folder, for deploy/e2e to check and draw")

// theatre is a platform with people, on which a story is played.
type theatre interface {
	// say types to the bot, in a channel or directly.
	say(who, channel, text string)
	// use presses a button, or chooses from a menu, of something on a screen.
	use(who, id, label string)
	// form is what is asked of somebody whose form is open.
	form(who string) []field
	// leave does something else while a form is open.
	leave(who string)
	// home looks at the bot's own page.
	home(who string)
	// fill sends the form that is open, a value for each of its fields.
	fill(who string, values []string)
	// screens are everything that people see, the oldest first.
	screens() []screened
}

// screened is one thing on somebody's screen.
type screened struct {
	where  string // "To Alex, in direct messages"
	id     string
	who    []string // the people who see it; nil: everybody
	text   string
	labels []string // what can be pressed or chosen
	sent   any      // as the platform got it; nil: it made this itself
}

// offer is what offers a label: its id, and the label. A platform keeps each as
// it was last seen, so that a late press can be played.
type offer struct{ id, label string }

// field is one input of a form.
type field struct {
	usual    string   // what stands in it already
	titles   []string // what can be chosen
	optional bool
	why      string // it was refused
}

// director plays a story and writes down what people see.
type director struct {
	*testing.T
	theatre theatre
	engine  *engine.Engine
	clock   *engine.Clock
	now     time.Time // of the story: each line takes a second, however busy the machine is
	out     strings.Builder

	who, channel string
	typed        []string // into the form that is open
	filled       []string // the form that was sent last
	seen         map[string]string
	changed      map[string]int // when something last changed on a screen
	pressed      map[pressing]string
	acts         int
	sent         []any
}

func testStories(t *testing.T, platform string, open func(t *testing.T) (config.Config, func(address string) theatre)) {
	for _, name := range toldStories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, raise := open(t)
			c.Storage, c.Listen = "file:"+filepath.Join(t.TempDir(), "told.db"), "127.0.0.1:0"
			clock := &engine.Clock{}
			clock.Move(monday)
			e, address := serveStory(t, c, clock)
			d := &director{T: t, theatre: raise(address), engine: e, clock: clock, now: monday, who: "owner", seen: map[string]string{}, changed: map[string]int{}, pressed: map[pressing]string{}}
			flow, rest, _ := strings.Cut(name, "/")
			d.play(filepath.Join("../../flows", flow, "testdata", rest+".txt"))
			d.keep(filepath.Join(platform, flow+"-"+rest+".jsonl"))
			d.compare(filepath.Join("testdata", platform, flow+"-"+rest+".txt"))
		})
	}
}

// serveStory serves as "secadvisor serve" does, but nothing happens by itself:
// the engine has no workers, and works when it is told to settle.
func serveStory(t *testing.T, c config.Config, clock *engine.Clock) (*engine.Engine, string) {
	t.Helper()
	s, err := newServer(t.Context(), c, clock, slog.New(slog.NewTextHandler(logTo(t), nil)))
	if err != nil {
		t.Fatal(err)
	}
	lib, matcher, err := knowledge.Load(c.Settings())
	if err == nil {
		s.engine, err = engine.New(engine.Config{Store: s.store, Flows: offeringTheSame(t, flows.All(lib, matcher, s.owners)), Platform: s.platform, Command: c.Command, Roles: s.role, Now: clock.Now, Log: s.log})
	}
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.listen.Serve() }()
	t.Cleanup(func() {
		s.listen.Close()
		if err := <-served; err != http.ErrServerClosed {
			t.Error(err)
		}
		s.store.Close()
	})
	return s.engine, "http://" + s.listen.Addr().String()
}

func (d *director) play(file string) {
	about, lines, err := bottest.Story(file)
	if err != nil {
		d.Fatal(err)
	}
	d.out.WriteString(about)
	for _, line := range lines {
		d.acts++
		d.clock.Move(d.now)
		d.now = d.now.Add(time.Second)
		in := ""
		if d.channel != "" {
			in = " in #" + d.channel
		}
		fmt.Fprintf(&d.out, "\n%s%s> %s\n", d.who, in, line.Typed)
		d.act(line)
		d.settle()
		d.look()
	}
}

func (d *director) act(line bottest.Line) {
	word, rest, _ := strings.Cut(line.Typed, " ")
	switch {
	case word == ":as":
		d.who = speaker(rest)
	case word == ":channel":
		d.channel, _, _ = strings.Cut(rest, " ")
	case word == ":clock":
		d.wait(rest)
	case word == ":home":
		d.theatre.home(d.who)
	case word == ":down":
		d.now = d.now.Add(d.duration(rest))
		d.clock.Move(d.now)
		d.settle()
		d.tellTime()
	case word == ":cancel":
		d.theatre.leave(d.who)
		d.typed = nil
	case len(d.theatre.form(d.who)) > 0 && strings.HasPrefix(word, "/"):
		d.theatre.leave(d.who)
		d.typed = nil
		d.theatre.say(d.who, d.channel, line.Typed)
	case len(d.theatre.form(d.who)) > 0:
		d.fill(line.Typed)
	case line.Label != "":
		d.theatre.use(d.who, d.offering(line.Label), line.Label)
	default:
		d.theatre.say(d.who, d.channel, line.Typed)
	}
}

// fill collects what is typed into a form, and sends it when nothing is left
// to ask. In a form that came back, what was refused is typed again.
func (d *director) fill(typed string) {
	fields := d.theatre.form(d.who)
	asked := askedFor(fields)
	f := fields[asked[len(d.typed)]]
	switch n, err := strconv.Atoi(typed); {
	case typed == "" && f.usual == "" && !f.optional:
		d.out.WriteString("Nothing is sent: this one is needed.\n")
		return
	case typed == "" && f.why != "" && f.optional: // what was refused is taken out
	case typed == "":
		typed = f.usual
	case err == nil && n <= len(f.titles):
		typed = f.titles[n-1]
	}
	if d.typed = append(d.typed, typed); len(d.typed) < len(asked) {
		return
	}
	if len(asked) == len(fields) {
		d.filled = make([]string, len(fields))
	}
	for i, n := range asked {
		d.filled[n] = d.typed[i]
	}
	d.typed = nil
	d.theatre.fill(d.who, d.filled)
}

// askedFor are the fields of a form that are to be filled in: all, or those
// that were refused.
func askedFor(fields []field) (asked []int) {
	all := make([]int, len(fields))
	for i, f := range fields {
		if all[i] = i; f.why != "" {
			asked = append(asked, i)
		}
	}
	if asked == nil {
		return all
	}
	return asked
}

// pressing is a label that somebody pressed.
type pressing struct{ who, label string }

// offering is what the speaker sees that offers something, the latest first;
// if nothing does any more, where they pressed it before: a second press is
// on its way when the first takes the button away.
func (d *director) offering(label string) string {
	best, at := "", -1
	for _, s := range d.theatre.screens() {
		if slices.Contains(s.labels, label) && (s.who == nil || slices.Contains(s.who, d.who)) && d.changed[s.id] > at {
			best, at = s.id, d.changed[s.id]
		}
	}
	if best == "" {
		best = d.pressed[pressing{d.who, label}]
	}
	if best == "" {
		d.Fatalf("%s is not offered %q:\n%s", d.who, label, d.out.String())
	}
	d.pressed[pressing{d.who, label}] = best
	return best
}

// wait moves the clock as the terminal does.
func (d *director) wait(how string) {
	at, ok, err := d.engine.Next(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	target := at
	switch {
	case how != "next":
		target = d.now.Add(d.duration(how))
	case !ok:
		d.out.WriteString("Nothing is due later.\n")
		return
	}
	for ok && !at.After(target) {
		d.clock.Move(at.Add(time.Millisecond))
		d.settle()
		at, ok, err = d.engine.Next(d.Context())
		if err != nil {
			d.Fatal(err)
		}
	}
	d.clock.Move(target)
	d.now = target.Add(time.Second)
	d.tellTime()
}

// duration reads +90d, and +10m.
func (d *director) duration(how string) time.Duration {
	d.Helper()
	if days, whole := strings.CutSuffix(how, "d"); whole {
		if n, err := strconv.Atoi(strings.TrimPrefix(days, "+")); err == nil {
			return time.Duration(n) * 24 * time.Hour
		}
	}
	passed, err := time.ParseDuration(how)
	if err != nil {
		d.Fatalf("the clock is not moved by %q", how)
	}
	return passed
}

func (d *director) tellTime() {
	fmt.Fprintf(&d.out, "It is %s.\n", d.clock.Now().UTC().Format("Monday 2 January 2006, 15:04"))
}

// aMoment is how long something may wait because a platform takes one message
// a second.
const aMoment = 5 * time.Second

// settle lets everything happen that is due, or will be in a moment.
func (d *director) settle() {
	d.Helper()
	for {
		if err := d.engine.Settle(d.Context()); err != nil {
			d.Fatal(err)
		}
		at, ok, err := d.engine.Next(d.Context())
		if err != nil {
			d.Fatal(err)
		}
		if !ok || at.After(d.clock.Now().Add(aMoment)) {
			return
		}
		d.clock.Move(at.Add(time.Millisecond))
	}
}

// look writes down what is new on the screens.
func (d *director) look() {
	now := map[string]string{}
	for _, s := range d.theatre.screens() {
		now[s.id] = s.text
		before, known := d.seen[s.id]
		if known && before == s.text {
			continue
		}
		d.changed[s.id] = d.acts
		if s.sent != nil {
			d.sent = append(d.sent, s.sent)
		}
		edited := ""
		if known {
			edited = " (the same message, changed)"
		}
		fmt.Fprintf(&d.out, "%s%s:\n    %s\n", s.where, edited, strings.ReplaceAll(s.text, "\n", "\n    "))
	}
	for _, id := range slices.Sorted(maps.Keys(d.seen)) {
		if _, there := now[id]; !there {
			fmt.Fprintf(&d.out, "Gone: %s\n", strings.SplitN(d.seen[id], "\n", 2)[0])
		}
	}
	d.seen = now
}

// keep writes what was sent into a file, one message a line, where that is
// asked for.
func (d *director) keep(file string) {
	d.Helper()
	if *told == "" {
		return
	}
	file = filepath.Join(*told, file)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		d.Fatal(err)
	}
	out, lines := linesTo(d.T, file)
	for _, v := range d.sent {
		if err := lines.Encode(v); err != nil {
			d.Fatal(err)
		}
	}
	if err := out.Flush(); err != nil {
		d.Fatal(err)
	}
}

func (d *director) compare(file string) {
	d.Helper()
	got := d.out.String()
	if bottest.Updating() {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			d.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			d.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		d.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		d.Errorf("%s: what people see differs (- recorded, + now); -update rewrites it:\n%s", file, diff)
	}
}

// The people of the stories.
var cast = []string{"owner", "it", "staff", "guest", "partner", "jo"}

var castNames = map[string]string{"owner": "Alex", "it": "Robin", "staff": "Sam", "guest": "Charlie", "partner": "Kim", "jo": "Jo"}

// speaker is whom ":as" names: a role, with a name where it is somebody else
// of that role.
func speaker(named string) (who string) {
	role, name, _ := strings.Cut(named, " ")
	if who := calledIn(name); who != "" {
		return who
	}
	return role
}

// calledIn is somebody as the stories type them: a role, or a name with or
// without it.
func calledIn(typed string) (who string) {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(typed, "@")), " (")
	at := slices.IndexFunc(cast, func(who string) bool { return name == who || name == strings.ToLower(castNames[who]) })
	if at < 0 {
		return ""
	}
	return cast[at]
}
