package faketeams

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Posted is one call of the connector that had an effect.
type Posted struct {
	Method, Path string
	Query        string
	Body         map[string]any
	Raw          string
}

const (
	mostBytes   = 100 << 10 // of an activity as UTF-16
	mostMembers = 500       // in one page
)

// Load is for benchmarks: what is posted is told by conversation and length,
// neither read nor kept. The function must not block.
func (s *Server) Load(posted func(conversation string, bytes int64)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load = posted
}

// Posted lists what was written so far.
func (s *Server) Posted() []Posted {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Posted{}, s.posted...)
}

// Block lets somebody block the bot: their personal chat takes nothing.
func (s *Server) Block(user string) {
	s.Shut(personal(user), Refused(http.StatusForbidden, "MessageWritesBlocked"))
}

// Shut lets a conversation refuse everything, such as by
// Refused(404, "ConversationNotFound"); the zero Fault opens it again.
func (s *Server) Shut(conversation string, by Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed[conversation] = by
}

// NotInstalled lets somebody be without the app: no conversation with them is
// opened, and one that there was takes nothing.
func (s *Server) NotInstalled(user string) {
	s.Shut(personal(user), Refused(http.StatusForbidden, "BotNotInConversationRoster"))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.without[user] = true
}

// Leave lets somebody leave the organisation.
func (s *Server) Leave(user string) {
	s.Shut(personal(user), Refused(http.StatusNotFound, "ConversationNotFound"))
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.people, user)
}

// Join says who is in a channel, and how many of them are told at once.
func (s *Server) Join(channel string, page int, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.members[channel], s.page = users, page
}

// asBot lets only calls with a token through, to conversations that are open.
func (s *Server) asBot(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.identity.caller(r) == "" {
			refuse(w, http.StatusUnauthorized, "Unauthorized")
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if by := s.closed[r.PathValue("conversation")]; by.Status != 0 {
			by.write(w, s.URL)
			return
		}
		do(w, r)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	Refused(status, code).write(w, "")
}

// body reads what is written, and refuses what Teams would.
func body(w http.ResponseWriter, r *http.Request) (Posted, bool) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var body map[string]any
	switch {
	case err != nil || json.Unmarshal(raw, &body) != nil || strings.Contains(string(raw), `"0001-01-01T`):
		refuse(w, http.StatusBadRequest, "BadSyntax")
		return Posted{}, false
	case 2*len(utf16.Encode([]rune(string(raw)))) > mostBytes:
		refuse(w, http.StatusRequestEntityTooLarge, "MessageSizeTooBig")
		return Posted{}, false
	}
	return Posted{r.Method, r.URL.Path, r.URL.RawQuery, body, string(raw)}, true
}

// create opens the conversation with one person. Teams opens no other.
func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	p, ok := body(w, r)
	if !ok {
		return
	}
	var wish struct {
		Group   bool                  `json:"isGroup"`
		Members []struct{ ID string } `json:"members"`
		Tenant  string                `json:"tenantId"`
	}
	if json.Unmarshal([]byte(p.Raw), &wish) != nil || wish.Group || len(wish.Members) != 1 || wish.Tenant != s.identity.caller(r) {
		refuse(w, http.StatusBadRequest, "BadSyntax")
		return
	}
	to, found := s.find(wish.Members[0].ID)
	if !found || s.without[to.ID] {
		refuse(w, http.StatusForbidden, "ForbiddenOperationException")
		return
	}
	s.posted = append(s.posted, p)
	answer(w, http.StatusCreated, map[string]string{"id": personal(to.ID)})
}

func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	if s.load != nil {
		read, _ := io.Copy(io.Discard, r.Body) // who is cut off hears nothing
		s.load(r.PathValue("conversation"), read)
		answer(w, http.StatusCreated, map[string]string{"id": s.next("sent")})
		return
	}
	p, ok := body(w, r)
	if !ok {
		return
	}
	if p.Body["type"] == nil {
		refuse(w, http.StatusBadRequest, "BadSyntax")
		return
	}
	s.posted = append(s.posted, p)
	card := readCard(p.Body)
	in := r.PathValue("conversation")
	card.id, card.in = s.next("sent"), in
	s.chats[in] = append(s.chats[in], &card)
	s.read[in] = append(s.read[in], card.Shown())
	answer(w, http.StatusCreated, map[string]string{"id": card.id})
}

func (s *Server) update(w http.ResponseWriter, r *http.Request) {
	p, ok := body(w, r)
	if !ok {
		return
	}
	for _, c := range s.chats[r.PathValue("conversation")] {
		if c.id == r.PathValue("activity") {
			s.posted = append(s.posted, p)
			now := readCard(p.Body)
			now.id, now.in = c.id, c.in
			*c = now
			s.read[c.in] = append(s.read[c.in], now.Shown())
			answer(w, http.StatusOK, map[string]string{"id": c.id})
			return
		}
	}
	refuse(w, http.StatusNotFound, "ActivityNotFoundInConversation")
}

// member tells of somebody in a conversation, and of nobody else. Conversations
// are named without the message that a thread hangs on.
func (s *Server) member(w http.ResponseWriter, r *http.Request) {
	p, ok := s.find(r.PathValue("user"))
	in := r.PathValue("conversation")
	all, listed := s.members[in]
	if !ok || strings.Contains(in, ";") || strings.HasPrefix(in, "a:29:") && in != personal(p.ID) || listed && !slices.Contains(all, p.ID) {
		refuse(w, http.StatusNotFound, "MemberNotFoundInConversation")
		return
	}
	answer(w, http.StatusOK, p)
}

// pagedMembers tells who is in a channel; the owner and staff, if no test
// says otherwise.
func (s *Server) pagedMembers(w http.ResponseWriter, r *http.Request) {
	all, ok := s.members[r.PathValue("conversation")]
	if !ok {
		all = []string{Owner, Staff}
	}
	from, _ := strconv.Atoi(r.FormValue("continuationToken")) // none: the first page
	size, _ := strconv.Atoi(r.FormValue("pageSize"))
	if size == 0 || size > s.page {
		size = s.page
	}
	told := []person{}
	for _, id := range all[min(from, len(all)):min(from+size, len(all))] {
		told = append(told, s.people[id])
	}
	page := map[string]any{"members": told}
	if from+size < len(all) {
		page["continuationToken"] = strconv.Itoa(from + size)
	}
	answer(w, http.StatusOK, page)
}

// find is somebody by their id in Teams or in Entra.
func (s *Server) find(id string) (person, bool) {
	if p, ok := s.people[id]; ok {
		return p, true
	}
	for _, p := range s.people {
		if p.ID == id || strings.EqualFold(p.Object, id) {
			return p, true
		}
	}
	return person{}, false
}

// personal is the conversation of the bot with one person.
func personal(user string) string { return "a:" + user }
