package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"secadvisor/cmd/secadvisor/config"
)

// prompt is one thing that setup asks.
type prompt struct {
	about    string // why, and where the answer is found
	ask      string // the line that is answered
	standard string // what an empty answer means
	optional bool   // an empty answer means none
	secret   bool   // it is not shown while it is typed
	check    func(ctx context.Context, text string) opinion
}

// opinion is what comes of an answer.
type opinion struct {
	value   string // as it is kept
	note    string // what was found out about it
	refused string // why it cannot be kept; empty: it can
	doubt   bool   // refused, but whoever gives it once more knows better
}

func take(value string) opinion { return opinion{value: value} }

func no(why string) opinion { return opinion{refused: why} }

// errEnded is the end of the answers before that of the questions.
var errEnded = errors.New("the answers ended before the questions did: nothing was written")

// errStopped is Ctrl-C.
var errStopped = errors.New("stopped: nothing was written")

// answer asks until an answer can be kept.
func (s *conversation) answer(ctx context.Context, q prompt) (string, error) {
	if q.about != "" {
		s.say("\n" + q.about)
	}
	line := q.ask
	switch {
	case q.standard != "":
		line += " [" + q.standard + "]"
	case q.optional:
		line += " [none]"
	}
	for doubted := ""; ; {
		fmt.Fprint(s.out, line+": ")
		text, err := s.line(ctx, q.secret)
		if err != nil {
			return "", err
		}
		if text == "" {
			text = q.standard
		}
		if text == "" && q.optional {
			return "", nil
		}
		o := s.judge(ctx, q, text)
		switch {
		case o.refused == "" && o.note != "":
			s.say("  " + o.note)
			return o.value, nil
		case o.refused == "":
			return o.value, nil
		case o.doubt && text == doubted:
			s.say("  Kept as it is.")
			return o.value, nil
		}
		s.say("  " + o.refused)
		if doubted = ""; o.doubt {
			doubted = text
			s.say("  If you are sure, give it once more.")
		}
	}
}

const longestAnswer = 4 << 10 // bytes

func (s *conversation) judge(ctx context.Context, q prompt, text string) opinion {
	switch {
	case text == "":
		return no("This one is needed.")
	case len(text) > longestAnswer:
		return no("That is longer than it can be.")
	}
	if _, ok := config.SecretLine("X", text); q.secret && !ok {
		return no(`It has ' or \ in it, which the secrets file cannot hold.`)
	}
	if q.check == nil {
		return take(text)
	}
	return q.check(ctx, text)
}

func (s *conversation) say(text string) { fmt.Fprintln(s.out, text) }

// line reads an answer. On a terminal a secret is not shown.
func (s *conversation) line(ctx context.Context, secret bool) (string, error) {
	hide := secret && s.terminal >= 0
	var before *term.State
	if hide {
		var err error
		if before, err = term.GetState(s.terminal); err != nil {
			return "", fmt.Errorf("keep the terminal from showing a secret: %w", err)
		}
	}
	type result struct {
		text string
		err  error
	}
	read := make(chan result, 1)
	go func() {
		if hide {
			raw, err := term.ReadPassword(s.terminal)
			read <- result{string(raw), err}
			return
		}
		text, err := readLine(s.in)
		read <- result{text, err}
	}()
	select {
	case <-ctx.Done():
		if hide {
			_ = term.Restore(s.terminal, before) // the program ends: there is nobody to tell
		}
		s.say("")
		return "", errStopped
	case r := <-read:
		if hide || s.terminal < 0 { // nobody has pressed Enter that shows
			s.say("")
		}
		if errors.Is(r.err, io.EOF) {
			return "", errEnded
		}
		if r.err != nil {
			return "", fmt.Errorf("read the answer: %w", r.err)
		}
		return strings.TrimSpace(r.text), nil
	}
}

// readLine reads to the end of a line and not a byte further: the rest may be
// for somebody else who reads the same terminal. What is too long to be an
// answer is not kept whole.
func readLine(in io.Reader) (string, error) {
	var text []byte
	for one := make([]byte, 1); ; {
		n, err := in.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return string(text), nil
		case n == 1 && len(text) <= longestAnswer:
			text = append(text, one[0])
		case err == io.EOF && len(text) > 0:
			return string(text), nil
		case err != nil:
			return "", err
		}
	}
}

// terminalOf is the number of a terminal; -1: it is none.
func terminalOf(f *os.File) int {
	if fd := int(f.Fd()); term.IsTerminal(fd) {
		return fd
	}
	return -1
}
