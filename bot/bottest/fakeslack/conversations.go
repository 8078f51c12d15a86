package fakeslack

import (
	"strconv"
	"strings"
)

// postable finds the channel that the bot wants to write to; a person's id
// means the direct conversation with them. The caller holds the lock.
func (s *Server) postable(id string) (*Channel, error) {
	if u := s.users[id]; u != nil && !u.IsBot {
		id = Direct(id)
	}
	c := s.channel(id)
	switch {
	case c == nil, c.Private && !c.WithBot:
		return nil, refused("channel_not_found")
	case c.Archived:
		return nil, refused("is_archived")
	case !c.WithBot:
		return nil, refused("not_in_channel")
	}
	if c.direct() && s.users[c.With].Deleted {
		return nil, refused("user_disabled")
	}
	return c, nil
}

func (s *Server) openConversation(a args) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a["users"] == "" && a["channel"] == "" {
		return nil, refused("users_list_not_supplied")
	}
	if a["users"] == "" {
		c := s.channel(a["channel"])
		if c == nil {
			return nil, refused("channel_not_found")
		}
		return reply{"no_op": true, "already_open": true, "channel": reply{"id": c.ID}}, nil
	}
	if strings.Contains(a["users"], ",") {
		return nil, refused("method_not_supported_for_channel_type") // group conversations are not faked
	}
	if err := s.allow("im:write"); err != nil {
		return nil, err
	}
	u := s.users[a["users"]]
	switch {
	case u == nil:
		return nil, refused("user_not_found")
	case u.Deleted:
		return nil, refused("user_disabled")
	case u.IsBot:
		return nil, refused("cannot_dm_bot")
	}
	already := s.channels[Direct(u.ID)] != nil
	c := s.channel(Direct(u.ID))
	answer := reply{"channel": reply{"id": c.ID}}
	if already {
		answer["no_op"], answer["already_open"] = true, true
	}
	if a.true("return_im") {
		answer["channel"] = s.tell(c)
	}
	return answer, nil
}

func (s *Server) conversationInfo(a args) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(a["channel"])
	if c == nil || c.Private && !c.WithBot {
		return nil, refused("channel_not_found")
	}
	if err := s.allow(c.scope() + ":read"); err != nil {
		return nil, err
	}
	told := s.tell(c)
	if a.true("include_num_members") && !c.direct() {
		told["num_members"] = s.members(c)
	}
	return reply{"channel": told}, nil
}

// members counts who is in a channel, the bot too.
func (s *Server) members(c *Channel) (n int) {
	for _, u := range s.users {
		if c.has(u) && !u.Deleted {
			n++
		}
	}
	return n
}

// scope begins the names of the scopes that a kind of channel needs.
func (c *Channel) scope() string {
	switch {
	case c.direct():
		return "im"
	case c.Private:
		return "groups"
	}
	return "channels"
}

// tell is the channel as conversations.info shows it.
func (s *Server) tell(c *Channel) reply {
	if c.direct() {
		return reply{
			"id": c.ID, "created": 1700000000, "is_im": true, "is_org_shared": false, "user": c.With,
			"is_user_deleted": s.users[c.With].Deleted, "is_archived": false, "is_open": true,
			"is_ext_shared": s.users[c.With].Stranger, "is_shared": s.users[c.With].Stranger, "context_team_id": s.set.team,
		}
	}
	return reply{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name, "created": 1700000000, "creator": Owner, "unlinked": 0,
		"is_channel": true, "is_group": false, "is_im": false, "is_mpim": false, "is_private": c.Private,
		"is_archived": c.Archived, "is_general": c.ID == General, "is_member": c.WithBot,
		"is_shared": c.ExtShared, "is_ext_shared": c.ExtShared, "is_org_shared": false, "is_pending_ext_shared": c.Pending,
		"context_team_id": s.set.team, "shared_team_ids": s.teams(c), "pending_shared": []string{},
		"topic": reply{"value": "", "creator": "", "last_set": 0}, "purpose": reply{"value": "", "creator": "", "last_set": 0},
	}
}

func (s *Server) teams(c *Channel) []string {
	if c.ExtShared {
		return []string{s.set.team, OtherTeam}
	}
	return []string{s.set.team}
}

func (s *Server) conversationHistory(a args) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(a["channel"])
	switch {
	case c == nil, c.Private && !c.WithBot:
		return nil, refused("channel_not_found")
	case !c.WithBot:
		return nil, refused("not_in_channel")
	}
	if err := s.allow(c.scope() + ":history"); err != nil {
		return nil, err
	}
	before, err := cursor(a)
	if err != nil {
		return nil, err
	}
	limit := min(max(a.number("limit", 100), 1), 999)
	found := []reply{}
	more := ""
	all := s.room(c.ID).messages
	for i := len(all) - 1; i >= 0; i-- {
		m := all[i]
		if m.Deleted || !within(m.TS, a) || before != "" && m.TS >= before {
			continue
		}
		if len(found) == limit {
			more = found[limit-1]["ts"].(string)
			break
		}
		found = append(found, s.showMessage(m, a.true("include_all_metadata")))
	}
	return reply{"messages": found, "has_more": more != "", "pin_count": 0, "response_metadata": reply{"next_cursor": nextCursor(more)}}, nil
}

// within reports whether a time stamp lies between oldest and latest.
func within(ts string, a args) bool {
	inclusive := a.true("inclusive")
	if oldest := a["oldest"]; oldest != "" {
		if d := compareTS(ts, oldest); d < 0 || d == 0 && !inclusive {
			return false
		}
	}
	if latest := a["latest"]; latest != "" {
		if d := compareTS(ts, latest); d > 0 || d == 0 && !inclusive {
			return false
		}
	}
	return true
}

// compareTS orders time stamps; a plain number of seconds is one too.
func compareTS(a, b string) int {
	if len(a) == len(b) {
		return strings.Compare(a, b)
	}
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

const cursorStart = "next_ts:"

func nextCursor(ts string) string {
	if ts == "" {
		return ""
	}
	return cursorStart + ts
}

func cursor(a args) (string, error) {
	if a["cursor"] == "" {
		return "", nil
	}
	ts, ok := strings.CutPrefix(a["cursor"], cursorStart)
	if !ok {
		return "", refused("invalid_cursor")
	}
	return ts, nil
}
