package teams

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"secadvisor/bot"
)

// linkFor is how long a link to a file works. Teams takes no files from a bot
// in a channel, and in chats only by way of somebody's storage, so people get
// a link instead. The file is made anew when it is opened, and not kept.
const linkFor = time.Hour

// link is what the address of a file says.
type link struct {
	Tenant string     `json:"t"`
	Flow   string     `json:"f"`
	Name   bot.Action `json:"n"`
	Until  int64      `json:"u"` // seconds
}

// sign is the last part of a file's address: what it is, and a proof that this
// bot wrote it.
func (l link) sign(key []byte) string {
	body, _ := json.Marshal(l) // three strings and a number always encode
	return base64.RawURLEncoding.EncodeToString(body) + "." + base64.RawURLEncoding.EncodeToString(proof(key, body))
}

func proof(key, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return mac.Sum(nil)
}

var errLink = errors.New("teams: the link was not written by this bot")

// readLink takes an address apart, if the key of its company's bot wrote it.
func (p *Platform) readLink(token string) (l link, err error) {
	text, signed, _ := strings.Cut(token, ".")
	body, err1 := base64.RawURLEncoding.DecodeString(text)
	mac, err2 := base64.RawURLEncoding.DecodeString(signed)
	if errors.Join(err1, err2, json.Unmarshal(body, &l)) != nil {
		return link{}, errLink
	}
	key, ok := p.fileKey(l.Tenant)
	if !ok || !hmac.Equal(mac, proof(key, body)) {
		return link{}, errLink
	}
	return l, nil
}

// fileKey is the key of a company's links: of its bot's secret, so that all
// replicas have the same one.
func (p *Platform) fileKey(tenant string) ([]byte, bool) {
	secret := ""
	for _, b := range p.config.Bots {
		if strings.EqualFold("teams."+b.Tenant, tenant) {
			secret = b.Secret
		}
	}
	switch {
	case secret != "":
		return proof([]byte(secret), []byte("links to files")), true
	case p.config.NoAuth: // this process alone gives them out
		return p.trial, true
	}
	return nil, false
}

// attach ends the card of a post with its file: a link, or text where this bot
// has no address that a browser reaches.
func (p *Platform) attach(d *drawing, post bot.Post) error {
	key, ok := p.fileKey(post.Tenant)
	switch {
	case p.config.Address != "" && ok:
		l := link{post.Tenant, post.Flow, post.Name, p.now().Add(linkFor).Unix()}
		address := strings.TrimSuffix(p.config.Address, "/") + "/teams/files/" + l.sign(key)
		d.fit()
		d.link(cut("Open "+bot.OneLine(post.File.Name), maxLabel), address)
		d.paragraph("The link works for an hour, for whoever has it.", run{Subtle: true, Size: "Small"})
	case strings.HasPrefix(post.File.Type, "text/plain"):
		d.paragraph(string(post.File.Body), run{Font: "Monospace"})
		d.fit()
	default:
		return &bot.Outcome{Permanent: true, Blameless: true, Reason: "whoever runs the bot has not set teams.address yet, so it cannot hand over files", Err: errors.New("teams: no address for files is configured")}
	}
	return nil
}

// link is a button that opens an address.
func (d *drawing) link(title, address string) {
	d.block("ActionSet")
	d.array("actions")
	d.open("Action.OpenUrl")
	d.text("title", title)
	d.text("url", address)
	d.end("}]}")
}

// file gives out what a link names.
func (p *Platform) file(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	maker, makes := p.handler.(bot.Files)
	l, err := p.readLink(r.PathValue("link"))
	switch {
	case err != nil || !makes:
		http.Error(w, "This link is not complete. Ask for the file again in Teams.", http.StatusNotFound)
		return
	case p.now().Unix() > l.Until:
		http.Error(w, "This link has expired. Ask for the file again in Teams.", http.StatusGone)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), timeout)
	defer cancel()
	f, err := maker.File(ctx, l.Tenant, l.Flow, l.Name)
	if err != nil {
		p.log.Warn("a file was not made", "tenant", l.Tenant, "err", err)
		http.Error(w, "The file could not be made. Ask for it again in Teams.", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": bot.OneLine(f.Name)}))
	w.Header().Set("Content-Length", strconv.Itoa(len(f.Body)))
	_, _ = w.Write(f.Body) // who is gone does not get it
}
