package fakeslack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// choose is the state of a control after a person chose or typed something;
// several choices stand in lines of their own. Nothing is "".
func (c Control) choose(chosen string) (map[string]any, error) {
	state := map[string]any{"type": c.Type}
	kind, several := strings.CutPrefix(c.Type, "multi_")
	several = several || kind == "checkboxes"
	var picked []any
	for _, one := range strings.Split(chosen, "\n") {
		if one == "" {
			continue
		}
		value, err := c.pick(kind, one)
		if err != nil {
			return nil, err
		}
		picked = append(picked, value)
	}
	name := selected(kind)
	switch {
	case name == "":
		state["value"] = any(nil)
		if chosen != "" {
			state["value"] = chosen
		}
	case several:
		if picked == nil {
			picked = []any{}
		}
		state[name+"s"] = picked
	case len(picked) > 1:
		return nil, fmt.Errorf("%s takes one choice", c.Type)
	case picked == nil:
		state[name] = nil
	default:
		state[name] = picked[0]
	}
	return state, nil
}

// selected names the field that carries what was chosen; "" where text was
// typed.
func selected(kind string) string {
	switch kind {
	case "static_select", "external_select", "radio_buttons", "overflow", "checkboxes":
		return "selected_option"
	case "users_select":
		return "selected_user"
	case "conversations_select":
		return "selected_conversation"
	case "channels_select":
		return "selected_channel"
	case "datepicker":
		return "selected_date"
	case "timepicker":
		return "selected_time"
	case "datetimepicker":
		return "selected_date_time"
	}
	return ""
}

func (c Control) pick(kind, one string) (any, error) {
	switch kind {
	case "static_select", "external_select", "radio_buttons", "overflow", "checkboxes":
		for _, o := range c.element.options() {
			if o.Text.words() == one || o.Value == one {
				return o, nil
			}
		}
		return nil, fmt.Errorf("no option %q", one)
	case "users_select":
		return one, mustBegin(one, "U", "W")
	case "channels_select":
		return one, mustBegin(one, "C")
	case "conversations_select":
		return one, mustBegin(one, "C", "D", "G")
	case "datetimepicker":
		return strconv.Atoi(one)
	}
	return one, nil
}

func mustBegin(id string, letters ...string) error {
	for _, l := range letters {
		if strings.HasPrefix(id, l) {
			return nil
		}
	}
	return fmt.Errorf("%q does not begin with %s", id, strings.Join(letters, " or "))
}

// initial is what a control holds before anybody touches it.
func (c Control) initial() string {
	e := c.element
	var lines []string
	for _, o := range append(slices.Clone(e.InitialOptions), e.InitialOption) {
		if o != nil {
			lines = append(lines, o.Value)
		}
	}
	lines = append(lines, e.InitialUsers...)
	for _, one := range []string{e.InitialUser, e.InitialChannel, e.InitialConv, e.InitialDate, e.InitialTime, string(e.InitialValue)} {
		if one != "" {
			lines = append(lines, one)
		}
	}
	if e.InitialMoment != 0 {
		lines = append(lines, strconv.FormatInt(e.InitialMoment, 10))
	}
	return strings.Join(lines, "\n")
}
