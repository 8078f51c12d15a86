package fakeslack

import (
	"regexp"
	"strings"
)

var typedThings = regexp.MustCompile(`@[\w.-]*\w|#[\w-]+|https?://[^\s<>|]+`)

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// typed is text as Slack sends it after a person typed it: & < > are
// escaped, @name, #channel and addresses become references. In commands
// (should_escape) a reference carries its name too.
func (s *Server) typed(words string, inCommand bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return typedThings.ReplaceAllStringFunc(escaper.Replace(words), func(thing string) string {
		switch {
		case thing[0] == 'h':
			return "<" + thing + ">"
		case thing == "@here" || thing == "@channel" || thing == "@everyone":
			return "<!" + thing[1:] + ">"
		case thing[0] == '@':
			for _, u := range s.users {
				if u.Name == thing[1:] {
					return reference("@"+u.ID, u.Name, inCommand)
				}
			}
		default:
			for _, c := range s.channels {
				if c.Name == thing[1:] {
					return reference("#"+c.ID, c.Name, true)
				}
			}
		}
		return thing
	})
}

func reference(id, name string, named bool) string {
	if named {
		return "<" + id + "|" + name + ">"
	}
	return "<" + id + ">"
}
