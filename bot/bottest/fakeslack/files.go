package fakeslack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// File is an uploaded file.
type File struct {
	ID, Name, Title string
	Data            []byte
	Channel         string // where it was shared; empty: nowhere yet
	length          int
	secret          string
}

// File finds an uploaded file.
func (s *Server) File(id string) (File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.files[id]; f != nil {
		return *f, true
	}
	return File{}, false
}

func (s *Server) uploadURL(a args) (reply, error) {
	length := a.number("length", 0)
	if length <= 0 {
		return nil, refused("invalid_arguments", "[ERROR] must be greater than 0 [json-pointer:/length]")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &File{ID: s.newID("F0"), Name: a["filename"], length: length, secret: secret()}
	s.files[f.ID] = f
	return reply{"file_id": f.ID, "upload_url": fmt.Sprintf("%s/upload/%s?key=%s", s.URL, f.ID, f.secret)}, nil
}

// serveUpload takes the bytes of a file, bare or as a multipart form.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	var from io.Reader = r.Body
	if form, err := r.MultipartReader(); err == nil {
		part, err := form.NextPart()
		if err != nil {
			http.Error(w, "no part", http.StatusBadRequest)
			return
		}
		from = part
	}
	data, err := io.ReadAll(io.LimitReader(from, 64<<20))
	if err != nil {
		http.Error(w, "not read", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[r.PathValue("id")]
	if f == nil || f.secret != r.URL.Query().Get("key") || len(data) != f.length {
		http.Error(w, "no such upload, or not the announced length", http.StatusBadRequest)
		return
	}
	f.Data = data
	fmt.Fprintf(w, "OK - %d", len(data))
}

func (s *Server) completeUpload(a args) (reply, error) {
	var named []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if err := json.Unmarshal(a.raw("files"), &named); err != nil || len(named) == 0 {
		return nil, refused("invalid_arguments", "[ERROR] must provide an array [json-pointer:/files]")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var where *Channel
	if id := a["channel_id"]; id != "" {
		if mustBegin(id, "C", "D", "G") != nil {
			return nil, refused("invalid_arguments", "[ERROR] must match the pattern of a channel [json-pointer:/channel_id]")
		}
		c, err := s.postable(id)
		if err != nil {
			return nil, err
		}
		where = c
	}
	done, ids := []reply{}, []string{}
	for _, n := range named {
		f := s.files[n.ID]
		if f == nil || f.Data == nil {
			return nil, refused("file_not_found")
		}
		f.Title = n.Title
		ids = append(ids, f.ID)
		done = append(done, reply{"id": f.ID, "title": f.Title, "name": f.Name, "size": len(f.Data)})
		if where != nil {
			f.Channel = where.ID
		}
	}
	if where != nil {
		m := &Message{Channel: where.ID, User: Bot, Files: ids, Content: Content{Text: a["initial_comment"], Blocks: a.raw("blocks")}}
		if s.find(where.ID, a["thread_ts"]) != nil {
			m.Thread = a["thread_ts"]
		}
		s.say(m)
	}
	return reply{"files": done}, nil
}

// showFiles are the files of a message as Slack returns them.
func (s *Server) showFiles(ids []string) (shown []reply) {
	for _, id := range ids {
		if f := s.files[id]; f != nil {
			shown = append(shown, reply{"id": f.ID, "name": f.Name, "title": f.Title, "size": len(f.Data), "user": Bot, "mode": "hosted"})
		}
	}
	return shown
}
