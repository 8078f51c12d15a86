package archive

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"secadvisor/bot"
	"secadvisor/flows/company"
)

// typed are changes that need to know what a document means, by its key or the
// beginning of it. A nil body deletes it.
func (f *forgetting) typed() map[string]func([]byte) ([]byte, error) {
	return map[string]func([]byte) ([]byte, error){
		company.Maps.Key(company.MapID): change(company.Maps, f.fromMap),
		company.Runs.Key(""):            change(company.Runs, func(r *company.Run) bool { return r.Owner != f.person || !r.Finished.IsZero() }),
		company.Schedules.Key(""):       change(company.Schedules, f.fromSchedule),
		company.SidesOf.Key(""):         change(company.SidesOf, func(c *company.BothSides) bool { return c.Owner.User != f.person && c.IT.User != f.person }),
		company.Interviews.Key(""):      change(company.Interviews, func(in *company.Interview) bool { return in.Owner != f.person }),
		"handoff/": func(body []byte) ([]byte, error) {
			var note struct {
				Data struct {
					From string `json:"from"`
				} `json:"d"`
			}
			if err := json.Unmarshal(body, &note); err != nil || note.Data.From == f.person {
				return nil, bot.Unquoted(err)
			}
			return body, nil
		},
	}
}

// change changes a document as its type; keep says whether it stays. One that
// stays as it was keeps its version.
func change[T any](doc bot.Doc[T], keep func(*T) bool) func([]byte) ([]byte, error) {
	return func(body []byte) ([]byte, error) {
		v, err := doc.Decode(body)
		if err != nil {
			return nil, err
		}
		was, err := doc.Encode(v)
		if err != nil || !keep(&v) {
			return nil, err
		}
		now, err := doc.Encode(v)
		if err != nil || string(was) == string(now) {
			return body, err
		}
		return now, nil
	}
}

// fromMap takes the person's entry out, with everything that names it: what
// they did needs an owner now.
func (f *forgetting) fromMap(m *company.Map) bool {
	for id, p := range m.Parties {
		if p.User != f.person {
			continue
		}
		for _, key := range m.Of(id) {
			d := m.Duties[key]
			if d.Does == id {
				d.Does, d.State = "", company.Assumed
			}
			d.Deputy, d.Answers = other(d.Deputy, id), other(d.Answers, id)
			if m.Duties[key] = d; d.Does+d.Deputy+d.Answers == "" {
				delete(m.Duties, key)
			}
		}
		delete(m.Parties, id)
	}
	return true
}

func other(is, gone string) string {
	if is == gone {
		return ""
	}
	return is
}

// fromSchedule hands a reminder to who else it has to do with: whoever set it,
// whoever gets it, another owner. Where there is nobody, it ends.
func (f *forgetting) fromSchedule(s *company.Schedule) bool {
	s.Later = nil // a notice may name them, and tells of little
	switch {
	case s.Owner == f.person && s.To.User == f.person:
		return false
	case s.To.User == f.person:
		s.To, s.Name = bot.To(s.Owner), s.By
	case s.Owner == f.person && f.heir == "":
		return false
	case s.Owner == f.person:
		s.Owner, s.By = f.heir, somebody
	}
	return true
}

// heirOf is another owner of the company; empty: there is none.
func heirOf(docs []Doc, person string) string {
	for _, d := range docs {
		if d.Key != bot.RolesDoc.Key(bot.RolesID) {
			continue
		}
		roles, err := bot.RolesDoc.Decode(d.Body)
		if err != nil {
			return ""
		}
		for _, id := range slices.Sorted(maps.Keys(roles.People)) {
			if id != person && roles.People[id].Role == bot.Owner {
				return id
			}
		}
	}
	return ""
}

// startedRun reports whether a document is an assessment that they started.
func (f *forgetting) startedRun(d Doc) bool {
	if !strings.HasPrefix(d.Key, company.Runs.Key("")) {
		return false
	}
	run, err := company.Runs.Decode(d.Body)
	return err == nil && run.Owner == f.person
}
