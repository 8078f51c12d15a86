package archive

import "strings"

// detailsOf are what stands beside an id and tells more of the same person, by
// the field of the id. Names are replaced, the rest is removed.
func detailsOf(field string, in map[string]any) (names, rest []string) {
	_, hasUser := in["user"]
	_, hasTo := in["to"]
	switch field {
	case "user":
		return []string{"name"}, []string{"phone", "email", "hours"}
	case "by":
		if hasUser { // the name is of the user
			return []string{"asker"}, nil
		}
		return []string{"name"}, nil
	case "owner":
		if hasTo { // the name is of whoever is reminded
			return []string{"by"}, nil
		}
		return []string{"name"}, nil
	case "from", "provider":
		return []string{"name"}, nil
	}
	return nil, nil
}

// nameOnly are fields that hold a name without an id beside it.
var nameOnly = [...]string{"by", "asker", "declined"}

// learn finds out what the person is called.
func (f *forgetting) learn(body []byte) error {
	tree, err := parse(body)
	if err == nil {
		f.gather(tree)
	}
	return err
}

func (f *forgetting) gather(v any) {
	note := func(name any) {
		if text, ok := name.(string); ok && text != "" && text != f.person && text != somebody {
			f.names[text] = true
		}
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			f.gather(x)
		}
	case map[string]any:
		for field, x := range v {
			if x == f.person {
				names, _ := detailsOf(field, v)
				for _, name := range names {
					note(v[name])
				}
			}
			if of, ok := x.(map[string]any); ok && field == f.person {
				note(of["name"])
			}
			if f.theirs(x) && bareAddress(field, x) {
				note(v["name"])
			}
			f.gather(x)
		}
	}
}

// theirs reports whether an object is this person: an address, somebody who
// was asked, whoever has a part of a task.
func (f *forgetting) theirs(v any) bool {
	x, ok := v.(map[string]any)
	if !ok {
		return false
	}
	to, _ := x["to"].(map[string]any)
	return x["user"] == f.person || to["user"] == f.person
}

// sweep is a tree without the person.
func (f *forgetting) sweep(v any) any {
	switch v := v.(type) {
	case string:
		return f.text(v)
	case []any:
		kept := []any{}
		for _, x := range v {
			if x != f.person && !f.theirs(x) {
				kept = append(kept, f.sweep(x))
			}
		}
		return kept
	case map[string]any:
		return f.object(v)
	}
	return v
}

// text replaces an id, alone or as a part of a path. Words that somebody typed
// stay.
func (f *forgetting) text(s string) any {
	parts := strings.Split(s, "/")
	for i, part := range parts {
		switch part {
		case f.person:
			parts[i] = erased
		case "@" + f.person:
			parts[i] = "@" + erased
		}
	}
	return strings.Join(parts, "/")
}

func (f *forgetting) object(v map[string]any) any {
	drop := map[string]bool{}
	renamed := map[string]bool{}
	for field, x := range v {
		if field == f.person || strings.HasPrefix(field, f.person+"/") {
			drop[field] = true
		}
		if x == f.person {
			names, rest := detailsOf(field, v)
			for _, name := range names {
				renamed[name] = true
			}
			for _, name := range rest {
				drop[name] = true
			}
			drop[field] = drop[field] || field == "user" || field == "provider" // else something would be sent there
		}
		if f.theirs(x) && field != "d" {
			drop[field] = true
			renamed["name"] = renamed["name"] || bareAddress(field, x)
		}
	}
	for _, field := range nameOnly {
		name, ok := v[field].(string)
		renamed[field] = renamed[field] || ok && f.names[name]
	}
	out := map[string]any{}
	for field, x := range v {
		switch _, isText := x.(string); {
		case drop[field] && field == "to" && !bareAddress(field, x):
			out[field] = map[string]any{"name": somebody}
		case drop[field]:
		case renamed[field] && isText:
			out[field] = somebody
		default:
			out[field] = f.sweep(x)
		}
	}
	return out
}

// bareAddress reports whether the name of whom it is about stands beside it.
func bareAddress(field string, v any) bool {
	x, ok := v.(map[string]any)
	return ok && field == "to" && x["name"] == nil
}
