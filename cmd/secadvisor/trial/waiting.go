package trial

import (
	"context"
	"fmt"
	"strings"

	"secadvisor/bot/play"
	"secadvisor/bot/play/web"
	"secadvisor/flows/company"
	"secadvisor/flows/content"
)

// waiting tells in words what is scheduled at the company.
func (s *stage) waiting(ctx context.Context, lib *content.Library) ([]web.Due, error) {
	w, err := s.store.Waiting(ctx, play.Tenant)
	if err != nil {
		return nil, err
	}
	var due []web.Due
	for _, timer := range w.Timers {
		words, err := s.timerWords(ctx, lib, timer.Name)
		if err != nil {
			return nil, err
		}
		due = append(due, web.Due{What: words, At: timer.At.UTC()})
	}
	return due, nil
}

// timerWords says what a timer is for.
func (s *stage) timerWords(ctx context.Context, lib *content.Library, name string) (string, error) {
	flow, rest, _ := strings.Cut(name, "/")
	switch flow {
	case "remind":
		return s.reminderWords(ctx, lib, rest)
	case "who":
		kind, person, _ := strings.Cut(rest, "/")
		if kind+"/" == company.TimerDealt {
			return play.NameOf(person) + " is asked whether it is dealt with", nil
		}
		return play.NameOf(person) + " is asked whether somebody could be reached", nil
	case "handoff":
		return "If nobody answers a request, whoever asked is told", nil
	case "assess":
		return "If a question that was passed on is not answered, they are reminded", nil
	case "fixes":
		switch {
		case strings.HasPrefix(rest, "until/"):
			return "A risk that was accepted for a time is looked at again", nil
		case rest == company.TimerDays:
			return "Whoever has a task hears that its day has come", nil
		}
		return "Cards show how the fixes stand", nil
	case "duty":
		return "People are asked about what they handle", nil
	case "sides":
		return "If the two sides do not both answer, the owner is told", nil
	case "interview":
		return "If the IT provider does not answer, the owner is told", nil
	}
	return "Something goes on by itself (" + flow + ")", nil
}

// reminderWords reads the schedule that a timer belongs to.
func (s *stage) reminderWords(ctx context.Context, lib *content.Library, name string) (string, error) {
	cut := max(strings.LastIndexByte(name, '/'), 0)
	id, kind := name[:cut], name[cut:]
	docs, err := s.store.Get(ctx, play.Tenant, company.Schedules.Key(id))
	if err != nil || docs[0].Version == 0 {
		return "A reminder", err
	}
	reminder, err := company.Schedules.Decode(docs[0].Body)
	if err != nil {
		return "", fmt.Errorf("schedule %s: %w", id, err)
	}
	about := reminder.About.Word()
	switch reminder.About {
	case company.OfCustom:
		about = reminder.Text
	case company.OfAssessment:
		about = reminder.Pack
		if pack, ok := lib.Pack(reminder.Pack); ok {
			about = pack.Title
		}
	}
	switch kind {
	case "/next":
		return about + ": whoever has not answered is asked again", nil
	case "/snooze":
		return "Put off until then: " + about, nil
	}
	return "Reminder: " + about + where(reminder), nil
}

// where is who a reminder is for.
func where(s company.Schedule) string {
	switch {
	case s.Name != "":
		return ", for " + s.Name
	case s.To.Channel != "":
		return ", in " + s.To.Channel
	case s.To.User != "":
		return ", for " + play.NameOf(s.To.User)
	}
	return ""
}
