// Package play is the bot in a terminal: no account and no server. Lines are
// messages, buttons have numbers, and lines that begin with a colon change
// who speaks, where, and when.
package play

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
)

// Tenant is the one company of the terminal.
const Tenant = "play"

// maxLine bounds what one line may hold; the rest of a longer one is left.
const maxLine = 64 << 10

// Engine is what a session needs beside a handler: it works on everything
// that is due, and says when something will be.
type Engine interface {
	bot.Handler
	Settle(ctx context.Context) error
	Next(ctx context.Context) (at time.Time, ok bool, err error)
}

// Session is one conversation. It is the platform, too: set it as such
// before the first event. Use New.
type Session struct {
	Engine  Engine
	Clock   Clock
	Command string // "/sec"
	Files   string // a folder for files that are no text; empty: they are not kept
	ID      string // makes event ids differ between sessions on the same data

	in      *bufio.Reader
	screen  *screen
	prompt  bool // a person types: show a prompt instead of an echo
	speaker bot.Person
	place   bot.Place
	buttons []bot.Button // what can be pressed now, by number
	form    *openForm
	spoken  []string        // ids of who spoke, the latest first
	shared  map[string]bool // channels that other companies read
	events  int
}

// New makes a session that reads in and writes out. Style says how.
func New(in io.Reader, out io.Writer, style Style) *Session {
	return &Session{
		Command: "/sec",
		in:      bufio.NewReaderSize(in, maxLine),
		screen:  &screen{out: out, style: style},
		prompt:  style.Prompt,
		speaker: person("owner", ""),
		place:   Direct("owner"),
		shared:  map[string]bool{},
	}
}

// Run greets, then answers line after line until the input or ctx ends.
func (s *Session) Run(ctx context.Context) error {
	s.greet()
	for ctx.Err() == nil {
		if s.prompt {
			s.screen.prompt(s.where())
		}
		line, err := s.readLine()
		if errors.Is(err, io.EOF) && line == "" {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("play: read input: %w", err)
		}
		quit, err := s.line(ctx, line)
		if err != nil || quit {
			return err
		}
	}
	return nil
}

func (s *Session) greet() {
	s.screen.plain("A security advisor for small companies. You are " + s.speaker.Name + ", the owner of one.")
	s.screen.plain("Try: who handles printers? | my laptop was stolen | " + s.Command + " assess")
	s.screen.plain("A button is its number. :as staff changes who speaks; :help; :quit.")
}

// readLine reads one line; what is longer than maxLine is cut.
func (s *Session) readLine() (string, error) {
	raw, err := s.in.ReadSlice('\n')
	line := string(raw)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = s.in.ReadSlice('\n')
	}
	return strings.TrimRight(line, "\r\n"), err
}

// line answers one line of input.
func (s *Session) line(ctx context.Context, line string) (quit bool, err error) {
	if !s.prompt {
		s.screen.echo(s.where(), line)
	}
	line = strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(line, ":"):
		return s.colon(ctx, line)
	case s.form != nil && !s.commands(line):
		return false, s.fillIn(ctx, line)
	case line == "":
		s.screen.plain("Type a question, the number of a button, or :help.")
		return false, nil
	}
	if s.form != nil {
		s.cancel()
	}
	if b, asked, found := s.button(line); found {
		return false, s.send(ctx, bot.Event{Kind: bot.Click, Action: b.Action})
	} else if asked {
		s.screen.plain(s.whichButtons(line))
		return false, nil
	}
	return false, s.send(ctx, bot.Event{Kind: bot.Message, Text: line})
}

// commands reports whether a line is the bot's command: nobody means that as
// the answer to a form.
func (s *Session) commands(line string) bool {
	first, _, _ := strings.Cut(line, " ")
	return strings.EqualFold(first, s.Command)
}

// button finds what a line presses: a number, or a label. Asked says that
// the line can only mean a button.
func (s *Session) button(line string) (b bot.Button, asked, found bool) {
	digits := strings.Trim(line, "[]")
	if n, err := strconv.Atoi(digits); err == nil {
		if n >= 1 && n <= len(s.buttons) {
			return s.buttons[n-1], true, true
		}
		return b, true, false
	}
	for _, b := range s.buttons {
		if strings.EqualFold(b.Label, line) {
			return b, true, true
		}
	}
	return b, false, false
}

func (s *Session) whichButtons(line string) string {
	switch len(s.buttons) {
	case 0:
		return "There is no button to press now. Type a question, or " + s.Command + " to see what I can do."
	case 1:
		return "There is no button " + line + ": only [1] " + s.buttons[0].Label + "."
	}
	return fmt.Sprintf("There is no button %s: they are numbered 1 to %d.", line, len(s.buttons))
}

// send gives an event to the engine and shows what comes of it.
func (s *Session) send(ctx context.Context, e bot.Event) error {
	s.screen.begin()
	reply, err := s.Engine.Handle(ctx, s.stamp(e))
	if err != nil {
		return err
	}
	switch {
	case reply.View != nil:
		s.screen.view("", *reply.View)
	case reply.Form != nil:
		s.open(*reply.Form)
	case reply.Refused != nil:
		s.refused(reply.Refused)
	}
	if e.Kind == bot.Submit && reply.Refused == nil {
		s.form = nil
	}
	return s.settle(ctx)
}

// stamp completes an event as a platform does: who, where, when, and an id.
func (s *Session) stamp(e bot.Event) bot.Event {
	s.events++
	e.ID = fmt.Sprintf("%s-%06d", s.ID, s.events) // sorts as they were typed, in one moment too
	e.Tenant, e.From, e.Place, e.Inline = Tenant, s.speaker, s.place, true
	e.Now = s.Clock.Now()
	return e
}

// settle lets everything that is due happen, and numbers the new buttons.
func (s *Session) settle(ctx context.Context) error {
	if err := s.Engine.Settle(ctx); err != nil {
		return err
	}
	if shown := s.screen.end(); len(shown) > 0 {
		s.buttons = shown
	}
	return nil
}

// Deliver shows a view to whoever it is for. See bot.Platform.
func (s *Session) Deliver(_ context.Context, p bot.Post) (string, error) {
	s.screen.view(s.label(p.To), p.View)
	if p.File != nil {
		s.screen.file(*p.File, s.Files)
	}
	return "screen", nil
}

// label says who sees a view, where that is not the one who speaks alone.
func (s *Session) label(to bot.Address) string {
	switch {
	case to.Channel != "" && to.User == "":
		return "In " + to.Channel + ", for everybody there:"
	case to.User != s.speaker.ID:
		return "To " + NameOf(to.User) + ", in direct messages:"
	case s.place.Kind != bot.Direct && to.Channel == "":
		return "To you, in direct messages:"
	}
	return ""
}
