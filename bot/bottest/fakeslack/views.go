package fakeslack

import (
	"time"
)

// trigger is a right to open one form.
type trigger struct {
	user  string
	until time.Time
	spent bool
	view  string // that it came from, for views.push
}

func (s *Server) openView(a args) (reply, error) { return s.show(a, false) }

func (s *Server) pushView(a args) (reply, error) { return s.show(a, true) }

func (s *Server) show(a args, push bool) (reply, error) {
	v, err := readView(a.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.triggers[a["trigger_id"]]
	switch {
	case t == nil:
		return nil, refused("invalid_trigger_id")
	case t.spent:
		return nil, refused("exchanged_trigger_id")
	case s.set.now().After(t.until):
		return nil, refused("expired_trigger_id")
	}
	if push {
		if err := s.stackOn(v, t); err != nil {
			return nil, err
		}
	}
	t.spent = true
	v.User = t.user
	s.addView(v)
	return reply{"view": s.showView(v)}, nil
}

// stackOn puts a form over the one that its trigger came from.
func (s *Server) stackOn(v *View, t *trigger) error {
	below := s.view(t.view)
	if below == nil || !below.Open {
		return refused("not_found")
	}
	depth := 0
	for _, other := range s.views {
		if other.Open && other.Root == below.Root {
			depth++
		}
	}
	if depth >= maxViewStack {
		return refused("push_limit_reached")
	}
	v.Root, v.Previous = below.Root, below.ID
	return nil
}

func (s *Server) addView(v *View) {
	v.ID, v.Open = s.newID("V0"), true
	if v.Root == "" {
		v.Root = v.ID
	}
	v.Hash = s.newHash()
	s.views = append(s.views, v)
}

func (s *Server) newHash() string {
	ts, _ := s.newTS()
	return ts + "." + secret()[:8]
}

func (s *Server) updateView(a args) (reply, error) {
	next, err := readView(a.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.view(a["view_id"])
	switch {
	case v == nil, !v.Open:
		return nil, refused("not_found")
	case a["hash"] != "" && a["hash"] != v.Hash:
		return nil, refused("hash_conflict")
	}
	s.replace(v, next)
	return reply{"view": s.showView(v)}, nil
}

// replace changes what a form shows.
func (s *Server) replace(v, next *View) {
	v.Callback, v.Private, v.Title, v.Blocks, v.Body = next.Callback, next.Private, next.Title, next.Blocks, next.Body
	v.Errors, v.Hash = nil, s.newHash()
}

func (s *Server) publishView(a args) (reply, error) {
	v, err := readView(a.raw("view"), "home")
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users[a["user_id"]] == nil {
		return nil, refused("user_not_found")
	}
	if old := s.homes[a["user_id"]]; old != nil && a["hash"] != "" && a["hash"] != old.Hash {
		return nil, refused("hash_conflict")
	}
	v.ID, v.User, v.Hash, v.Open = s.newID("V0"), a["user_id"], s.newHash(), true
	v.Root = v.ID
	s.homes[v.User] = v
	return reply{"view": s.showView(v)}, nil
}
