package installs

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"secadvisor/bot"
	"secadvisor/flows/company"
	"secadvisor/storage"
)

// CodeFor is how long a claim code works.
const CodeFor = 24 * time.Hour

// ClaimCode is a new code in place of the one that waited, and the change that
// keeps it.
func ClaimCode(was storage.Doc, now time.Time) (string, storage.Write, error) {
	code := newCode()
	body, err := company.Codes.Encode(company.NewCode(code, now.Add(CodeFor)))
	if err != nil {
		return "", storage.Write{}, fmt.Errorf("keep the claim code: %w", err)
	}
	return code, storage.Write{Key: was.Key, Version: was.Version, Body: body, TTL: CodeFor}, nil
}

// newCode is 60 random bits that are easy to type: no letter looks like a
// digit.
func newCode() string {
	text := rand.Text()[:12] // base32: A-Z and 2-7
	return strings.Join([]string{text[:4], text[4:8], text[8:]}, "-")
}

// HasOwner reads of the document with a company's people whether one of them is
// an owner.
func HasOwner(doc storage.Doc) (bool, error) {
	if doc.Version == 0 {
		return false, nil
	}
	if err := storage.Unread(doc); err != nil {
		return false, fmt.Errorf("read the company's people: %w", err)
	}
	roles, err := bot.RolesDoc.Decode(doc.Body)
	if err != nil {
		return false, fmt.Errorf("read the company's people: %w", err)
	}
	for _, m := range roles.People {
		if m.Role == bot.Owner {
			return true, nil
		}
	}
	return false, nil
}
