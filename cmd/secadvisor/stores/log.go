package stores

import (
	"crypto/rand"
	"fmt"
	"time"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/storage"
)

// Logged is the change that writes a line of a company's audit log.
func Logged(line bot.AuditLine) (storage.Write, error) {
	body, err := bot.AuditDoc.Encode(line)
	if err != nil {
		return storage.Write{}, fmt.Errorf("write the audit log: %w", err)
	}
	return storage.Write{Key: bot.AuditDoc.Key(bot.AuditID(line.At, rand.Text())), Body: body, TTL: engine.AuditFor}, nil
}

// OnServer is the change that writes a line for what somebody does here, where
// nobody's identity is known.
func OnServer(verb, object string) (storage.Write, error) {
	return Logged(bot.AuditLine{At: time.Now().UTC(), Verb: verb, Object: object, Where: bot.OnServer})
}
