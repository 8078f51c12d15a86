package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"secadvisor/bot"
)

// maxFileName bounds a file's name; Slack documents no limit.
const maxFileName = 200

// sharedFor is how long it is known that a file has arrived while the message
// beside it waits, as for a rate limit.
const sharedFor = time.Hour

// shareOnce shares the file of a post, unless it did so before.
func (p *Platform) shareOnce(ctx context.Context, m message, post bot.Post) error {
	key := post.Tenant + "/" + post.ID
	if _, done := p.shared.recall(key); done || post.File == nil {
		return nil
	}
	err := p.share(ctx, post.Tenant, m, *post.File)
	if err == nil {
		p.shared.keep(key, true)
	}
	return err
}

// share uploads a file and shows it in a conversation, in the three steps
// that Slack wants. A failure before the last leaves nothing that anybody
// sees. The file stands alone: Slack would read a comment beside it as marked
// text, and keep neither buttons nor a mark to find it by, so the view follows
// as a message of its own.
// https://docs.slack.dev/messaging/working-with-files#upload
func (p *Platform) share(ctx context.Context, tenant string, m message, f bot.File) error {
	if len(f.Body) == 0 {
		return &bot.Outcome{Permanent: true, Blameless: true, Reason: "the file was empty", Err: errEmptyFile}
	}
	name := label(f.Name, "file.txt", maxFileName)
	var upload struct {
		URL string `json:"upload_url"`
		ID  string `json:"file_id"`
	}
	args := url.Values{"filename": {name}, "length": {strconv.Itoa(len(f.Body))}}
	if err := p.web.call(ctx, tenant, "files.getUploadURLExternal", args, &upload); err != nil {
		return err
	}
	if err := p.upload(ctx, upload.URL, f.Body); err != nil {
		return err
	}
	complete := map[string]any{"files": []map[string]string{{"id": upload.ID, "title": name}}, "channel_id": m.Channel}
	if m.Thread != "" {
		complete["thread_ts"] = m.Thread
	}
	return p.web.call(ctx, tenant, "files.completeUploadExternal", complete, nil)
}

var errEmptyFile = errors.New("slack: the file is empty")

// upload sends the bytes of a file to the address that Slack gave for it.
func (p *Platform) upload(ctx context.Context, address string, body []byte) error {
	response, _, err := p.give(ctx, address, "application/octet-stream", body)
	switch {
	case err != nil:
		return unsent("upload", err)
	case response.StatusCode == http.StatusTooManyRequests:
		return &bot.Outcome{After: retryAfter(response), Err: &apiError{"upload", "rate limited"}}
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("slack: upload: status %d", response.StatusCode)
	}
	return nil
}
