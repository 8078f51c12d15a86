package fakeslack

import (
	"encoding/json"
	"unicode/utf8"
)

// Limits of a message's text. Posting cuts after 40,000 characters; editing
// refuses above 4,000 (docs.slack.dev/reference/methods/chat.update).
const (
	maxPostText = 40_000
	maxEditText = 4_000
)

func (s *Server) postMessage(a args) (reply, error) {
	content, err := s.readContent(a)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.postable(a["channel"])
	if err != nil {
		return nil, err
	}
	if err := s.room(c.ID).posts.take(s.set.now(), s.set.postEvery, s.set.postBurst); err != nil {
		return nil, err
	}
	m := &Message{Channel: c.ID, User: Bot, Content: content}
	if s.find(c.ID, a["thread_ts"]) != nil {
		m.Thread = a["thread_ts"]
	}
	s.say(m)
	return reply{"channel": c.ID, "ts": m.TS, "message": s.showMessage(m, false)}, nil
}

func (s *Server) postEphemeral(a args) (reply, error) {
	content, err := s.readContent(a)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.postable(a["channel"])
	if err != nil {
		return nil, err
	}
	u := s.users[a["user"]]
	if u == nil || !c.has(u) {
		return nil, refused("user_not_in_channel")
	}
	m := &Message{Channel: c.ID, User: Bot, For: u.ID, Content: content}
	s.whisper(m)
	return reply{"message_ts": m.TS}, nil
}

func (s *Server) updateMessage(a args) (reply, error) {
	content, err := s.checkContent(a)
	if err != nil {
		return nil, err
	}
	if n := utf8.RuneCountInString(content.Text); n > maxEditText {
		return nil, refused("msg_too_long")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.postable(a["channel"])
	if err != nil {
		return nil, err
	}
	m := s.find(c.ID, a["ts"])
	switch {
	case m == nil:
		return nil, refused("message_not_found")
	case m.User != Bot:
		return nil, refused("cant_update_message")
	}
	// What is not sent stays as it was.
	if content.Blocks == nil {
		content.Blocks = m.Blocks
	}
	if content.Metadata == nil {
		content.Metadata = m.Metadata
	}
	if content.Text == "" && empty(content.Blocks) {
		return nil, refused("no_text")
	}
	s.edit(m, content)
	if s.set.load {
		return reply{"channel": c.ID, "ts": m.TS}, nil
	}
	return reply{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": s.showMessage(m, false)}, nil
}

func (s *Server) deleteMessage(a args) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(a["channel"])
	if c == nil {
		return nil, refused("channel_not_found")
	}
	m := s.find(c.ID, a["ts"])
	switch {
	case m == nil:
		return nil, refused("message_not_found")
	case m.User != Bot:
		return nil, refused("cant_delete_message")
	}
	m.Deleted = true
	return reply{"channel": c.ID, "ts": m.TS}, nil
}

// readContent reads what a new message says.
func (s *Server) readContent(a args) (Content, error) {
	content, err := s.checkContent(a)
	if err != nil {
		return content, err
	}
	if content.Text == "" && empty(content.Blocks) && a["attachments"] == "" {
		return content, refused("no_text")
	}
	if utf8.RuneCountInString(content.Text) > maxPostText {
		return content, refused("msg_too_long")
	}
	return content, nil
}

// checkContent reads what a message or an edit says.
func (s *Server) checkContent(a args) (Content, error) {
	content := Content{Text: a["text"], Blocks: a.raw("blocks"), Metadata: a.raw("metadata")}
	if content.Blocks != nil && !s.set.load {
		if err := checkMessageBlocks(content.Blocks); err != nil {
			return content, err
		}
	}
	if content.Metadata != nil {
		var meta struct {
			Type    string          `json:"event_type"`
			Payload json.RawMessage `json:"event_payload"`
		}
		if json.Unmarshal(content.Metadata, &meta) != nil || meta.Type == "" || len(meta.Payload) == 0 || meta.Payload[0] != '{' {
			return content, refused("invalid_metadata_format")
		}
	}
	return content, nil
}

func empty(blocks json.RawMessage) bool { return len(blocks) == 0 || string(blocks) == "[]" }

// showMessage is the message as Slack returns it.
func (s *Server) showMessage(m *Message, metadata bool) reply {
	shown := reply{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": s.set.team}
	if u := s.users[m.User]; u != nil {
		shown["team"] = u.Team
	}
	if m.User == Bot {
		shown["bot_id"], shown["app_id"] = BotID, App
	}
	if m.Thread != "" {
		shown["thread_ts"] = m.Thread
	}
	if m.Blocks != nil {
		shown["blocks"] = m.Blocks
	}
	if files := s.showFiles(m.Files); files != nil {
		shown["files"], shown["subtype"] = files, "file_share"
	}
	if len(m.Edits) > 0 {
		shown["edited"] = reply{"user": m.User, "ts": stamp(m.At.UnixMicro())}
	}
	if metadata && m.Metadata != nil {
		shown["metadata"] = m.Metadata
	}
	return shown
}
