package company

import (
	"time"

	"secadvisor/bot"
)

// Said gathers from somebody's own runs of these packs, open or finished, what
// they said to each question last, and when they last finished each pack.
func (x Index) Said(d *bot.Docs, person string, packs []string) (said map[string]Answer, finished map[string]time.Time) {
	said, finished = map[string]Answer{}, map[string]time.Time{}
	for _, pack := range packs {
		ids := x.Earlier(pack, "", LookBack)
		if open := x.Open[OpenKey(person, pack)]; open != "" {
			ids = append(ids, open)
		}
		for _, id := range ids {
			run, found := Runs.Get(d, id)
			if !found || run.Owner != person {
				continue
			}
			if run.Finished.After(finished[pack]) {
				finished[pack] = run.Finished
			}
			for q, a := range run.Answers {
				if a.At.After(said[q].At) {
					said[q] = a
				}
			}
		}
	}
	return said, finished
}
