package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/bot/slack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/stores"
)

// Two companies install the bot, each claims its own, and each is answered with
// its own token.
func TestCompaniesInstallTheBotThemselves(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	first := h.visitor().comes(h.config.Slack.Address + "/slack/install")
	for _, words := range []string{"What it does not do", "Add it to Slack", "30 days"} {
		if !strings.Contains(first, words) {
			t.Errorf("the install page does not say %q:\n%s", words, first)
		}
	}
	codeA, codeB := h.installed(alpha, fakeslack.Owner), h.installed(beta, fakeslack.Admin)
	if codeA == "" || codeB == "" || codeA == codeB {
		t.Fatalf("codes %q and %q", codeA, codeB)
	}
	h.answers(beta, fakeslack.Staff, "claim "+codeA, "That is not the code")
	h.answers(alpha, fakeslack.Owner, "claim "+codeA, "You are an owner now")
	h.answers(alpha, fakeslack.Admin, "claim "+codeA, "No code is waiting")
	h.answers(alpha, fakeslack.Staff, "assess", "Only an owner")
	h.answers(beta, fakeslack.Owner, "assess", "Only an owner")
	h.answers(beta, fakeslack.Admin, "claim "+codeB, "You are an owner now")
	h.spaces[beta].Command(fakeslack.Admin, "", "/sec", "assess")
	h.until("a card at Beta", func() bool { return len(h.spaces[beta].DM(fakeslack.Admin)) == 1 })
	if n := len(h.spaces[alpha].DM(fakeslack.Admin)); n != 0 {
		t.Errorf("the same id at Alpha has %d messages", n)
	}
}

// Whoever installs the bot once more gets no rights over what others made.
func TestInstallingAgainMakesNobodyAnOwner(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	lost := h.installed(alpha, fakeslack.Owner)
	code := h.installed(alpha, fakeslack.Owner)
	h.answers(alpha, fakeslack.Owner, "claim "+lost, "That is not the code")
	h.answers(alpha, fakeslack.Owner, "claim "+code, "You are an owner now")
	if code := h.installed(alpha, fakeslack.Admin); code != "" {
		t.Errorf("an administrator who installs it again is handed %q", code)
	}
	h.answers(alpha, fakeslack.Admin, "claim "+code, "No code is waiting")
	h.answers(alpha, fakeslack.Admin, "assess", "Only an owner")
}

