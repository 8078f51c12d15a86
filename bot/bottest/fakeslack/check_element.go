package fakeslack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// elementSet is a set of types of elements.
type elementSet int

const (
	accessoryTypes elementSet = iota
	actionTypes
	inputTypes
)

func (set elementSet) has(kind string) bool {
	switch kind {
	case "checkboxes", "radio_buttons", "datepicker", "timepicker":
		return true
	case "button", "overflow", "workflow_button":
		return set != inputTypes
	case "datetimepicker", "rich_text_input":
		return set != accessoryTypes
	case "plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input":
		return set == inputTypes
	}
	return menu(kind)
}

// menu reports whether a type of element is a select menu.
func menu(kind string) bool {
	of, ok := strings.CutSuffix(strings.TrimPrefix(kind, "multi_"), "_select")
	return ok && slices.Contains([]string{"static", "external", "users", "conversations", "channels"}, of)
}

func (c *check) element(at string, e *element, set elementSet) {
	if !set.has(e.Type) {
		c.say(at+"/type", "unsupported type: %s", e.Type)
		return
	}
	if e.Placeholder != nil {
		c.plain(at+"/placeholder", e.Placeholder, maxPlaceholder)
	}
	if e.Confirm != nil {
		c.plain(at+"/confirm/title", e.Confirm.Title, maxConfirmTitle)
		c.text(at+"/confirm/text", e.Confirm.Text, maxConfirmText)
		c.plain(at+"/confirm/confirm", e.Confirm.Confirm, maxConfirmButton)
		c.plain(at+"/confirm/deny", e.Confirm.Deny, maxConfirmButton)
	}
	switch e.Type {
	case "button":
		c.button(at, e)
	case "static_select", "multi_static_select":
		c.options(at, e, maxOptions)
	case "radio_buttons", "checkboxes":
		c.options(at, e, maxFewOptions)
	case "overflow":
		c.options(at, e, maxOverflow)
	case "users_select":
		c.initialID(at+"/initial_user", e.InitialUser, "U", "W")
	case "channels_select":
		c.initialID(at+"/initial_channel", e.InitialChannel, "C")
	case "conversations_select", "multi_conversations_select":
		c.initialID(at+"/initial_conversation", e.InitialConv, "C", "D", "G")
		c.filter(at+"/filter", e.Filter)
	case "plain_text_input":
		if utf8.RuneCountInString(string(e.InitialValue)) > maxInitialText || e.MaxLength > maxInitialText || e.MinLength > maxInitialText {
			c.say(at, "must be less than %d characters", maxInitialText+1)
		}
	}
}

func (c *check) initialID(at, id string, letters ...string) {
	if id != "" && mustBegin(id, letters...) != nil {
		c.say(at, "invalid value: %s", id)
	}
}

func (c *check) filter(at string, f *filter) {
	if f == nil {
		return
	}
	if f.Include == nil && f.NoShared == nil && f.NoBots == nil {
		c.say(at, "must have at least one of include, exclude_external_shared_channels, exclude_bot_users")
	}
	if f.Include != nil {
		c.items(at+"/include", len(f.Include), 4)
	}
	for _, kind := range f.Include {
		if !slices.Contains([]string{"im", "mpim", "private", "public"}, kind) {
			c.say(at+"/include", "must be a valid enum value: %s", kind)
		}
	}
}

func (c *check) button(at string, e *element) {
	c.plain(at+"/text", e.Text, maxButtonText)
	if utf8.RuneCountInString(string(e.Value)) > maxButtonValue {
		c.say(at+"/value", "must be less than %d characters", maxButtonValue+1)
	}
	if utf8.RuneCountInString(e.URL) > maxURL {
		c.say(at+"/url", "must be less than %d characters", maxURL+1)
	}
	if utf8.RuneCountInString(e.Label) > maxButtonText {
		c.say(at+"/accessibility_label", "must be less than %d characters", maxButtonText+1)
	}
}

func (c *check) options(at string, e *element, most int) {
	if e.OptionGroups == nil {
		c.items(at+"/options", len(e.Options), most)
	} else {
		c.items(at+"/option_groups", len(e.OptionGroups), most)
	}
	for i, g := range e.OptionGroups {
		c.plain(fmt.Sprintf("%s/option_groups/%d/label", at, i), g.Label, maxOptionText)
		c.items(fmt.Sprintf("%s/option_groups/%d/options", at, i), len(g.Options), most)
	}
	known := map[string]bool{}
	for i, o := range e.options() {
		here := fmt.Sprintf("%s/options/%d", at, i)
		if e.Type == "radio_buttons" || e.Type == "checkboxes" {
			c.text(here+"/text", o.Text, maxOptionText)
		} else {
			c.plain(here+"/text", o.Text, maxOptionText)
		}
		if n := utf8.RuneCountInString(o.Value); n == 0 || n > maxOptionValue {
			c.say(here+"/value", "must be between 1 and %d characters", maxOptionValue)
		}
		if o.Description != nil {
			c.text(here+"/description", o.Description, maxOptionText)
		}
		known[o.key()] = true
	}
	for _, o := range append(slices.Clone(e.InitialOptions), e.InitialOption) {
		if o != nil && !known[o.key()] {
			c.say(at+"/initial_option", "must be one of the provided options")
		}
	}
}

// key is the whole option: an initial option must be exactly one of the
// provided ones.
func (o *option) key() string {
	all, _ := json.Marshal(o)
	return string(all)
}
