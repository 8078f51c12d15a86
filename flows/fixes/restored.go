package fixes

import (
	"maps"
	"time"

	"secadvisor/flows/company"
)

// Restored is the fix list of a backup that was put back: who should have heard
// between the backup and now that the day of a task has come, has heard it, and
// does not hear it again. Told is of how many.
func Restored(list company.Fixes, now time.Time) (after company.Fixes, told int) {
	after.Tasks = maps.Clone(list.Tasks)
	for id, f := range list.Tasks {
		for side, p := range f.Parts {
			if p.Name == "" || p.Due.IsZero() || !p.Told.IsZero() || !p.Done.IsZero() || comes(p, p.Zone, time.Time{}).After(now) {
				continue
			}
			p.Told = now
			f.Parts = with(f.Parts, side, p)
			after.Tasks[id] = f
			told++
		}
	}
	return after, told
}
