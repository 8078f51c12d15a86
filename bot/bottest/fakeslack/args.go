package fakeslack

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody is more than Slack takes in one request.
const maxBody = 1 << 20

// args are the arguments of a call. Slack takes them as a form, or as JSON
// when the token is in a header; nested values are JSON text in both.
type args map[string]string

func readArgs(r *http.Request) (args, error) {
	a := args{}
	a.addForm(r.URL.Query())
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return nil, fmt.Errorf("multipart form %v: %w", params, err)
		}
		a.addForm(r.MultipartForm.Value)
		return a, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxBody {
		return nil, refused("request_too_large")
	}
	switch {
	case kind == "application/json" && len(body) > 0:
		return a, a.addJSON(body)
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, refused("invalid_form_data")
		}
		a.addForm(form)
	case len(body) > 0:
		return nil, refused("invalid_post_type")
	}
	return a, nil
}

func (a args) addForm(form url.Values) {
	for k, v := range form {
		a[k] = v[0]
	}
}

func (a args) addJSON(body []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return refused("json_not_object")
	}
	for k, raw := range fields {
		text := string(raw)
		if strings.HasPrefix(text, `"`) {
			if err := json.Unmarshal(raw, &text); err != nil {
				return refused("invalid_json")
			}
		}
		if text != "null" {
			a[k] = text
		}
	}
	return nil
}

// raw is a nested value; nil where there is none.
func (a args) raw(name string) json.RawMessage {
	if a[name] == "" {
		return nil
	}
	return json.RawMessage(a[name])
}

func (a args) true(name string) bool {
	on, _ := strconv.ParseBool(a[name])
	return on
}

func (a args) number(name string, otherwise int) int {
	if n, err := strconv.Atoi(a[name]); err == nil {
		return n
	}
	return otherwise
}