func TestAnInstallationIsTheBrowsersThatBeganIt(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	for name, comes := range map[string]func(v *visitor) (page string){
		"another browser": func(v *visitor) string {
			return h.visitor().comes(v.allows(v.begin(), alpha, fakeslack.Owner))
		},
		"another browser that began as well": func(v *visitor) string {
			other := h.visitor()
			other.begin()
			return other.comes(v.allows(v.begin(), alpha, fakeslack.Owner))
		},
		"a forged state": func(v *visitor) string {
			return v.comes(changed(t, v.allows(v.begin(), alpha, fakeslack.Owner), "state", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		},
		"no state": func(v *visitor) string {
			return v.comes(changed(t, v.allows(v.begin(), alpha, fakeslack.Owner), "state", ""))
		},
		"too late": func(v *visitor) string {
			back := v.allows(v.begin(), alpha, fakeslack.Owner)
			h.later(10*time.Minute + time.Second)
			return v.comes(back)
		},
		"cancelled with a forged state": func(v *visitor) string {
			back, err := h.hub.Cancel(v.begin())
			if err != nil {
				t.Fatal(err)
			}
			return v.comes(changed(t, back, "state", "x"))
		},
	} {
		page := comes(h.visitor())
		if !strings.Contains(page, "cannot go on from here") || !strings.Contains(page, "Begin again") {
			t.Errorf("%s reads\n%s", name, page)
		}
	}
	if n := h.hub.Count("oauth.v2.access"); n != 0 {
		t.Errorf("Slack was asked about %d codes", n)
	}
	if keys := h.keys(alpha); len(keys) != 0 {
		t.Errorf("something is kept: %v", keys)
	}
}

func changed(t *testing.T, address, name, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

func TestAStateAndACodeWorkOnce(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	v := h.visitor()
	back := v.allows(v.begin(), alpha, fakeslack.Owner)
	if page := v.comes(back); !strings.Contains(page, "Installed in Alpha & Sons") {
		t.Fatal(page)
	}
	if page := v.comes(back); !strings.Contains(page, "cannot go on from here") {
		t.Errorf("the same address again: %s", page)
	}
	used := changed(t, back, "state", stateOf(t, v.begin()))
	if page := v.comes(used); !strings.Contains(page, "Slack did not finish") {
		t.Errorf("a good state with a code that was used: %s", page)
	}
	if n := h.hub.Count("oauth.v2.access"); n != 2 {
		t.Errorf("Slack was asked %d times, want 2", n)
	}
}

func stateOf(t *testing.T, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("state")
}

// The same answer of Slack's, brought to two replicas at the same moment.
func TestOfTwoCallbacksAtOnceOneInstalls(t *testing.T) {
	t.Parallel()
	h := onRedis(t, 2)
	for range 10 {
		before := h.hub.Count("oauth.v2.access")
		v := h.visitor()
		back := v.allows(v.begin(), alpha, fakeslack.Owner)
		there, err := url.Parse(back)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		pages := make([]string, 6)
		for i := range pages {
			all.Go(func() {
				to := *there
				to.Host = h.replicas[i%2].listen.Addr().String()
				pages[i] = v.comes(to.String()) // cookies know no ports
			})
		}
		all.Wait()
		done := 0
		for _, p := range pages {
			if strings.Contains(p, "Installed in") {
				done++
			} else if !strings.Contains(p, "cannot go on from here") {
				t.Errorf("one reads %s", p)
			}
		}
		if asked := h.hub.Count("oauth.v2.access") - before; done != 1 || asked != 1 {
			t.Fatalf("%d installed, and Slack was asked %d times", done, asked)
		}
	}
}

func TestWhatSlackGrantsIsLookedAt(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	for _, row := range []struct {
		name   string
		change func(map[string]any)
		want   string
	}{
		{"another app", func(a map[string]any) { a["app_id"] = "A0OTHER" }, "not set up for that app"},
		{"no app", func(a map[string]any) { delete(a, "app_id") }, "not set up for that app"},
		{"too few scopes", func(a map[string]any) { a["scope"] = "commands,chat:write" }, "fewer permissions"},
		{"no scopes", func(a map[string]any) { delete(a, "scope") }, "fewer permissions"},
		{"a whole organisation", func(a map[string]any) {
			a["is_enterprise_install"], a["team"], a["enterprise"] = true, nil, map[string]any{"id": "E1", "name": "Big"}
		}, "not in a whole organisation"},
		{"no team", func(a map[string]any) { a["team"] = nil }, "did not finish"},
		{"a token of a person", func(a map[string]any) { a["token_type"] = "user" }, "did not finish"},
		{"nobody installed it", func(a map[string]any) { delete(a, "authed_user") }, "did not finish"},
	} {
		v := h.visitor()
		back := v.allows(v.begin(), alpha, fakeslack.Owner)
		h.hub.Change(row.change)
		if page := v.comes(back); !strings.Contains(page, row.want) || !strings.Contains(page, "Nothing was kept") {
			t.Errorf("%s: want %q in\n%s", row.name, row.want, page)
		}
	}
	v := h.visitor()
	back, err := h.hub.Cancel(v.begin())
	if err != nil {
		t.Fatal(err)
	}
	if page := v.comes(back); !strings.Contains(page, "Nothing was installed") {
		t.Errorf("cancelled: %s", page)
	}
	h.hub.Fail("oauth.v2.access", fakeslack.Broken(503), 1)
	if page := v.comes(v.allows(v.begin(), alpha, fakeslack.Owner)); !strings.Contains(page, "does not answer") {
		t.Errorf("Slack is away: %s", page)
	}
	if keys := h.keys(alpha); len(keys) != 0 {
		t.Errorf("something is kept: %v", keys)
	}
}

// The pages are kept by no cache, framed by nobody, and tell no other site
// where they are; the cookie is the browser's alone.
func TestInstallPagesGiveNothingAway(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	response, err := http.Get(h.config.Slack.Address + "/slack/install")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "frame-ancestors 'none'",
	} {
		if got := response.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	v := h.visitor()
	response, err = v.client.Post(h.config.Slack.Address+"/slack/install", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	cookies := response.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].MaxAge != 600 {
		t.Errorf("cookies %+v", cookies)
	}
	if strings.Contains(response.Header.Get("Location"), cookies[0].Value) {
		t.Error("what names the browser goes to Slack")
	}
	var last int
	for range 100 {
		response, err := v.client.Post(h.config.Slack.Address+"/slack/install", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		last = response.StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the hundredth in a row gets %d", last)
	}
}

// What one stranger does again and again is refused to them alone.
func TestOneStrangerKeepsNobodyFromInstalling(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.stop()
	h.config.HTTP.Proxies = []string{"127.0.0.1"}
	h.start(1)
	v := h.visitor()
	ask := func(method, from, path string) (status int, page string) {
		t.Helper()
		r, err := http.NewRequest(method, h.config.Slack.Address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-For", from)
		response, err := v.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		raw, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(raw)
	}
	const back = "/slack/oauth/callback?code=x&state=ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	begun := 0
	for range 100 {
		if status, _ := ask(http.MethodPost, "203.0.113.9", "/slack/install"); status == http.StatusSeeOther {
			begun++
		}
	}
	if begun < slack.InstallsAtOnce || begun > 2*slack.InstallsAtOnce { // some seconds give one more
		t.Errorf("a stranger begins %d times of 100", begun)
	}
	h.until("they are told to wait", func() bool {
		status, page := ask(http.MethodPost, "203.0.113.9", "/slack/install")
		return status == http.StatusTooManyRequests && strings.Contains(page, "wait a few minutes")
	})
	h.until("no state that they guess is looked up", func() bool {
		status, _ := ask(http.MethodGet, "203.0.113.9", back)
		return status == http.StatusTooManyRequests
	})
	for _, from := range []string{"198.51.100.7", "2001:db8::1"} {
		if status, _ := ask(http.MethodPost, from, "/slack/install"); status != http.StatusSeeOther {
			t.Errorf("somebody else begins, and is answered %d", status)
		}
		if status, _ := ask(http.MethodGet, from, back); status != http.StatusBadRequest {
			t.Errorf("somebody else comes back, and is answered %d", status)
		}
	}
}

// Where all owners have left, whoever runs the server makes another.
func TestTheOperatorMakesACode(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.owned(alpha)
	h.stop()
	config := commandtest.Written(t, "storage: "+h.config.Storage+"\nkeys:\n  master: ["+commandtest.Key+"]\n")
	printed := commandtest.Did(t, companyCode{stores.Place{Company: "slack." + alpha, Config: config}}.Run)
	code := regexp.MustCompile(`claim (\S+)`).FindStringSubmatch(printed)
	if code == nil {
		t.Fatal(printed)
	}
	commandtest.Refused(t, companyCode{stores.Place{Company: "slack." + beta, Config: config}}.Run, "no company slack."+beta)
	h.start(1)
	h.answers(beta, fakeslack.Admin, "claim "+code[1], "no access")
	h.answers(alpha, fakeslack.Admin, "claim "+code[1], "You are an owner now")
	h.until("the other owner is told", func() bool {
		dm := h.spaces[alpha].DM(fakeslack.Owner)
		return len(dm) > 0 && strings.Contains(dm[len(dm)-1].Shown(), "There is a new owner")
	})
}

// Nothing readable of a token lies on the disk.
func TestTokensAreSealed(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	h.installed(alpha, fakeslack.Owner)
	c := h.company(alpha)
	h.stop()
	raw, err := os.ReadFile(strings.TrimPrefix(h.config.Storage, "file:"))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{c.Token, c.Refresh, c.Name} {
		if secret == "" || bytes.Contains(raw, []byte(secret)) {
			t.Errorf("the file holds %q", secret)
		}
	}
	if !bytes.Contains(raw, []byte("slack/installation")) {
		t.Error("the file does not even name the installation: the test reads another one")
	}
}
