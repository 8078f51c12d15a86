package bottest

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"secadvisor/bot"
)

// Platform is what the suite wants of a platform that it tests.
type Platform struct {
	// Limits are the platform's lengths of texts: the suite tries each, one
	// more and one less.
	Limits []int

	// MostAction is how many characters of an action a choice can carry.
	MostAction int

	// Faults draws a view and names what the platform's clients would refuse
	// or misread in it.
	Faults func(v bot.View) []string

	// Pressed draws a view, uses every button and choice of it, and returns
	// the events that came of that, in the order of the view.
	Pressed func(t *testing.T, v bot.View) []bot.Event

	// Fail does everything that speaks to the platform's servers, which are at
	// this address, and returns the errors and what was logged. Secrets are
	// what may stand in neither.
	Fail    func(t *testing.T, address string) (errs []error, log string)
	Secrets []string
}

// Suite is what every platform must pass.
func Suite(t *testing.T, p Platform) {
	t.Run("any view can be drawn", func(t *testing.T) { drawAnything(t, p) })
	t.Run("controls give their actions back", func(t *testing.T) { pressEverything(t, p) })
	t.Run("errors hold no secret", func(t *testing.T) { failAtEverything(t, p) })
}

// longText is from where many of them at once say nothing more.
const longText = 75

func drawAnything(t *testing.T, p Platform) {
	texts := append([]string{"plain"}, Hostile...)
	for _, limit := range p.Limits {
		for _, n := range []int{limit - 1, limit, limit + 1} {
			texts = append(texts, strings.Repeat("ä", n), strings.Repeat("word ", n/5)+strings.Repeat("<", n%5))
		}
	}
	try := func(text string, n int) {
		for name, v := range Views(text, n) {
			for _, fault := range p.Faults(v) {
				t.Errorf("%s, %d times %.40q (%d): %s", name, n, text, len(text), fault)
			}
		}
	}
	for _, text := range texts {
		many := 7
		if len(text) > longText {
			many = 2
		}
		for _, n := range []int{0, 1, many} {
			try(text, n)
		}
	}
	for _, n := range []int{5, 6, 25, 26, 50, 51, 99, 100, 101, 205} {
		try("x", n)
	}
}

func pressEverything(t *testing.T, p Platform) {
	for name, v := range Pressable(p.MostAction) {
		t.Run(name, func(t *testing.T) {
			want := v.Actions()
			got := p.Pressed(t, v)
			if len(got) != len(want) {
				t.Fatalf("%d events of %d buttons and choices", len(got), len(want))
			}
			for i, e := range got {
				if e.Kind != bot.Click || e.Action.String() != want[i].Action.String() {
					t.Errorf("%q gave %s %v, want %v", want[i].Label, e.Kind, e.Action, want[i].Action)
				}
			}
		})
	}
}

func failAtEverything(t *testing.T, p Platform) {
	for name, answer := range map[string]http.HandlerFunc{
		"500":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"not JSON": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>")) },
		"another form": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(`{"ok":true,"ts":5,"channel":[],"url":{},"id":[]}`))
		},
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/"+r.URL.Path, http.StatusFound)
		},
		"bad redirect": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://%zz"+r.URL.Path)
			w.WriteHeader(http.StatusFound)
		},
		"polite refusal": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"ok":false,"error":"invalid_auth"}`)) },
		"refusal": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusForbidden)
			w.Write([]byte(`{"ok":false,"error":{"code":"x","message":"` + r.Header.Get("Authorization") + r.URL.Path + `"}}`))
		},
		"429":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		"cut":        func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"no machine": nil,
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(answer)
			defer server.Close()
			if answer == nil {
				server.Close()
			}
			errs, log := p.Fail(t, server.URL)
			if errors.Join(errs...) == nil {
				t.Fatal("nothing failed")
			}
			for _, err := range append(errs, errors.New(log)) {
				if err == nil {
					continue // an answer that is bad for one call may be good for another
				}
				for _, secret := range p.Secrets {
					if strings.Contains(err.Error(), secret) {
						t.Errorf("%q holds %q", err, secret)
					}
				}
			}
		})
	}
}
