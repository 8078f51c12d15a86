package fakeslack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxResponses is how often a response URL works
// (docs.slack.dev/interactivity/handling-user-interaction).
const maxResponses = 5

// response is a response URL: who acted, where, and on which message.
type response struct {
	user, channel string
	message       string // TS of the message that a button was pressed in
	private       bool   // that message is seen by one person
	until         time.Time
	used          int
}

// newResponse makes a response URL. The caller holds the lock.
func (s *Server) newResponse(kind string, r response) string {
	key := secret()
	r.until = s.set.now().Add(s.set.responseLife)
	s.responses[key] = &r
	return fmt.Sprintf("%s/%s/%s/%s/%s", s.URL, kind, s.set.team, App, key)
}

// answer is what a bot says through a response URL or in its response to a
// command.
type answer struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Metadata        json.RawMessage `json:"metadata"`
	ResponseType    string          `json:"response_type"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	Thread          string          `json:"thread_ts"`
}

func (s *Server) serveResponse(w http.ResponseWriter, r *http.Request) {
	f, struck := s.faults.next(ResponseURL)
	if struck {
		f.wait(r.Context())
	}
	var err error
	if !struck || f.Effect || !f.fails() {
		err = s.respond(r)
	}
	call := Call{Method: ResponseURL, At: time.Now()}
	if struck && f.fails() {
		call.Error = f.name()
		s.calls.add(call)
		f.write(w)
		return
	}
	if refusal := (*refusal)(nil); errors.As(err, &refusal) {
		call.Error = refusal.code
		s.calls.add(call)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		json.NewEncoder(w).Encode(refusal.reply())
		return
	}
	s.calls.add(call)
	io.WriteString(w, "ok")
}

func (s *Server) respond(r *http.Request) error {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return refused("invalid_payload")
	}
	a, err := s.readAnswer(body)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.responses[r.PathValue("secret")]
	switch {
	case u == nil:
		return refused("no_service")
	case u.used >= maxResponses:
		return refused("used_url")
	case s.set.now().After(u.until):
		return refused("expired_url")
	}
	u.used++
	_, err = s.put(a, u)
	return err
}

func (s *Server) readAnswer(body []byte) (answer, error) {
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		return a, refused("invalid_payload")
	}
	given := args{"text": a.Text}
	if a.Blocks != nil && string(a.Blocks) != "null" {
		given["blocks"] = string(a.Blocks)
	}
	if a.Metadata != nil && string(a.Metadata) != "null" {
		given["metadata"] = string(a.Metadata)
	}
	if a.DeleteOriginal {
		return a, nil
	}
	_, err := s.readContent(given)
	return a, err
}

// put shows an answer. The caller holds the lock.
func (s *Server) put(a answer, u *response) (*Message, error) {
	content := Content{Text: a.Text, Blocks: a.Blocks, Metadata: a.Metadata}
	original := s.original(u)
	switch {
	case a.DeleteOriginal && original != nil:
		original.Deleted = true
		return original, nil
	case a.DeleteOriginal, a.ReplaceOriginal && original == nil:
		return nil, refused("message_not_found")
	case a.ReplaceOriginal:
		s.edit(original, content)
		return original, nil
	}
	m := &Message{Channel: u.channel, User: Bot, Thread: a.Thread, Content: content}
	if strings.EqualFold(a.ResponseType, "in_channel") {
		s.say(m)
		return m, nil
	}
	m.For = u.user
	s.whisper(m)
	return m, nil
}

// original is the message that the response URL came from.
func (s *Server) original(u *response) *Message {
	if !u.private {
		return s.find(u.channel, u.message)
	}
	for _, m := range s.private {
		if m.Channel == u.channel && m.TS == u.message && !m.Deleted {
			return m
		}
	}
	return nil
}
