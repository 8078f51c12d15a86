package main

import (
	"testing"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play/web"
	"secadvisor/flows/content"
)

func TestDemoCompanyIsBelievable(t *testing.T) {
	lib, matcher, err := knowledge(content.Settings{Command: "/sec"})
	if err != nil {
		t.Fatal(err)
	}
	all := playFlows(lib, matcher)
	var s *playStage
	c, err := web.NewCompany(func(p bot.Platform) (web.Backstage, error) {
		s, err = playCommand{Command: "/sec"}.stage(all, p, &engine.Clock{})
		return web.Backstage{Engine: s.engine, Clock: s.clock, Close: s.Close}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	start := time.Now()
	if err := demo(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
	due, err := s.waiting(t.Context(), lib)
	t.Log(due, err, c.Now())
}
