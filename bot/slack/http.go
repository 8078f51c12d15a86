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

// Routes adds the addresses that Slack calls in HTTP mode. In Socket Mode
// there are none.
func (p *Platform) Routes(mux *http.ServeMux) {
	if p.config.Mode != "http" {
		return
	}
	mux.HandleFunc("/slack/commands", p.serve("application/x-www-form-urlencoded", p.slash))
	mux.HandleFunc("/slack/actions", p.serve("application/x-www-form-urlencoded", p.action))
	mux.HandleFunc("/slack/events", p.serve("application/json", p.event))
}

// serve checks in this order: method, content type, size, signature. Only
// then the body is decoded; nothing is ever taken from the query.
func (p *Platform) serve(kind string, decode func([]byte) (request, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		status, body := p.receive(r, kind, decode)
		if status != http.StatusOK {
			http.Error(w, http.StatusText(status), status)
			return
		}
		if len(body) > 0 && body[0] == '{' {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
		}
		w.Write(body)
	}
}

func (p *Platform) receive(r *http.Request, kind string, decode func([]byte) (request, error)) (status int, body []byte) {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed, nil
	}
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != kind {
		return p.refuse(r, http.StatusUnsupportedMediaType, "content type")
	}
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return p.refuse(r, http.StatusRequestEntityTooLarge, "size")
	}
	if err != nil {
		return p.refuse(r, http.StatusBadRequest, "body")
	}
	if !p.signed(r.Header, raw) {
		return p.refuse(r, http.StatusUnauthorized, "signature")
	}
	request, err := decode(raw)
	if err != nil {
		return p.refuse(r, http.StatusBadRequest, "unknown")
	}
	body, err = p.take(r.Context(), request)
	if err != nil {
		p.log.Error("request failed", "path", r.URL.Path, "err", err)
		return http.StatusInternalServerError, nil
	}
	return http.StatusOK, body
}

// refuse logs why, without anything that was sent.
func (p *Platform) refuse(r *http.Request, status int, why string) (int, []byte) {
	p.log.Warn("request refused", "path", r.URL.Path, "status", status, "why", why)
	return status, nil
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
