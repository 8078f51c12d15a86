package fakeslack

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// View is a form (or a Home) that a person has before them, as it was when it
// was looked at.
type View struct {
	ID       string
	User     string
	Kind     string // "modal" or "home"
	Callback string // callback_id
	Private  string // private_metadata
	Title    string
	Blocks   json.RawMessage
	Hash     string
	Root     string
	Previous string
	Open     bool
	Errors   map[string]string // by block_id: why the bot kept it open
	Body     json.RawMessage   // as it was sent
}

// Views lists all forms that were opened, oldest first, closed ones too.
func (s *Server) Views() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []View
	for _, v := range s.views {
		all = append(all, *v)
	}
	return all
}

// View is the topmost form that a person has open.
func (s *Server) View(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range slices.Backward(s.views) {
		if v.User == user && v.Open {
			return *v, true
		}
	}
	return View{}, false
}

// Home is what a person sees in the bot's Home.
func (s *Server) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.homes[user]; v != nil {
		return *v, true
	}
	return View{}, false
}

func (s *Server) view(id string) *View {
	for _, v := range slices.Backward(s.views) {
		if v.ID == id {
			return v
		}
	}
	return nil
}

// readView reads and checks a view of a kind.
func readView(raw json.RawMessage, kind string) (*View, error) {
	var body struct {
		Type     string          `json:"type"`
		Callback string          `json:"callback_id"`
		Private  string          `json:"private_metadata"`
		Title    *text           `json:"title"`
		Submit   *text           `json:"submit"`
		Close    *text           `json:"close"`
		Blocks   json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		return nil, refused("invalid_arguments", "[ERROR] must provide an object [json-pointer:/view]")
	}
	if len(raw) > maxViewBytes {
		return nil, refused("view_too_large")
	}
	if body.Type != kind {
		return nil, refused("invalid_arguments", "[ERROR] must be a valid enum value [json-pointer:/view/type]")
	}
	c := &check{}
	if kind == "modal" {
		c.plain("/view/title", body.Title, maxViewTitle)
	}
	if body.Submit != nil {
		c.plain("/view/submit", body.Submit, maxViewButton)
	}
	if body.Close != nil {
		c.plain("/view/close", body.Close, maxViewButton)
	}
	c.id("/view/callback_id", body.Callback)
	if utf8.RuneCountInString(body.Private) > maxPrivateMetadata {
		c.say("/view/private_metadata", "must be less than %d characters", maxPrivateMetadata+1)
	}
	if body.Blocks == nil {
		c.say("/view/blocks", "missing required field: blocks")
	} else if blocks, err := readBlocks(body.Blocks); err != nil {
		c.say("/view/blocks", "must provide an array")
	} else {
		c.problems = append(c.problems, checkViewBlocks(blocks)...)
		if kind == "modal" && body.Submit == nil && slices.ContainsFunc(blocks, func(b *block) bool { return b.Type == "input" }) {
			c.say("/view/submit", "missing required field: submit")
		}
	}
	if c.problems != nil {
		return nil, refused("invalid_arguments", c.problems...)
	}
	return &View{
		Kind: kind, Callback: body.Callback, Private: body.Private, Title: body.Title.words(),
		Blocks: body.Blocks, Body: raw,
	}, nil
}

// showView is the view as Slack returns it and sends it along.
func (s *Server) showView(v *View) map[string]any {
	shown := map[string]any{}
	json.Unmarshal(v.Body, &shown)
	shown["id"], shown["team_id"], shown["app_id"], shown["bot_id"] = v.ID, s.set.team, App, BotID
	shown["hash"], shown["root_view_id"], shown["app_installed_team_id"] = v.Hash, v.Root, s.set.team
	shown["blocks"] = withIDs(v.Blocks, v.Root)
	shown["state"] = map[string]any{"values": map[string]any{}}
	for _, name := range []string{"previous_view_id", "submit", "close"} {
		if shown[name] == nil {
			shown[name] = nil
		}
	}
	if v.Previous != "" {
		shown["previous_view_id"] = v.Previous
	}
	for _, name := range []string{"callback_id", "private_metadata", "external_id"} {
		if shown[name] == nil {
			shown[name] = ""
		}
	}
	for _, name := range []string{"clear_on_close", "notify_on_close"} {
		if shown[name] == nil {
			shown[name] = false
		}
	}
	return shown
}

// withIDs gives blocks and elements that were sent without ids the ids that
// Slack makes up.
func withIDs(raw json.RawMessage, seed string) []any {
	var blocks []any
	json.Unmarshal(raw, &blocks)
	n := 0
	name := func(thing any, field string) {
		if fields, ok := thing.(map[string]any); ok {
			if n++; fields[field] == nil {
				fields[field] = shortID(seed, n)
			}
		}
	}
	for _, b := range blocks {
		name(b, "block_id")
		fields, ok := b.(map[string]any)
		if !ok {
			continue
		}
		name(fields["element"], "action_id")
		if accessory, ok := fields["accessory"].(map[string]any); ok && accessory["type"] != "image" {
			name(accessory, "action_id")
		}
		if fields["type"] == "actions" {
			elements, _ := fields["elements"].([]any)
			for _, e := range elements {
				name(e, "action_id")
			}
		}
	}
	return blocks
}
