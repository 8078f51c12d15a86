package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/term"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/storage/embedded"
)

type playCommand struct {
	Data    string `help:"Keep what happens in this file; without it, nothing is kept." placeholder:"FILE"`
	Command string `help:"The command's name." default:"/sec"`
	Country string `help:"The company's country, as two capitals: shows its reporting lines." placeholder:"GB"`
	Content string `help:"Content of your own, over the built-in one." placeholder:"DIR"`
	Files   string `help:"Save files that are no text in this folder." placeholder:"DIR" type:"existingdir"`
	Width   int    `help:"Columns to write in, instead of those of the terminal." placeholder:"N"`
}

func (c playCommand) Run(ctx context.Context) error {
	style := play.Style{Width: c.Width}
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd())) {
		width, _, err := term.GetSize(int(os.Stdout.Fd()))
		if err == nil && c.Width == 0 {
			style.Width = min(width, 100)
		}
		style.Prompt = true
		style.Colour = os.Getenv("NO_COLOR") == ""
	}
	return c.play(ctx, os.Stdin, os.Stdout, style, &engine.Clock{})
}

// play holds one conversation.
func (c playCommand) play(ctx context.Context, in io.Reader, out io.Writer, style play.Style, clock *engine.Clock) error {
	lib, matcher, err := knowledge(content.Settings{Command: c.Command, Country: c.Country, Folder: c.Content})
	if err != nil {
		return err
	}
	path, options := c.Data, []embedded.Option{embedded.ClockOffset(clock.Offset)}
	if path == "" {
		folder, err := os.MkdirTemp("", "secadvisor-play-")
		if err != nil {
			return fmt.Errorf("a place for the conversation: %w", err)
		}
		defer os.RemoveAll(folder)
		path = filepath.Join(folder, "play.db")
		options = append(options, embedded.Volatile())
	}
	store, err := embedded.Open(path, options...)
	if err != nil {
		return err
	}
	defer store.Close()

	session := play.New(in, out, style)
	session.Command, session.Clock, session.Files = c.Command, clock, c.Files
	session.ID = strconv.FormatInt(time.Now().UnixNano(), 36)
	session.Engine, err = engine.New(engine.Config{
		Store:    store,
		Flows:    flows.All(lib, matcher, func(string) []string { return []string{play.Owner} }),
		Platform: func(string) (bot.Platform, bool) { return session, true },
		Command:  c.Command,
		Roles:    play.RoleOf,
		Now:      clock.Now,
		Log:      slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		return err
	}
	return session.Run(ctx)
}
