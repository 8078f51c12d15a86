package teams

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"secadvisor/bot"
)

// member is somebody in a conversation.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
type member struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	ObjectID string `json:"aadObjectId"`
	Object   string `json:"objectId"`
	Tenant   string `json:"tenantId"`
	Role     string `json:"userRole"`
}

func (k *connector) member(ctx context.Context, at place, user string) (m member, err error) {
	b, err := k.allowed(at, at.Conversation, user)
	if err != nil {
		return m, err
	}
	err = k.call(ctx, request{bot: b, method: http.MethodGet, harmless: true, url: at.address(at.Conversation, "members", user)}, &m)
	return m, err
}

const (
	pageOf    = 500 // members: the most that Teams gives at once
	mostPages = 10
)

// members are those who read a conversation, and whether there are more.
func (k *connector) members(ctx context.Context, at place) (all []member, more bool, err error) {
	b, err := k.allowed(at, at.Conversation)
	if err != nil {
		return nil, false, err
	}
	query := url.Values{"pageSize": {strconv.Itoa(pageOf)}}
	for range mostPages {
		var page struct {
			Members []member `json:"members"`
			Next    string   `json:"continuationToken"`
		}
		address := at.address(at.Conversation, "pagedmembers") + "?" + query.Encode()
		if err := k.call(ctx, request{bot: b, method: http.MethodGet, harmless: true, url: address}, &page); err != nil {
			return nil, false, err
		}
		all = append(all, page.Members...)
		if page.Next == "" {
			return all, false, nil
		}
		query.Set("continuationToken", page.Next)
	}
	return all, true, nil
}

// direct opens the conversation of a bot with one person; there is only one,
// however often it is opened.
func (k *connector) direct(ctx context.Context, at place, user, tenant string) (place, error) {
	b, err := k.allowed(at, user)
	if err != nil {
		return place{}, err
	}
	wish, err := json.Marshal(map[string]any{
		"bot": map[string]string{"id": at.BotID}, "members": []map[string]string{{"id": user}}, "isGroup": false,
		"tenantId": tenant, "channelData": map[string]any{"tenant": map[string]string{"id": tenant}},
	})
	if err != nil {
		return place{}, err
	}
	var made schema.ConversationResourceResponse
	if err := k.call(ctx, request{b, http.MethodPost, at.address(), wish, true}, &made); err != nil {
		return place{}, err
	}
	if made.ID == "" {
		return place{}, &bot.Outcome{After: 2 * time.Second, Err: errors.New("teams: no conversation was opened")}
	}
	at.Conversation = made.ID
	return at, nil
}
