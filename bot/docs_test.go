package bot_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

type pet struct {
	Name string `json:"name"`
	Legs int    `json:"legs"`
}

// Pets were counted in paws once.
var pets = bot.Doc[pet]{Prefix: "pet", Version: 2, Upgrade: []func(json.RawMessage) (json.RawMessage, error){
	func(old json.RawMessage) (json.RawMessage, error) {
		return json.RawMessage(strings.Replace(string(old), `"paws"`, `"legs"`, 1)), nil
	},
}}

func stored(t *testing.T, id string, p pet) bot.Stored {
	t.Helper()
	body, err := pets.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	return bot.Stored{Key: pets.Key(id), Version: 7, Body: body}
}

func TestWhatIsNotThereYetIsANeed(t *testing.T) {
	d := bot.NewDocs()
	if _, ok := pets.Get(d, "rex"); ok {
		t.Error("it read what nobody has read")
	}
	pets.List(d, "", 10)
	want := []bot.Need{{Prefix: "pet/", Limit: 10}, {Key: "pet/rex"}}
	if diff := cmp.Diff(want, d.Needs()); diff != "" {
		t.Error(diff)
	}
	d = d.Again()
	d.Add(stored(t, "rex", pet{"Rex", 4}))
	d.AddList(want[0], []bot.Stored{stored(t, "ada", pet{"Ada", 2}), stored(t, "rex", pet{"Rex", 4})})
	got, ok := pets.Get(d, "rex")
	if !ok || got.Legs != 4 || len(d.Needs()) != 0 {
		t.Errorf("%+v %v, needs %v", got, ok, d.Needs())
	}
	if diff := cmp.Diff([]string{"ada", "rex"}, pets.List(d, "", 10)); diff != "" {
		t.Error(diff)
	}
}

func TestAStepSeesItsOwnChanges(t *testing.T) {
	d := bot.NewDocs()
	d.Add(stored(t, "rex", pet{"Rex", 4}), bot.Stored{Key: "pet/new"})
	pets.Put(d, "rex", pet{"Rex", 3})
	pets.Put(d, "new", pet{"New", 1})
	pets.Delete(d, "new")
	if got, _ := pets.Get(d, "rex"); got.Legs != 3 {
		t.Errorf("%+v", got)
	}
	if _, ok := pets.Get(d, "new"); ok {
		t.Error("what was deleted is there")
	}
	if c := d.Changes(); len(c) != 2 || c[0].Body != nil || c[1].Key != "pet/rex" {
		t.Errorf("changes %+v", c)
	}
	if again := d.Again(); len(again.Changes()) != 0 {
		t.Error("another step begins with the changes of the first")
	}
}

func TestADocumentCannotBeChangedUnread(t *testing.T) {
	d := bot.NewDocs()
	pets.Put(d, "rex", pet{"Rex", 3})
	if len(d.Needs()) != 1 {
		t.Errorf("needs %v: the version that the change replaces", d.Needs())
	}
}

