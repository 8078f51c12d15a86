package fakeslack_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"secadvisor/bot/bottest/fakeslack"

	"github.com/slack-go/slack"
)

// heard is a bot made of slack-go that answers as the test says, and keeps
// what it was told.
type heard struct {
	mu       sync.Mutex
	requests []request
	commands []slack.SlashCommand
	clicks   []slack.InteractionCallback
	events   []string
	answer   func(w http.ResponseWriter, path string)
}

type request struct {
	Path   string
	Header http.Header
	Body   []byte
}

// listen starts the bot and connects the fake to it.
func listen(t *testing.T, s *fakeslack.Server, answer func(w http.ResponseWriter, path string)) *heard {
	t.Helper()
	h := &heard{answer: answer}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	s.Connect(server.URL)
	return h
}

func (h *heard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	verifier, err := slack.NewSecretsVerifier(r.Header, fakeslack.SigningSecret)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	body, _ := io.ReadAll(r.Body)
	verifier.Write(body)
	if err := verifier.Ensure(); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	h.keep(r, body)
	if h.answer != nil {
		h.answer(w, r.URL.Path)
	}
}

func (h *heard) keep(r *http.Request, body []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.requests = append(h.requests, request{r.URL.Path, r.Header, body})
	switch r.URL.Path {
	case "/slack/commands":
		r.PostForm = parse(body)
		c, _ := slack.SlashCommandParse(r)
		h.commands = append(h.commands, c)
	case "/slack/actions":
		r.PostForm = parse(body)
		c, err := slack.InteractionCallbackParse(r)
		if err != nil {
			panic(err)
		}
		h.clicks = append(h.clicks, c)
	default:
		h.events = append(h.events, string(body))
	}
}

func (h *heard) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.requests)
}

func (h *heard) last() request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.requests[len(h.requests)-1]
}

func (h *heard) click() slack.InteractionCallback {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clicks[len(h.clicks)-1]
}

// client is slack-go's, pointed at the fake.
func client(s *fakeslack.Server) *slack.Client {
	return slack.New(fakeslack.BotToken, slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken(fakeslack.AppToken))
}

func sendJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// card is a message with two buttons and a menu.
func card() slack.MsgOption {
	return slack.MsgOptionBlocks(
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "Ready *now*?", false, false), nil, nil),
		slack.NewActionBlock("row",
			slack.NewButtonBlockElement("yes", "run/1/yes", plain("Yes")),
			slack.NewButtonBlockElement("no", "run/1/no", plain("No")),
			slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("More"), "more",
				slack.NewOptionBlockObject("later", plain("Later"), nil), slack.NewOptionBlockObject("never", plain("Never"), nil)),
		),
	)
}
