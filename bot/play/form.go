package play

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
)

// openForm is a form that is being filled in, one input after another.
type openForm struct {
	bot.Form
	values map[string]string
	picked map[string]bot.Picked
	ask    []bot.Input // still to be asked, the current one first
	meant  string      // a line that read like an emergency: typed again, it is a value
}

func (s *Session) open(f bot.Form) {
	s.form = &openForm{Form: f, values: map[string]string{}, picked: map[string]bot.Picked{}, ask: f.Fields}
	s.screen.title(f.Title)
	if f.Intro != "" {
		s.screen.plain(f.Intro)
	}
	s.screen.note("A line is an answer; :cancel closes the form.")
	s.ask()
}

// ask shows the current input.
func (s *Session) ask() {
	in := s.form.ask[0]
	s.screen.plain(in.Label)
	if in.Hint != "" {
		s.screen.note(in.Hint)
	}
	if in.Pick != "" {
		s.screen.note(howToPick(in.Pick))
	}
	for i, o := range in.Options {
		s.screen.plain(fmt.Sprintf("  %d  %s", i+1, o.Label))
	}
	switch {
	case in.Value != "":
		s.screen.note("An empty line means: " + shown(in))
	case in.Optional:
		s.screen.note("An empty line leaves it out.")
	}
}

// fillIn takes a line as the answer to the current input.
func (s *Session) fillIn(ctx context.Context, line string) error {
	in := s.form.ask[0]
	if urgent, err := s.urgent(ctx, in, line); err != nil || urgent {
		return err
	}
	value, wrong := s.accept(in, line)
	if wrong != "" {
		s.screen.plain(wrong)
		return nil
	}
	s.form.values[in.ID] = value
	if delete(s.form.picked, in.ID); in.Pick != "" && value != "" {
		s.form.picked[in.ID] = s.picked(in.Pick, value)
	}
	s.form.ask = s.form.ask[1:]
	if len(s.form.ask) > 0 {
		s.ask()
		return nil
	}
	return s.send(ctx, bot.Event{Kind: bot.Submit, Action: s.form.Action, Values: s.form.values, Picked: s.form.picked})
}

// urgent answers a line that tells of an emergency, instead of taking it as
// the value of an input. The form stays open. The name of a person or channel
// is too short to tell of one. A word alone may be one that begins something,
// such as "assess": it is asked about, and begins nothing.
func (s *Session) urgent(ctx context.Context, in bot.Input, line string) (bool, error) {
	if len(in.Options) > 0 || in.Pick != "" && len(strings.Fields(line)) < 3 || line == "" || line == s.form.meant {
		return false, nil
	}
	asked := line
	if len(strings.Fields(line)) == 1 {
		asked = s.Command + " who " + line
	}
	reply, err := s.Engine.Handle(ctx, s.stamp(bot.Event{Kind: bot.Message, Text: asked}))
	if err != nil || reply.View == nil || reply.View.Tone != bot.Urgent {
		return false, err
	}
	s.screen.begin()
	s.screen.view("", *reply.View)
	s.screen.note("The form is still open. Type the same line again to put it there, or :cancel.")
	s.form.meant = line
	return true, s.settle(ctx)
}

// accept reads a line as the value of an input, or says what is wrong.
func (s *Session) accept(in bot.Input, line string) (value, wrong string) {
	switch {
	case line == "" && in.Value != "":
		return in.Value, ""
	case line == "" && in.Optional:
		return "", ""
	case line == "":
		return "", "This one is needed. " + in.Hint
	case in.Pick != "":
		return s.pick(in.Pick, line)
	case len(in.Options) == 0 && utf8.RuneCountInString(line) > limit(in):
		return "", fmt.Sprintf("That is too long: at most %d characters, please.", limit(in))
	case len(in.Options) == 0:
		return line, ""
	}
	if n, err := strconv.Atoi(strings.Trim(line, "[]")); err == nil && n >= 1 && n <= len(in.Options) {
		return in.Options[n-1].Value, ""
	}
	i := slices.IndexFunc(in.Options, func(o bot.Option) bool { return strings.EqualFold(o.Label, line) })
	if i < 0 {
		return "", fmt.Sprintf("Please choose a number from 1 to %d.", len(in.Options))
	}
	return in.Options[i].Value, ""
}

func limit(in bot.Input) int {
	if in.Max > 0 {
		return in.Max
	}
	return 200
}

// refused asks again for what the bot could not take.
func (s *Session) refused(why map[string]string) {
	s.form.ask = nil
	for _, in := range s.form.Fields {
		if text, ok := why[in.ID]; ok {
			s.screen.plain(text)
			s.form.ask = append(s.form.ask, in)
		}
	}
	if len(s.form.ask) == 0 {
		s.form.ask = s.form.Fields
	}
	s.ask()
}

func (s *Session) cancel() {
	if s.form == nil {
		s.screen.plain("No form is open.")
		return
	}
	s.form = nil
	s.screen.plain("The form is closed; nothing was kept.")
}

// shown is what stands in an input at first, as a person reads it.
func shown(in bot.Input) string {
	for _, o := range in.Options {
		if o.Value == in.Value {
			return o.Label
		}
	}
	if in.Pick != "" {
		return called(in.Value)
	}
	return in.Value
}
