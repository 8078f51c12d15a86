package web

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"secadvisor/bot"
)

// visit is one request of a browser: as whom it looks, and where.
type visit struct {
	*session
	r   *http.Request
	who bot.Person
	at  string // a room's id, dm or home
}

func (v visit) place() bot.Place { return place(v.who, v.at) }

// address is the page of a person in a place.
func address(who, at string) string {
	return "/?" + url.Values{"as": {who}, "at": {at}}.Encode()
}

// visited reads who looks where. What is nobody and nowhere becomes the owner,
// in direct messages.
func visited(one *session, r *http.Request) visit {
	v := visit{session: one, r: r, at: r.FormValue("at")}
	v.who, _ = personOf(r.FormValue("as"))
	if v.at != home && place(v.who, v.at).Channel != v.at {
		v.at = dm
	}
	return v
}

// deed is something that a visitor does. Where it is shown somewhere else, it
// says where.
type deed func(v visit) (at string, err error)

// deed lets a visitor do something and answers with what changed; without a
// script, with the page.
func (s *Site) deed(do deed) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			sorry(w, http.StatusBadRequest, "That was too much at once: please send less.")
			return
		}
		one := s.sessions.of(r)
		if one == nil || subtle.ConstantTimeCompare([]byte(r.PostForm.Get("token")), []byte(one.token)) != 1 {
			sorry(w, http.StatusForbidden, "This page is from an earlier visit, so nothing was done. Please open it anew.")
			return
		}
		v := visited(one, r)
		at, err := do(v)
		if err != nil && !errors.Is(err, errNoForm) {
			s.Log.Error("not done", "path", r.URL.Path, "err", err)
			sorry(w, http.StatusInternalServerError, "That did not work just now, and it is not your doing. Please try again.")
			return
		}
		switch scripted := r.Header.Get("X-Since") != ""; {
		case scripted && at == "":
			s.writeParts(w, v)
		case scripted:
			w.Header().Set("X-Go", address(v.who.ID, at))
			w.WriteHeader(http.StatusNoContent)
		default:
			if at == "" {
				at = v.at
			}
			http.Redirect(w, r, address(v.who.ID, at), http.StatusSeeOther)
		}
	}
}

func say(v visit) (string, error) {
	text := strings.TrimSpace(v.r.PostForm.Get("text"))
	if text == "" {
		return "", nil
	}
	v.company.did(askedSomething)
	return v.elsewhere(v.company.Say(v.r.Context(), v.who, v.place(), text))
}

// press reads a button: the message that it stands under, and what it means.
func press(v visit) (string, error) {
	message, action, _ := strings.Cut(v.r.PostForm.Get("b"), " ")
	a, err := bot.ParseAction(action)
	if err != nil {
		return "", nil // no button of ours
	}
	return v.elsewhere(v.company.Press(v.r.Context(), v.who, v.place(), message, a))
}

// elsewhere leads from the advisor's own page to where its answers are.
func (v visit) elsewhere(err error) (string, error) {
	if v.at == home {
		return dm, err
	}
	return "", err
}

func fill(v visit) (string, error) {
	values := map[string]string{}
	for name := range v.r.PostForm {
		if id, is := strings.CutPrefix(name, "f."); is {
			values[id] = v.r.PostForm.Get(name)
		}
	}
	return "", v.company.Fill(v.r.Context(), v.who, v.place(), v.r.PostForm.Get("form"), values)
}

func cancel(v visit) (string, error) {
	v.company.Cancel(v.who, v.place())
	return "", nil
}

func clock(v visit) (string, error) {
	v.company.did(movedTime)
	switch v.r.PostForm.Get("by") {
	case "day":
		return "", v.company.Move(v.r.Context(), 24*time.Hour)
	case "week":
		return "", v.company.Move(v.r.Context(), 7*24*time.Hour)
	case "next":
		return "", v.company.MoveToNext(v.r.Context())
	}
	return "", nil
}

func breaks(v visit) (string, error) {
	target := v.r.PostForm.Get("target")
	_, person := personOf(target)
	_, channel := pick(bot.PickChannel, target)
	if person || channel {
		v.company.Break(target, v.r.PostForm.Get("mend") == "")
	}
	return "", nil
}

func tour(v visit) (string, error) {
	v.company.nextHint(v.r.PostForm.Get("close") != "")
	return "", nil
}
