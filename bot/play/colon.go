package play

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
)

const help = `:as owner|staff|it|partner|guest [NAME]   speak as somebody else
:channel NAME [shared]                    speak in a channel (shared: with other companies)
:channel                                  back to direct messages
:home                                     look at the bot's own page
:clock +90d                               move time (m, h, d or w); what falls due happens
:clock next                               move to the next thing that is due
:clock                                    what time it is here
:down +3d                                 the bot does not run for that long; then it starts again
:cancel                                   close a form
:quit                                     end`

// colon obeys a line that speaks to the terminal, not to the bot.
func (s *Session) colon(ctx context.Context, line string) (quit bool, err error) {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case ":quit", ":exit", ":q":
		return true, nil
	case ":help":
		s.screen.copy(help)
	case ":as":
		s.as(rest)
	case ":channel":
		s.channel(rest)
	case ":home":
		return false, s.home(ctx)
	case ":clock":
		return false, s.clock(ctx, rest)
	case ":down":
		return false, s.down(ctx, rest)
	case ":cancel":
		s.cancel()
	default:
		s.screen.plain("I don't know " + word + ". :help shows what works here.")
	}
	return false, nil
}

func (s *Session) as(rest string) {
	role, name, _ := strings.Cut(rest, " ")
	role = strings.ToLower(role)
	if _, known := roles[role]; !known {
		s.screen.plain("Say who speaks: :as owner, :as staff, :as it, :as partner or :as guest, with a name if you like.")
		return
	}
	wasDirect := s.place.Kind == bot.Direct
	s.speaker = person(role, strings.TrimSpace(name))
	s.remember(s.speaker.ID)
	s.form = nil
	if wasDirect {
		s.place = Direct(s.speaker.ID)
	}
	s.screen.plain("You are " + s.where() + " now.")
}

func (s *Session) channel(rest string) {
	name, shared := strings.CutSuffix(rest, " shared")
	name = strings.TrimPrefix(strings.TrimSpace(name), "#")
	if name == "" {
		s.place = Direct(s.speaker.ID)
		s.screen.plain("You are in direct messages with the bot.")
		return
	}
	s.place = bot.Place{Channel: "#" + name, Kind: bot.Channel}
	if shared {
		s.place.Kind = bot.Shared
	}
	s.shared[s.place.Channel] = shared
	s.screen.plain("You are in #" + name + ". What you type there mentions the bot.")
}

// home looks at the bot's own page.
func (s *Session) home(ctx context.Context) error {
	s.screen.begin()
	e := s.stamp(bot.Event{Kind: bot.Looked})
	e.Place = Direct(s.speaker.ID)
	reply, err := s.Engine.Handle(ctx, e)
	if err != nil {
		return err
	}
	if reply.View == nil {
		s.screen.plain("The bot has no page of its own.")
	} else {
		s.screen.view("", *reply.View)
	}
	return s.settle(ctx)
}

// clock moves time. Everything on the way happens at its own time.
func (s *Session) clock(ctx context.Context, rest string) error {
	var target time.Time
	switch {
	case rest == "":
		s.screen.plain("It is " + s.time() + ".")
		return nil
	case rest == "next":
		at, ok, err := s.Engine.Next(ctx)
		if err != nil {
			return err
		}
		if !ok {
			s.screen.plain("Nothing is due later.")
			return nil
		}
		target = at
	default:
		d, err := duration(rest)
		if err != nil {
			s.screen.plain(err.Error())
			return nil
		}
		target = s.Clock.Now().Add(d)
	}
	s.screen.begin()
	if err := Advance(ctx, s.Engine, s.Clock, target); err != nil {
		return err
	}
	s.screen.plain("It is " + s.time() + ".")
	return s.settle(ctx)
}

// down lets time pass while nothing happens. What fell due comes afterwards.
func (s *Session) down(ctx context.Context, rest string) error {
	d, err := duration(rest)
	if err != nil {
		s.screen.plain(err.Error())
		return nil
	}
	s.screen.begin()
	s.Clock.Move(s.Clock.Now().Add(d))
	s.screen.plain("The bot did not run. It is " + s.time() + ".")
	return s.settle(ctx)
}

func (s *Session) time() string {
	return s.Clock.Now().UTC().Format("Monday 2 January 2006, 15:04") + " (UTC)"
}

// duration reads +90d, +3h, +30m or +2w.
func duration(text string) (time.Duration, error) {
	units := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	wrong := fmt.Errorf("I can't move the clock by %q. Try :clock +90d, +3h, +2w, or :clock next. Time only goes forward", text)
	number := strings.TrimPrefix(text, "+")
	if number == "" {
		return 0, wrong
	}
	unit, known := units[number[len(number)-1]]
	n, err := strconv.Atoi(number[:len(number)-1])
	if !known || err != nil || n < 1 || n > 5000 {
		return 0, wrong
	}
	return time.Duration(n) * unit, nil
}
