package teams

import (
	"context"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"

	"secadvisor/bot"
)

// dialog answers in a window of its own: what the message action "Who handles
// this?" opens, and what is pressed in there.
// https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
func (p *Platform) dialog(w http.ResponseWriter, r *http.Request, a activity, at place) {
	ctx, cancel := context.WithTimeout(r.Context(), knowFor)
	defer cancel()
	e, data := bot.Event{}, pressed{}
	if a.Name == "composeExtension/fetchTask" {
		e = p.event(ctx, a, at)
		e.Kind, e.Text, e.Inline = bot.Message, a.message(), true
	} else {
		press, sent, err := a.press()
		if err != nil {
			writeJSON(w, taskMessage(olderButton))
			return
		}
		data = sent
		e = p.pressEvent(ctx, a, at, press, data)
	}
	reply, err := p.handler.Handle(r.Context(), e)
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	c := drawn(reply, data, e.Values, screen{window: true})
	if c == nil {
		writeJSON(w, taskMessage("Done. What follows is in your chat with me."))
		return
	}
	writeJSON(w, map[string]any{"task": map[string]any{"type": "continue", "value": map[string]any{
		"title": "Who handles this?", "height": "large", "width": "medium", "card": map[string]any{"contentType": cardType, "content": c},
	}}})
}

func taskMessage(text string) map[string]any {
	return map[string]any{"task": map[string]any{"type": "message", "value": text}}
}

// message is the text of the message that a message action was used on.
func (a activity) message() string {
	var value struct {
		Message struct {
			Body struct {
				Type    string `json:"contentType"`
				Content string `json:"content"`
			} `json:"body"`
		} `json:"messagePayload"`
	}
	if json.Unmarshal(a.Value, &value) != nil {
		return ""
	}
	text := value.Message.Body.Content
	if value.Message.Body.Type != "text" {
		text = html.UnescapeString(tags.ReplaceAllString(text, " "))
	}
	return strings.TrimSpace(bot.Visible(text))
}

// tags are those of the HTML in which Teams keeps messages.
var tags = regexp.MustCompile(`<[^>]*>`)
