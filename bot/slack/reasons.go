package slack

import (
	"errors"
	"slices"
	"time"

	"secadvisor/bot"
)

// reasons are the refusals that trying again cannot help, as a person reads
// them. https://docs.slack.dev/reference/methods/chat.postMessage#errors
var reasons = map[string]string{
	"channel_not_found":                     "the channel is not there any more, or I am not in it",
	"not_in_channel":                        "I am not in that channel",
	"is_archived":                           "the channel was archived",
	"user_not_found":                        "that person is not there any more",
	"user_disabled":                         "that person's account was switched off",
	"user_not_visible":                      "that person cannot be reached from here",
	"cannot_dm_bot":                         "that is a bot",
	"messages_tab_disabled":                 "direct messages with me are switched off in the app's settings",
	"restricted_action":                     "this workspace lets only some people write there",
	"account_inactive":                      "my access to this workspace was switched off",
	"invalid_auth":                          "my access to this workspace ended",
	"not_authed":                            "my access to this workspace ended",
	"token_revoked":                         "my access to this workspace was taken back",
	"token_expired":                         "my access to this workspace ended",
	"team_access_not_granted":               "my access to this workspace ended",
	"missing_scope":                         "I lack a permission for that: install the app again from its manifest",
	"msg_too_long":                          "the message was too long",
	"msg_blocks_too_long":                   "the message was too long",
	"invalid_blocks":                        "the message could not be drawn",
	"invalid_arguments":                     "the message could not be drawn",
	"user_not_in_channel":                   "that person is not in that channel",
	"no_permission":                         "I may not write there",
	"ekm_access_denied":                     "this workspace's key management does not let me write",
	"team_not_found":                        "the workspace is not there any more",
	"cant_update_message":                   "",
	"message_not_found":                     "",
	"edit_window_closed":                    "",
	"not_allowed_token_type":                "the token is of the wrong kind",
	"file_uploads_disabled":                 "this workspace takes no files",
	"file_uploads_except_images_disabled":   "this workspace takes no files but pictures",
	"file_type_not_allowed":                 "this workspace does not take files of that kind",
	"file_upload_size_restricted":           "the file is larger than this workspace takes",
	"storage_limit_reached":                 "this workspace has no room for more files",
	"free_team_not_allowed":                 "this workspace's plan does not allow it",
	"method_not_supported_for_channel_type": "that cannot be done in this kind of conversation",
}

// refusal is what an answer that is not ok comes to: where the word is known,
// certainly nothing was done.
func refusal(method, code string) error {
	err := &apiError{method, code}
	reason, permanent := reasons[code]
	switch {
	case code == "team_added_to_org" || code == "accesslimited" || code == "org_login_required":
		return &bot.Outcome{After: time.Minute, Err: err} // it passes
	case code == "ratelimited" || code == "rate_limited" || code == "message_limit_exceeded":
		return &bot.Outcome{After: 5 * time.Second, Err: err}
	case permanent && reason == "":
		return &bot.Outcome{Gone: true, Permanent: true, Reason: "the message is not there any more", Err: err}
	case permanent:
		return &bot.Outcome{Permanent: true, Blameless: slices.Contains(blameless, code), Reason: reason, Err: err}
	}
	return err // a fault of Slack's, or a word of its that is new: nothing is certain
}

// mishaps are words of Slack's that say nothing of what was asked. The last two
// mean this server's own secrets: no company is gone because of them.
var mishaps = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "invalid_client_id", "bad_client_secret"}

// hopeless are refusals that only a person can mend.
var hopeless = []string{"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired", "not_allowed_token_type"}

// blameless are refusals that say nothing of the address: they would have come
// anywhere in the workspace, or for the same message.
var blameless = []string{
	"account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired", "team_access_not_granted", "team_not_found",
	"missing_scope", "not_allowed_token_type", "ekm_access_denied",
	"msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_arguments",
	"file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed", "file_upload_size_restricted", "storage_limit_reached", "free_team_not_allowed",
}

// denied reports whether a call failed because Slack does not know the
// token: waiting does not help.
func denied(err error) bool {
	var refused *apiError
	return errors.As(err, &refused) && slices.Contains(hopeless, refused.code)
}

// refused reports whether Slack answered, and said no to what was asked.
func refused(err error) bool {
	var no *apiError
	return errors.As(err, &no) && bot.OutcomeOf(err).After == 0 && !slices.Contains(mishaps, no.code)
}

// outside reports whether a channel cannot be reached, or the person not in
// it.
func outside(err error) bool {
	var no *apiError
	return errors.As(err, &no) && slices.Contains([]string{"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"}, no.code)
}
