package slack

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	slackapi "github.com/slack-go/slack"
)

// maxBody bounds what Slack may send: its own largest is far below.
const maxBody = 1 << 20

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// Routes adds the addresses that Slack calls in HTTP mode. In Socket Mode
// there are none.
func (p *Platform) Routes(mux *http.ServeMux) {
	if p.config.Many() {
		p.installRoutes(mux)
	}
	if p.config.Mode != "http" {
		return
	}
	mux.HandleFunc("/slack/commands", p.serve(formType, p.slash))
	mux.HandleFunc("/slack/actions", p.serve(formType, p.action))
	mux.HandleFunc("/slack/events", p.serve(jsonType, p.event))
}

// serve checks in this order: method, content type, size, signature. Only
// then the body is decoded; nothing is ever taken from the query.
func (p *Platform) serve(kind string, decode func([]byte) (request, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		raw, status, why := p.receive(w, r, kind)
		var request request
		if status == http.StatusOK {
			var err error
			if request, err = decode(raw); err != nil {
				status, why = http.StatusBadRequest, "unknown"
			}
		}
		if status != http.StatusOK {
			p.log.Warn("request refused", "path", r.URL.Path, "status", status, "why", why)
			http.Error(w, http.StatusText(status), status)
			return
		}
		body, err := p.take(r.Context(), request)
		if err != nil {
			p.log.Error("request failed", "path", r.URL.Path, "err", err)
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		}
		if len(body) > 0 && body[0] == '{' {
			w.Header().Set("Content-Type", jsonType+"; charset=utf-8")
		} else {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		}
		w.Write(body)
	}
}

// receive reads a body that Slack has signed. Otherwise it says why not, in a
// word that holds nothing of what was sent.
func (p *Platform) receive(w http.ResponseWriter, r *http.Request, kind string) (raw []byte, status int, why string) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, http.StatusMethodNotAllowed, "method"
	}
	if got := r.Header.Get("Content-Type"); got != kind {
		if got, _, err := mime.ParseMediaType(got); err != nil || got != kind {
			return nil, http.StatusUnsupportedMediaType, "content type"
		}
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, http.StatusRequestEntityTooLarge, "size"
	case err != nil:
		return nil, http.StatusBadRequest, "body"
	case !p.signed(r.Header, raw):
		return nil, http.StatusUnauthorized, "signature"
	}
	return raw, http.StatusOK, ""
}

// signed checks Slack's signature over the raw body, not older than five
// minutes. https://docs.slack.dev/authentication/verifying-requests-from-slack
func (p *Platform) signed(header http.Header, raw []byte) bool {
	v, err := slackapi.NewSecretsVerifier(header, p.config.SigningSecret)
	if err != nil {
		return false
	}
	if _, err := v.Write(raw); err != nil {
		return false
	}
	return v.Ensure() == nil
}

func (p *Platform) slash(raw []byte) (request, error) {
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		return request{}, errNotOurs
	}
	return decodeCommand(form, p.command)
}

func (p *Platform) action(raw []byte) (request, error) {
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		return request{}, errNotOurs
	}
	return decodeInteraction([]byte(form.Get("payload")))
}

func (p *Platform) event(raw []byte) (request, error) {
	return decodeEvent(raw, p.people.me.user())
}
