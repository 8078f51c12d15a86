package fakeslack

import (
	"strings"
	"time"
)

func (s *Server) userInfo(a args) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.users[a["user"]]
	if u == nil {
		return nil, refused("user_not_found")
	}
	first, last, _ := strings.Cut(u.RealName, " ")
	zone, offset := time.UTC.String(), 0
	if at, err := time.LoadLocation(u.TZ); err == nil {
		zone, offset = s.set.now().In(at).Zone()
	}
	return reply{"user": reply{
		"id": u.ID, "team_id": u.Team, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted, "color": "9f69e7",
		"tz": u.TZ, "tz_label": zone, "tz_offset": offset, "updated": 1700000000, "who_can_share_contact_card": "EVERYONE",
		"is_admin": u.Admin, "is_owner": u.Owner, "is_primary_owner": u.Primary, "is_restricted": u.Restricted,
		"is_ultra_restricted": u.Ultra, "is_stranger": u.Stranger, "is_bot": u.IsBot, "is_app_user": false, "is_email_confirmed": true,
		"profile": reply{
			"real_name": u.RealName, "real_name_normalized": u.RealName, "display_name": u.Name, "display_name_normalized": u.Name,
			"first_name": first, "last_name": last, "team": u.Team, "title": "", "phone": "", "avatar_hash": "",
		},
	}}, nil
}
