// Command fakeslack runs the fake Slack for programs that are not Go: it
// prints where it listens as one line of JSON, then takes requests as lines of
// JSON and answers each with a line. It ends with its input.
//
//	{"id":1,"do":"command","user":"U0STAFF","command":"/sec","text":"help"}
//	{"id":1,"acked":true,"answer":{...}}
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"

	"secadvisor/bot/bottest/fakeslack"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "fakeslack:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	s := fakeslack.New(fakeslack.WithTimeScale(0.01))
	if err := s.Serve("127.0.0.1:0"); err != nil {
		return err
	}
	defer s.Close()
	answers := &answers{to: json.NewEncoder(out)}
	answers.write(map[string]any{
		"url": s.URL, "api_url": s.APIURL(), "bot_token": fakeslack.BotToken, "app_token": fakeslack.AppToken,
		"signing_secret": fakeslack.SigningSecret, "team": fakeslack.Team, "bot": fakeslack.Bot,
	})
	var busy sync.WaitGroup
	defer busy.Wait()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return fmt.Errorf("request: %w", err)
		}
		busy.Go(func() {
			answer := r.perform(s)
			answer["id"] = r.ID
			answers.write(answer)
		})
	}
	return lines.Err()
}

type answers struct {
	mu sync.Mutex
	to *json.Encoder
}

func (a *answers) write(v map[string]any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.to.Encode(v)
}
