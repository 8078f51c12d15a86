package roster

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"secadvisor/flows/company"
)

// most is how many characters a cell may have.
const most = 120

// words of the column shown.
var shownWords = map[string]company.Shown{"staff": company.ToStaff, "emergency": company.InEmergencies, "owners": company.ToOwners}

// check says what of a row nobody could use, whatever the company.
func (r row) check() error {
	var all []error
	wrong := func(column, mend string, args ...any) { all = append(all, r.at(column, mend, args...)) }
	for _, column := range columns {
		text := r.cells[column]
		if utf8.RuneCountInString(text) > most {
			wrong(column, "shorten it to %d characters", most)
		}
		if strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) || c == '\u2028' || c == '\u2029' }) {
			wrong(column, "write it on one line")
		}
	}
	if phone := r.cells["phone"]; phone != "" && phone != nothing && !company.Dialable(phone) {
		wrong("phone", "write the number with digits, for example +1 555 0100")
	}
	if email := r.cells["email"]; email != "" && email != nothing && !company.Mailable(email) {
		wrong("email", "write the whole address, for example help@example.com")
	}
	if _, ok := shownWords[r.cells["shown"]]; !ok && r.cells["shown"] != "" {
		wrong("shown", "say staff, emergency or owners")
	}
	for _, column := range []string{"provider", "partner"} {
		if _, ok := yesNo(r.cells[column]); !ok && r.cells[column] != "" {
			wrong(column, "say yes or no")
		}
	}
	all = append(all, r.checkWho())
	return errors.Join(all...)
}

// checkWho says what of a row leaves open whom it is about.
func (r row) checkWho() error {
	var all []error
	wrong := func(mend string, args ...any) { all = append(all, at(r.line, mend, args...)) }
	name, user, channel := r.cells["name"], r.cells["user"], r.cells["channel"]
	switch {
	case user == nothing || channel == nothing:
		wrong("leave user and channel empty, or give an id")
	case user != "" && channel != "":
		wrong("give a user or a channel, not both: write two rows")
	case name == nothing && r.cells["topic"] == "":
		wrong("a dash as the name says that a topic needs an owner: name the topic, or leave the row out")
	case name == nothing && r.about():
		wrong("a dash as the name says that nobody has it: leave the rest of the row empty")
	case name == "" && user == "" && channel == "":
		wrong("say who: a name, or a dash where it needs an owner")
	}
	if r.cells["topic"] == "" && (r.cells["deputy"] != "" || r.cells["accountable"] != "") {
		wrong("deputy and accountable belong to a topic: name it")
	}
	return errors.Join(all...)
}

// about reports whether a row tells anything of a party beside its name.
func (r row) about() bool {
	for _, column := range []string{"user", "channel", "phone", "email", "hours", "shown", "provider", "partner"} {
		if r.cells[column] != "" {
			return true
		}
	}
	return false
}

func yesNo(text string) (yes, ok bool) {
	switch strings.ToLower(text) {
	case "yes", "true":
		return true, true
	case "no", "false":
		return false, true
	}
	return false, false
}
