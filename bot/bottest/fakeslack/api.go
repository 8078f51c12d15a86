package fakeslack

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// method is one method of the Web API.
type method struct {
	name  string
	app   bool     // called with the app's token, not the bot's
	open  bool     // called without a token
	scope string   // that the bot needs; empty: none, or found by do itself
	need  []string // arguments that must be there
	do    func(*Server, args) (reply, error)
}

type reply map[string]any

func allMethods() []method {
	return []method{
		{name: "api.test", open: true, do: func(*Server, args) (reply, error) { return reply{}, nil }},
		{name: "oauth.v2.access", open: true, need: []string{"client_id", "client_secret"}, do: (*Server).exchange},
		{name: "auth.test", do: (*Server).authTest},
		{name: "bots.info", scope: "users:read", need: []string{"bot"}, do: (*Server).botInfo},
		{name: "apps.connections.open", app: true, do: (*Server).openConnection},
		{name: "chat.postMessage", scope: "chat:write", need: []string{"channel"}, do: (*Server).postMessage},
		{name: "chat.postEphemeral", scope: "chat:write", need: []string{"channel", "user"}, do: (*Server).postEphemeral},
		{name: "chat.update", scope: "chat:write", need: []string{"channel", "ts"}, do: (*Server).updateMessage},
		{name: "chat.delete", scope: "chat:write", need: []string{"channel", "ts"}, do: (*Server).deleteMessage},
		{name: "conversations.open", do: (*Server).openConversation},
		{name: "conversations.info", need: []string{"channel"}, do: (*Server).conversationInfo},
		{name: "conversations.history", need: []string{"channel"}, do: (*Server).conversationHistory},
		{name: "users.info", scope: "users:read", need: []string{"user"}, do: (*Server).userInfo},
		{name: "views.open", need: []string{"trigger_id", "view"}, do: (*Server).openView},
		{name: "views.push", need: []string{"trigger_id", "view"}, do: (*Server).pushView},
		{name: "views.update", need: []string{"view"}, do: (*Server).updateView},
		{name: "views.publish", need: []string{"user_id", "view"}, do: (*Server).publishView},
		{name: "files.getUploadURLExternal", scope: "files:write", need: []string{"filename", "length"}, do: (*Server).uploadURL},
		{name: "files.completeUploadExternal", scope: "files:write", need: []string{"files"}, do: (*Server).completeUpload},
	}
}

// refusal is an error that Slack reports with "ok": false.
type refusal struct {
	code     string
	messages []string // reasons, each with a pointer into the request
	more     reply
	after    string // Retry-After of a 429
}

func (r *refusal) Error() string { return strings.Join(append([]string{r.code}, r.messages...), ": ") }

func refused(code string, messages ...string) *refusal {
	return &refusal{code: code, messages: messages}
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	f, struck := s.faults.next(name)
	if struck {
		f.wait(r.Context())
	}
	if struck && !f.Effect && f.fails() {
		s.calls.add(Call{Method: name, At: time.Now(), Error: f.name()})
		f.write(w)
		return
	}
	a, err := readArgs(r)
	if err != nil {
		s.finish(w, name, a, nil, err)
		return
	}
	as := token(r, a)
	if s.knows(as) {
		w.Header().Set("X-OAuth-Scopes", s.granted())
	}
	answer, err := s.perform(name, as, a)
	if struck && f.fails() {
		s.calls.add(Call{Method: name, Args: a, At: time.Now(), Error: f.name()})
		f.write(w)
		return
	}
	s.finish(w, name, a, answer, err)
}

func token(r *http.Request, a args) string {
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return t
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return "" // Slack takes no token from a JSON body
	}
	return a["token"]
}

func (s *Server) perform(name, token string, a args) (reply, error) {
	m, known := s.methods[name]
	if !known {
		return nil, refused("unknown_method")
	}
	if err := s.admit(m, token); err != nil {
		return nil, err
	}
	var missing []string
	for _, n := range m.need {
		if a[n] == "" {
			missing = append(missing, "[ERROR] missing required field: "+n)
		}
	}
	if missing != nil {
		return nil, refused("invalid_arguments", missing...)
	}
	if err := s.allow(m.scope); err != nil {
		return nil, err
	}
	return m.do(s, a)
}

// admit checks the token.
func (s *Server) admit(m method, token string) error {
	ofBot, ofApp := s.knows(token), token == s.set.app
	switch {
	case m.open:
		return nil
	case token == "":
		return refused("not_authed")
	case !ofBot && !ofApp:
		return refused("invalid_auth")
	case ofBot == m.app && m.name != "api.test":
		return refused("not_allowed_token_type")
	case ofBot:
		return s.holds(token)
	}
	return nil
}

// allow checks a scope.
func (s *Server) allow(scope string) error {
	if scope == "" || s.set.scopes == nil || s.set.scopes[scope] {
		return nil
	}
	r := refused("missing_scope")
	r.more = reply{"needed": scope, "provided": s.granted()}
	return r
}

// granted is what the bot's token may do, as the head of an answer tells it:
// what all methods here need, unless a test grants something else.
func (s *Server) granted() string {
	if s.set.scopes == nil {
		return "commands,chat:write,im:write,im:history,app_mentions:read,files:write,users:read,channels:read,groups:read"
	}
	return strings.Join(slices.Sorted(maps.Keys(s.set.scopes)), ",")
}

func (s *Server) finish(w http.ResponseWriter, name string, a args, answer reply, err error) {
	call := Call{Method: name, Args: a, At: time.Now()}
	status := http.StatusOK
	switch refusal := (*refusal)(nil); {
	case err == nil:
		answer["ok"] = true
	case errors.As(err, &refusal):
		call.Error = refusal.code
		answer = refusal.reply()
		if refusal.after != "" {
			status = http.StatusTooManyRequests
			w.Header().Set("Retry-After", refusal.after)
		}
	default:
		call.Error = "invalid_arguments"
		answer = reply{"ok": false, "error": "invalid_arguments", "response_metadata": reply{"messages": []string{err.Error()}}}
	}
	s.calls.add(call)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(answer)
}

func (r *refusal) reply() reply {
	answer := reply{"ok": false, "error": r.code}
	for k, v := range r.more {
		answer[k] = v
	}
	if r.messages != nil {
		answer["response_metadata"] = reply{"messages": r.messages}
	}
	return answer
}

func (s *Server) authTest(args) (reply, error) {
	return reply{
		"url": "https://fake.slack.com/", "team": s.set.name, "user": "secadvisor",
		"team_id": s.set.team, "user_id": Bot, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

func (s *Server) botInfo(a args) (reply, error) {
	if a["bot"] != BotID {
		return nil, refused("bot_not_found")
	}
	return reply{"bot": reply{"id": BotID, "deleted": false, "name": "secadvisor", "updated": 1700000000, "app_id": App, "user_id": Bot}}, nil
}
