package engine

import (
	"fmt"
	"strings"
	"unicode"

	"secadvisor/bot"
)

// add registers a flow; no two may claim the same name, word or message.
func (g *Engine) add(f bot.Flow) error {
	if f.Name == "" || f.Step == nil || strings.Contains(f.Name, "/") {
		return fmt.Errorf("a flow needs a step and a name without a slash")
	}
	if _, taken := g.flows[f.Name]; taken {
		return fmt.Errorf("the name is taken")
	}
	g.flows[f.Name] = f
	if f.Fallback {
		if g.fallback != "" {
			return fmt.Errorf("%q is the fallback already", g.fallback)
		}
		g.fallback = f.Name
	}
	if f.Page {
		if g.page != "" {
			return fmt.Errorf("%q fills the page already", g.page)
		}
		g.page = f.Name
	}
	for _, w := range f.Words {
		if other, taken := g.words[w]; taken {
			return fmt.Errorf("word %q belongs to %q", w, other)
		}
		g.words[w] = f.Name
	}
	for _, t := range f.Typed {
		if other, taken := g.typed[t]; taken {
			return fmt.Errorf("message %q belongs to %q", t, other)
		}
		g.typed[t] = f.Name
	}
	return nil
}

// route finds the flow of an event and leaves in e.Text what that flow is
// asked: a command without its first word, any other text as it is.
func (g *Engine) route(e *bot.Event) string {
	switch e.Kind {
	case bot.Click, bot.Submit:
		return e.Action.Flow
	case bot.Timer:
		flow, rest, _ := strings.Cut(e.Timer, "/")
		e.Timer = rest
		return flow
	case bot.Installed:
		return g.typed[""]
	case bot.Looked:
		return g.page
	}
	e.Text = strings.TrimSpace(e.Text)
	if rest, ok := cutWord(e.Text, g.Command); ok {
		e.Kind, e.Text = bot.Command, rest
	}
	if flow, ok := g.typed[bare(e.Text)]; ok {
		e.Text = bare(e.Text)
		return flow
	}
	if first, rest, _ := strings.Cut(e.Text, " "); e.Kind == bot.Command || rest == "" {
		flow, ok := g.words[bare(first)]
		if !ok {
			flow, ok = g.words[near(bare(first), g.words)]
		}
		if ok {
			e.Text = strings.TrimSpace(rest)
			return flow
		}
	}
	if meant := near(bare(e.Text), g.typed); meant != "" {
		e.Text = meant
		return g.typed[meant]
	}
	return g.fallback
}

// cutWord cuts a first word off, whatever its case.
func cutWord(text, word string) (rest string, ok bool) {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return text, false
	}
	rest = text[len(word):]
	if rest != "" && !unicode.IsSpace(rune(rest[0])) {
		return text, false
	}
	return strings.TrimSpace(rest), true
}

// bare is a text in lower case, without the punctuation around it.
func bare(text string) string {
	return strings.ToLower(strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r)
	}))
}