func TestOldDocumentsAreUpgradedAndNewerOnesRefused(t *testing.T) {
	got, err := pets.Decode([]byte(`{"v":1,"d":{"name":"Rex","paws":4}}`))
	if err != nil || got != (pet{"Rex", 4}) {
		t.Errorf("%+v %v", got, err)
	}
	for _, bad := range []string{`{"v":3,"d":{}}`, `{"v":0,"d":{}}`, `{"v":2,"d":`, `{"v":2,"d":{"legs":"four"}}`, ``, `[]`} {
		if _, err := pets.Decode([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// Operators read why a document cannot be decoded, and logs keep it.
func TestWhyADocumentCannotBeDecodedQuotesNothing(t *testing.T) {
	type born struct {
		At   time.Time
		Paws int
	}
	upgrade := func(old json.RawMessage) (json.RawMessage, error) {
		return old, json.Unmarshal(old, new(born))
	}
	docs := []bot.Doc[born]{{Prefix: "born", Version: 1}, {Prefix: "born", Bare: true}, {Prefix: "born", Version: 2, Upgrade: []func(json.RawMessage) (json.RawMessage, error){upgrade}}}
	for _, data := range []string{`{"At":"typed ~31337"}`, `{"Paws":31337.5}`, `{"Paws":"~31337"}`, `{"Paws":313373133731337313373133731337}`, `{"Paws":~31337}`, `{"Paws":1}~`, `~`, `{"Paws":3133`} {
		for _, doc := range docs {
			bodies := []string{data}
			if !doc.Bare {
				bodies = []string{`{"v":1,"d":` + data + `}`, `{"v": 1, "d": ` + data + `}`, `{"v":31337.5}`, data}
			}
			for _, body := range bodies {
				_, err := doc.Decode([]byte(body))
				if err == nil || strings.Contains(err.Error(), "3133") || strings.Contains(err.Error(), "~") {
					t.Errorf("%s: %v", body, err)
				}
			}
		}
	}
}

func TestADamagedDocumentIsAFault(t *testing.T) {
	d := bot.NewDocs()
	d.Add(bot.Stored{Key: "pet/rex", Version: 1, Body: []byte(`{"v":9}`)})
	if _, ok := pets.Get(d, "rex"); ok || d.Err() == nil {
		t.Errorf("read %v, fault %v", ok, d.Err())
	}
}

func FuzzActions(f *testing.F) {
	f.Add("assess", "answer", "run/1", "a b%2F\n\u202e")
	f.Fuzz(func(t *testing.T, flow, verb, a, b string) {
		want := bot.Do(flow, verb, a, b)
		got, err := bot.ParseAction(want.String())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", want.String(), diff)
		}
		if strings.ContainsAny(want.String(), " \n\t") {
			t.Errorf("%q has white space", want.String())
		}
	})
}

func TestTheSenseOfAView(t *testing.T) {
	for want, v := range map[string]bot.View{
		"gist":        {Gist: "gist", Title: "title"},
		"title: text": {Title: "title", Blocks: []bot.Block{bot.Row(), bot.Say("text"), bot.Say("more")}},
		"text":        {Blocks: []bot.Block{bot.Say("text")}},
		"title":       {Title: "title"},
		"":            {},
	} {
		if got := v.Sense(); got != want {
			t.Errorf("%+v makes %q, want %q", v, got, want)
		}
	}
}

func TestTheSameBodyIsDecodedOnce(t *testing.T) {
	var seen bot.Seen[pet]
	read := func(body string) (*pet, bool, error) {
		d := bot.NewDocs()
		d.Add(bot.Stored{Key: "pet/rex", Version: 1, Body: []byte(body)}, bot.Stored{Key: "pet/none"})
		p, ok := pets.See(d, "rex", &seen)
		return p, ok, d.Err()
	}
	first, ok, err := read(`{"v":2,"d":{"name":"Rex","legs":4}}`)
	if !ok || err != nil || first.Legs != 4 {
		t.Fatalf("%+v %v %v", first, ok, err)
	}
	if again, _, _ := read(`{"v":2,"d":{"name":"Rex","legs":4}}`); again != first {
		t.Error("the same body was decoded again")
	}
	if other, _, _ := read(`{"v":2,"d":{"name":"Rex","legs":3}}`); other.Legs != 3 {
		t.Errorf("another body gave %+v", other)
	}
	if _, ok, err := read(`{"v":9}`); ok || err == nil {
		t.Errorf("a damaged body was read: %v %v", ok, err)
	}
	for i := range 1000 {
		if p, ok, _ := read(fmt.Sprintf(`{"v":2,"d":{"legs":%d}}`, i)); !ok || p.Legs != i {
			t.Fatalf("body %d gave %+v", i, p)
		}
	}
	d := bot.NewDocs()
	if p, ok := pets.See(d, "none", &seen); ok || p == nil || len(d.Needs()) != 1 {
		t.Errorf("absent: %v %v, needs %v", p, ok, d.Needs())
	}
}

func TestABareDocumentHasNoVersion(t *testing.T) {
	bare := bot.Doc[pet]{Prefix: "bare", Bare: true}
	body, err := bare.Encode(pet{"Rex", 4})
	if err != nil || string(body) != `{"name":"Rex","legs":4}` {
		t.Fatalf("stored %s, %v", body, err)
	}
	if p, err := bare.Decode(body); err != nil || p != (pet{"Rex", 4}) {
		t.Errorf("read %+v, %v", p, err)
	}
}

func TestOnlyWhatAStepLooksAtIsRead(t *testing.T) {
	d := bot.NewDocs()
	d.Add(stored(t, "rex", pet{"Rex", 4}), stored(t, "ada", pet{"Ada", 2}), stored(t, "old", pet{"Old", 4}))
	pets.Get(d, "rex")
	d = d.Again()
	d.Stored(pets.Key("ada"))
	pets.Delete(d, "old")
	var keys []string
	for _, doc := range d.Read() {
		keys = append(keys, doc.Key)
	}
	if diff := cmp.Diff([]string{"pet/old", "pet/rex"}, keys); diff != "" {
		t.Error(diff)
	}
}
