package teams

import (
	"net/http"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/faketeams"
)

// picks is a press that sends a form with one person, chosen in it.
func (s *scene) picks(user, chosen string) bot.Event {
	s.Helper()
	s.send(s.token(nil), s.fake.Activity(user, "", func(a map[string]any) {
		a["type"], a["name"] = "invoke", "adaptiveCard/action"
		form := bot.Form{Action: bot.Do("duty", "save"), Fields: []bot.Input{{ID: "user", Pick: bot.PickPerson}}}
		a["value"] = map[string]any{"action": map[string]any{"data": map[string]any{"f": form, "field.user": chosen}}}
	}))
	return s.last()
}

func TestWhoHasNoIDInEntraIsAForeignerAndNotNobody(t *testing.T) {
	s := newScene(t)
	s.fake.Join(faketeams.General, 500, faketeams.Staff)
	for _, user := range []string{"8:orgid:anon", "29:unknown"} {
		s.send(s.token(nil), s.activity(func(a map[string]any) {
			inChannel(faketeams.General, "groupChat")(a)
			a["from"] = map[string]any{"id": user, "name": "Somebody"}
		}))
		if e := s.last(); e.From.ID != user || e.From.Affiliation != bot.Foreign {
			t.Errorf("%s came through as %+v", user, e.From)
		}
	}
	before := len(s.events)
	for _, kind := range []string{"message", "invoke", "installationUpdate"} {
		status, _ := s.send(s.token(nil), s.activity(func(a map[string]any) { a["type"], a["action"], a["from"] = kind, "add", map[string]any{} }))
		if status != 200 || len(s.events) != before {
			t.Errorf("%s of nobody: status %d, %d events", kind, status, len(s.events)-before)
		}
	}
}

func TestPeopleOfOtherConversationsCanBeChosen(t *testing.T) {
	for chosen, want := range map[string]bot.Picked{
		"OLGA-OID":         {ID: "olga-oid", Name: "Olga", Affiliation: bot.Home},
		"GUS-OID":          {ID: "gus-oid", Name: "Gus", Affiliation: bot.Guest},
		"FRED-OID":         {ID: "fred-oid", Name: "Fred", Affiliation: bot.Foreign},
		"SAM-OID":          {ID: "sam-oid", Name: "Sam", Affiliation: bot.Home},
		"nobody-installed": {},
		"../../x":          {},
	} {
		s := newScene(t)
		if got := s.picks(faketeams.Staff, chosen).Picked["user"]; got != want {
			t.Errorf("%s is %+v, want %+v", chosen, got, want)
		}
		if cards := len(s.fake.Chat(faketeams.Owner)); cards > 0 {
			t.Errorf("whoever is chosen reads %d cards", cards)
		}
	}
}

// Teams that does not answer is another thing than Teams that knows nobody.
func TestWhomTeamsDoesNotTellOfIsNotSure(t *testing.T) {
	for status, unsure := range map[int]bool{http.StatusInternalServerError: true, http.StatusServiceUnavailable: true, http.StatusNotFound: false} {
		s := newScene(t)
		s.fake.FailAt(faketeams.Member, faketeams.Broken(status), 10)
		if e := s.picks(faketeams.Staff, "OLGA-OID"); e.From.Affiliation != bot.Foreign || e.From.Unsure != unsure {
			t.Errorf("%d: who pressed is %+v", status, e.From)
		}
	}
	s := newScene(t)
	s.picks(faketeams.Staff, "SAM-OID") // who presses is remembered
	s.fake.FailAt(faketeams.Member, faketeams.Broken(http.StatusServiceUnavailable), 10)
	if e := s.picks(faketeams.Staff, "OLGA-OID"); e.From.Affiliation != bot.Home || !e.Picked["user"].Unsure {
		t.Errorf("event %+v", e)
	}
}

// Nor is a channel shared because Teams does not answer.
func TestAChannelOfWhichTeamsDoesNotTellIsNotSure(t *testing.T) {
	for status, unsure := range map[int]bool{http.StatusInternalServerError: true, http.StatusServiceUnavailable: true, http.StatusTooManyRequests: true, http.StatusForbidden: false, http.StatusNotFound: false} {
		s := newScene(t)
		s.fake.FailAt(faketeams.Members, faketeams.Broken(status), 100)
		s.asksIn(crowd)
		if at := s.last().Place; at.Kind != bot.Shared || at.Unsure != unsure {
			t.Errorf("%d: asked at %+v", status, at)
		}
		room, err := s.platform.Room(t.Context(), "teams."+org, crowd, "")
		if room.Kind != bot.Shared || (err != nil) != unsure {
			t.Errorf("%d: the channel is %+v, %v", status, room, err)
		}
	}
	s := newScene(t)
	s.fake.FailAt(faketeams.Members, faketeams.Broken(http.StatusInternalServerError), 2)
	if s.asksIn(crowd); s.last().Place != (bot.Place{Channel: crowd, Kind: bot.Channel}) {
		t.Errorf("after two failures: %+v", s.last().Place)
	}
	s.fake.FailAt(faketeams.In(crowd, faketeams.Member), faketeams.Broken(http.StatusInternalServerError), 100)
	s.platform.within = memo[string, bool]{}
	s.fake.Press(faketeams.Staff, "Who answers?", "Together here")
	e := s.last()
	if e.Place.Kind != bot.Direct || !e.Place.Unsure {
		t.Errorf("pressed at %+v", e.Place)
	}
	s.fake.FailAt(faketeams.Members, faketeams.Broken(http.StatusInternalServerError), 100)
	for _, link := range []string{here, "19:other@thread.tacv2"} {
		if one := s.platform.pickedChannel(t.Context(), s.at("a:29:sam"), e, link); one.Room.Kind != bot.Shared || !one.Room.Unsure {
			t.Errorf("%s is %+v", link, one)
		}
	}
}

func TestWhatAGuestChoosesIsNotLookedUp(t *testing.T) {
	s := newScene(t)
	if e := s.picks(faketeams.Guest, "OLGA-OID"); e.From.Affiliation != bot.Guest || e.Picked["user"].Affiliation != bot.Foreign || s.fake.Count(faketeams.Create) > 0 {
		t.Errorf("event %+v, %d conversations were opened", e, s.fake.Count(faketeams.Create))
	}
}

func TestPeopleAreSearchedInTheWholeOrganisation(t *testing.T) {
	c := Form(bot.Form{Fields: []bot.Input{{ID: "user", Pick: bot.PickPerson}}}, nil, nil)
	for _, b := range parts(t, c) {
		if b.Type == "Input.ChoiceSet" && b.Data.Dataset != "graph.microsoft.com/users" {
			t.Errorf("they are searched in %s", b.Data.Dataset)
		}
	}
}
