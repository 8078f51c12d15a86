package main

import (
	"io"
	"testing"
	"time"

	"secadvisor/bot/bottest"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/trial"
)

// Every conversation begins on this Monday morning.
var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

func TestTranscripts(t *testing.T) {
	for _, pattern := range []string{"../../flows/*/testdata/*.txt", "../../bot/play/testdata/*.txt"} {
		bottest.Transcripts(t, pattern, func(in io.Reader, out io.Writer) error {
			clock := &engine.Clock{}
			clock.Move(monday)
			return trial.Command{Command: "/sec", Country: "GB"}.Play(t.Context(), in, out, play.Style{}, clock)
		})
	}
}
