package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

var crossing = flag.Int("crossing", 800, "presses by which each company of TestNothingCrossesCompanies lives; the full test has 2500")

// Two companies live on one store and one engine. Their people have the same
// ids; everything that somebody types, and every name, holds the company's own
// mark. Then everything that one has seen is played by the people of the other:
// every command, button, form and file.
func TestNothingCrossesCompanies(t *testing.T) {
	t.Parallel()
	b := newBuilding(t)
	a, z := b.company("TALPHA", "Quagga", "+44 20 7111 0001"), b.company("TZULU", "Wombat", "+44 20 7999 0002")
	for _, c := range []*neighbour{a, z} {
		c.lives()
	}
	for _, pair := range [][2]*neighbour{{a, z}, {z, a}} {
		of, by := pair[0], pair[1]
		before := of.everything()
		played := by.plays(of)
		if after := of.everything(); !maps.EqualFunc(before, after, func(x, y storage.Doc) bool { return x.Version == y.Version && bytes.Equal(x.Body, y.Body) }) {
			t.Errorf("%s's documents are not what they were", of.mark)
		}
		for key, doc := range by.everything() {
			by.clean("document "+key, of, key+string(doc.Body))
		}
		t.Logf("%s played %d things of %s", by.mark, played, of.mark)
	}
}

// building is where both companies live. It is the platform, too.
type building struct {
	*testing.T
	store  storage.Store
	engine *engine.Engine
	clock  *engine.Clock
	flows  []bot.Flow

	mu        sync.Mutex
	companies map[string]*neighbour
}

