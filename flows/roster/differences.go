package roster

import (
	"maps"
	"slices"
	"strings"

	"secadvisor/flows/company"
)

// Differences tells what is other in the new map, one thing a line.
func Differences(old, new company.Map) []string {
	var lines []string
	ids := union(old.Parties, new.Parties)
	slices.SortFunc(ids, func(a, b string) int {
		return strings.Compare(name(new, a)+name(old, a)+a, name(new, b)+name(old, b)+b)
	})
	for _, id := range ids {
		was, had := old.Parties[id]
		is, has := new.Parties[id]
		switch {
		case had && !has:
			lines = append(lines, was.Name+": no longer saved, nothing names them")
		case !had:
			lines = append(lines, is.Name+": new; "+known(facts(is)[1:]))
		case was != is:
			lines = append(lines, was.Name+": "+changed(facts(was), facts(is)))
		}
	}
	for _, id := range slices.Sorted(slices.Values(union(old.Duties, new.Duties))) {
		if was, is := people(old, id), people(new, id); !slices.Equal(was, is) {
			lines = append(lines, id+": "+changed(was, is))
		}
	}
	return lines
}

func union[V any](a, b map[string]V) []string {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]V{}
	}
	maps.Copy(all, b)
	return slices.Collect(maps.Keys(all))
}

// fact is one thing known, with its name.
type fact struct{ word, text string }

func facts(p company.Party) []fact {
	shown := ""
	for word, s := range shownWords {
		if p.Shown == s {
			shown = word
		}
	}
	return []fact{{"name ", p.Name}, {"user ", p.User}, {"channel ", p.Channel}, {"phone ", p.Phone}, {"email ", p.Email}, {"hours ", p.Hours},
		{"shown ", shown}, {"provider ", yes(p.Provider)}, {"partner ", yes(p.Partner)}}
}

func people(m company.Map, topic string) []fact {
	d, ok := m.Duties[topic]
	does := name(m, d.Does)
	if ok && !d.Owned() {
		does = "needs an owner"
	}
	return []fact{{"", does}, {"deputy ", name(m, d.Deputy)}, {"accountable ", name(m, d.Answers)}}
}

func name(m company.Map, id string) string { return m.Parties[id].Name }

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// changed tells which facts are other.
func changed(was, is []fact) string {
	var all []string
	for i, now := range is {
		if before := was[i]; before.text != now.text {
			all = append(all, now.word+orNothing(before.text)+" → "+orNothing(now.text))
		}
	}
	return strings.Join(all, "; ")
}

// known tells the facts that there are.
func known(facts []fact) string {
	var all []string
	for _, f := range facts {
		if f.text != "" {
			all = append(all, f.word+f.text)
		}
	}
	return strings.Join(all, "; ")
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}
