// Package trial is the advisor without an account and without a server: in a
// terminal, or on a page in a browser.
package trial

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"time"

	"golang.org/x/term"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/knowledge"
	"secadvisor/flows"
	"secadvisor/flows/content"
	"secadvisor/flows/match"
)

// Command is "secadvisor play".
type Command struct {
	Data    string `help:"Keep what happens in this file; without it, nothing is kept." placeholder:"FILE"`
	Command string `help:"The command's name." default:"/sec"`
	Country string `help:"The company's country, as two capitals: shows its reporting lines." placeholder:"GB"`
	Content string `help:"Content of your own, over the built-in one." placeholder:"DIR"`
	Files   string `help:"Save files that are no text in this folder." placeholder:"DIR" type:"existingdir"`
	Web     bool   `help:"Open a page in a browser instead, on this machine alone."`
	Demo    bool   `help:"With --web: begin with a company in which much has happened."`
	Listen  string `help:"With --web: where the page listens; loopback only. A free port unless it is given." placeholder:"127.0.0.1:PORT"`
	Width   int    `help:"Columns to write in, instead of those of the terminal." placeholder:"N"`
}

func (c Command) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Web {
		return c.web(ctx, os.Stdout, openBrowser)
	}
	style := play.Style{Width: c.Width}
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd())) {
		width, _, err := term.GetSize(int(os.Stdout.Fd()))
		if err == nil && c.Width == 0 {
			style.Width = min(width, 100)
		}
		style.Prompt = true
		style.Colour = os.Getenv("NO_COLOR") == ""
	}
	return c.Play(ctx, os.Stdin, os.Stdout, style, &engine.Clock{})
}

// check says what cannot work, or would silently do nothing.
func (c Command) check() error {
	switch {
	case c.Demo && !c.Web:
		return errors.New("--demo fills the company of the page: use it with --web")
	case c.Listen != "" && !c.Web:
		return errors.New("--listen is where the page listens: use it with --web")
	case !config.IsCommand(c.Command):
		return errors.New("--command must be a slash and a word, such as /sec")
	case !config.IsCountry(c.Country):
		return errors.New("--country must be two capitals, such as GB")
	}
	return nil
}

// Play holds one conversation.
func (c Command) Play(ctx context.Context, in io.Reader, out io.Writer, style play.Style, clock *engine.Clock) error {
	lib, matcher, err := knowledge.Load(content.Settings{Command: c.Command, Country: c.Country, Folder: c.Content})
	if err != nil {
		return err
	}
	session := play.New(in, out, style)
	session.Command, session.Clock, session.Files = c.Command, clock, c.Files
	session.ID = strconv.FormatInt(time.Now().UnixNano(), 36)
	stage, err := c.stage(allFlows(lib, matcher), session, clock)
	if err != nil {
		return err
	}
	defer stage.Close()
	session.Engine = stage.engine
	return session.Run(ctx)
}

// allFlows are the flows, for a company whose owner everybody knows.
func allFlows(lib *content.Library, matcher *match.Matcher) []bot.Flow {
	return flows.All(lib, matcher, func(string) []string { return []string{play.Owner} })
}