func newBuilding(t *testing.T) *building {
	b := &building{T: t, clock: &engine.Clock{}, companies: map[string]*neighbour{}}
	store, err := embedded.Open(filepath.Join(t.TempDir(), "two.db"), embedded.ClockOffset(b.clock.Offset), embedded.Volatile())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	b.store = store
	lib, matcher, err := knowledge.Load(content.Settings{Country: "GB"})
	if err != nil {
		t.Fatal(err)
	}
	b.flows = flows.All(lib, matcher, func(string) []string { return []string{"U0OWNER"} })
	b.engine, err = engine.New(engine.Config{
		Store: store, Flows: b.flows, Now: b.clock.Now, Log: slog.New(slog.DiscardHandler),
		Platform: func(string) (bot.Platform, bool) { return b, true },
		Roles: func(_, person string) bot.Role {
			if person == "U0OWNER" {
				return bot.Owner
			}
			return bot.Staff
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Deliver shows a post to the company that it is for.
func (b *building) Deliver(_ context.Context, p bot.Post) (string, error) {
	c := b.of(p.Tenant)
	c.sees(p.View)
	if p.File != nil {
		c.mu.Lock()
		c.files[p.Flow+" "+p.Name.String()] = fileOf{p.Flow, p.Name}
		c.mu.Unlock()
		c.reads("the file "+p.File.Name, string(p.File.Body))
	}
	if p.Edit != "" {
		return p.Edit, nil
	}
	return p.ID, nil
}

// Room tells of a channel; both companies have one of the same id.
func (b *building) Room(_ context.Context, tenant, _ string) (bot.Room, error) {
	return bot.Room{Name: "#" + strings.ToLower(b.of(tenant).mark), Kind: bot.Channel, People: 7}, nil
}

func (b *building) of(tenant string) *neighbour {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.companies[tenant]
}

type fileOf struct {
	flow string
	name bot.Action
}

// neighbour is one of the companies.
type neighbour struct {
	*building
	tenant string
	mark   string // in every name and text of theirs
	phone  string

	events int

	mu      sync.Mutex   // guards what follows
	other   *neighbour   // while things of theirs are played
	latest  []bot.Button // of the latest view
	waiting []bot.Action
	pressed map[string]int        // by flow and verb
	actions map[string]bot.Action // all that were shown
	forms   map[string]bot.Form
	files   map[string]fileOf
}

func (b *building) company(team, mark, phone string) *neighbour {
	c := &neighbour{building: b, tenant: "slack." + team, mark: mark, phone: phone,
		pressed: map[string]int{}, actions: map[string]bot.Action{}, forms: map[string]bot.Form{}, files: map[string]fileOf{}}
	b.companies[c.tenant] = c
	return c
}

func (c *neighbour) person(id string) bot.Person {
	return bot.Person{ID: id, Name: c.mark + " " + id, Affiliation: bot.Home, Zone: "Europe/London"}
}

var (
	everyone   = []string{"U0OWNER", "U0STAFF", "U0ROBIN"}
	ownChat    = bot.Place{Channel: "D0", Kind: bot.Direct}
	theChannel = bot.Place{Channel: "C0GENERAL", Kind: bot.Channel}
)

// does lets somebody do something, and all that follows of it happen.
func (c *neighbour) does(e bot.Event) bot.Reply {
	c.Helper()
	c.events++
	e.ID, e.Tenant, e.Inline = fmt.Sprintf("%s/%d", c.mark, c.events), c.tenant, e.Kind != bot.Submit
	reply, err := c.engine.Handle(c.Context(), e)
	if err != nil {
		c.Fatalf("%s %s %v: %v", e.Kind, e.Text, e.Action, err)
	}
	if reply.View != nil {
		c.sees(*reply.View)
	}
	if reply.Form != nil {
		c.seesForm(*reply.Form)
	}
	for field, why := range reply.Refused {
		c.reads("a refusal", field+" "+why)
	}
	if err := c.engine.Settle(c.Context()); err != nil {
		c.Fatal(err)
	}
	return reply
}

func (c *neighbour) sees(v bot.View) {
	raw, err := json.Marshal(v)
	if err != nil {
		c.Error(err)
	}
	c.reads("a view", string(raw))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.latest = v.Actions(); len(c.latest) > 40 {
		c.latest = nil
	}
	for _, press := range append(v.Actions(), bot.Press("", v.Fresh)) {
		if key := press.Action.String(); press.Action.Flow != "" && c.other == nil {
			if _, known := c.actions[key]; !known {
				c.waiting = append(c.waiting, press.Action)
			}
			c.actions[key] = press.Action
		}
	}
}

func (c *neighbour) seesForm(f bot.Form) {
	raw, err := json.Marshal(f)
	if err != nil {
		c.Error(err)
	}
	c.reads("a form", string(raw))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.other == nil {
		c.forms[f.Action.String()] = f
	}
}

// reads fails the test if something of the other company is in a text.
func (c *neighbour) reads(what, text string) {
	for _, other := range c.companies {
		if other != c {
			c.clean(what, other, text)
		}
	}
}

var notDigits = regexp.MustCompile(`\D`)

func (c *neighbour) clean(what string, of *neighbour, text string) {
	if strings.Contains(strings.ToLower(text), strings.ToLower(of.mark)) || strings.Contains(notDigits.ReplaceAllString(text, ""), notDigits.ReplaceAllString(of.phone, "")[2:]) {
		c.Errorf("%s reads something of %s in %s: %.600s", c.mark, of.mark, what, text)
	}
}

// values are what somebody types into a form, one after another until it is
// taken.
func (c *neighbour) values() []string {
	return []string{c.mark + " wrote this", c.phone, "in two weeks", "every 6 weeks at 9", "12", "Europe/London", "09:00"}
}

// fills sends a form, with people and channels of the company.
func (c *neighbour) fills(f bot.Form, who string, at bot.Place) {
	e := bot.Event{Kind: bot.Submit, Action: f.Action, From: c.person(who), Place: at, Values: map[string]string{}, Picked: map[string]bot.Picked{}}
	typed := c.values()
	try := map[string]int{}
	for i, in := range f.Fields {
		switch {
		case in.Pick == bot.PickPerson:
			id := everyone[(i+c.events)%len(everyone)]
			e.Values[in.ID], e.Picked[in.ID] = id, bot.Picked{ID: id, Name: c.person(id).Name, Affiliation: bot.Home}
		case in.Pick == bot.PickChannel:
			e.Values[in.ID], e.Picked[in.ID] = theChannel.Channel, bot.Picked{ID: theChannel.Channel, Room: bot.Room{Name: "#" + strings.ToLower(c.mark), Kind: bot.Channel, People: 7}}
		case len(in.Options) > 0:
			e.Values[in.ID] = in.Options[c.events%len(in.Options)].Value
		default:
			e.Values[in.ID] = typed[0]
		}
	}
	for range 2 * len(typed) {
		refused := c.does(e).Refused
		if len(refused) == 0 {
			return
		}
		for id := range refused {
			if try[id]++; try[id] < len(typed) && e.Picked[id].ID == "" {
				e.Values[id] = typed[try[id]]
			}
		}
	}
}

// commands are everything that can be typed.
func (b *building) commands(mark string) (all []string) {
	all = []string{"", "help", "keep", mark + " lost the laptop", "who handles printers?", "i typed my password into a strange page", "what is a " + mark}
	for _, f := range b.flows {
		for _, w := range f.Words {
			all = append(all, w, w+" quick-check", w+" "+mark, w+" quarterly", w+" printers")
		}
	}
	return all
}

// pressesEach is how often one kind of button is pressed.
const pressesEach = 30

// lives lets a company's people type every command, press what they are shown
// and fill in every form, while days go by.
func (c *neighbour) lives() {
	c.Helper()
	c.does(bot.Event{Kind: bot.Installed, From: c.person("U0OWNER"), Place: ownChat})
	c.isAssessed("quick-check")
	for _, text := range c.commands(c.mark) {
		for _, who := range everyone {
			c.does(bot.Event{Kind: bot.Command, Text: text, From: c.person(who), Place: ownChat})
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for n := 0; len(c.waiting) > 0 && n < *crossing; n++ {
		i := random.IntN(len(c.waiting))
		if n%3 > 0 { // mostly what was shown last, so that things come to an end
			i = len(c.waiting) - 1 - random.IntN(min(6, len(c.waiting)))
		}
		next := c.waiting[i]
		c.waiting = slices.Delete(c.waiting, i, i+1)
		kind := next.Flow + "/" + next.Verb
		if c.pressed[kind]++; c.pressed[kind] > pressesEach {
			continue
		}
		who := everyone[0]
		if c.pressed[kind]%4 == 0 {
			who = everyone[n%len(everyone)]
		}
		if f := c.does(bot.Event{Kind: bot.Click, Action: next, From: c.person(who), Place: ownChat}).Form; f != nil {
			c.fills(*f, who, ownChat)
		}
		if n%40 == 0 {
			c.clock.Move(c.clock.Now().Add(30 * time.Hour))
		}
	}
	if len(c.pressed) < 70 || len(c.forms) < 30 || len(c.files) < 4 {
		c.Errorf("%s saw %d kinds of buttons, %d forms and %d files: the test shows less than it should", c.mark, len(c.pressed), len(c.forms), len(c.files))
	}
	marked := 0
	for _, doc := range c.everything() {
		if strings.Contains(string(doc.Body), c.mark) {
			marked++
		}
	}
	if marked < 8 {
		c.Errorf("only %d documents of %s hold its mark", marked, c.mark)
	}
}

// isAssessed brings an assessment to its end, and has its report in all forms.
func (c *neighbour) isAssessed(pack string) {
	c.Helper()
	owner := c.person("U0OWNER")
	c.does(bot.Event{Kind: bot.Click, Action: bot.Do("assess", "start", pack), From: owner, Place: ownChat})
	for range 40 {
		verb, next := "", bot.Action{}
		for _, b := range c.latest {
			if v := b.Action.Verb; b.Action.Flow == "assess" && (v == "answer" || v == "size" || v == "it" || v == "by" || v == "report") && verb == "" {
				verb, next = v, b.Action
			}
		}
		if verb == "" {
			break
		}
		c.does(bot.Event{Kind: bot.Click, Action: next, From: owner, Place: ownChat})
		if verb != "report" {
			continue
		}
		for _, b := range slices.Clone(c.latest) {
			c.does(bot.Event{Kind: bot.Click, Action: b.Action, From: owner, Place: ownChat})
		}
		return
	}
	c.Errorf("the assessment of %s has no report; the latest view offers %v", c.mark, c.latest)
}

// plays does everything that another company saw, by the people of this one.
func (c *neighbour) plays(of *neighbour) (n int) {
	c.mu.Lock()
	c.other = of
	c.mu.Unlock()
	defer func() { c.mu.Lock(); c.other = nil; c.mu.Unlock() }()
	for who, at := range map[string]bot.Place{"U0OWNER": ownChat, "U0STAFF": theChannel} {
		for _, key := range slices.Sorted(maps.Keys(of.actions)) {
			c.does(bot.Event{Kind: bot.Click, Action: c.own(of.actions[key], of), From: c.person(who), Place: at})
			n++
		}
		for _, key := range slices.Sorted(maps.Keys(of.forms)) {
			form := of.forms[key]
			form.Action = c.own(form.Action, of)
			c.fills(form, who, at)
			n++
		}
		for _, text := range c.commands(c.mark) {
			for _, id := range append(of.runs()[:min(2, len(of.runs()))], "U0ROBIN") {
				c.does(bot.Event{Kind: bot.Command, Text: text + " " + id, From: c.person(who), Place: at})
				n++
			}
		}
	}
	for _, f := range of.files {
		file, err := c.engine.File(c.Context(), c.tenant, f.flow, f.name)
		if err == nil {
			c.reads("the file "+file.Name, string(file.Body))
		}
		n++
	}
	return n
}

// own is the other company's action with words of this one in it: what somebody
// sends is not what they are shown.
func (c *neighbour) own(a bot.Action, of *neighbour) bot.Action {
	args := slices.Clone(a.Args)
	for i := range args {
		args[i] = strings.NewReplacer(of.mark, c.mark, of.phone, c.phone).Replace(args[i])
	}
	return bot.Do(a.Flow, a.Verb, args...)
}

// everything is every document of the company.
func (c *neighbour) everything() map[string]storage.Doc {
	c.Helper()
	docs, err := stores.Documents(c.Context(), c.store, c.tenant)
	if err != nil {
		c.Fatal(err)
	}
	all := map[string]storage.Doc{}
	for _, d := range docs {
		all[d.Key] = d
	}
	return all
}

// randomID is an id that was made for one run; others are names, such as that
// of the quarterly check.
var randomID = regexp.MustCompile(`^[a-z2-7]{12}$`)

// runs are the ids of the company's runs, of every flow.
func (c *neighbour) runs() (ids []string) {
	for key := range c.everything() {
		for _, prefix := range []string{"run/", "sides/", "interview/", "schedule/"} {
			if id, ok := strings.CutPrefix(key, prefix); ok && randomID.MatchString(id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
