package trial

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/play"
)

// onWeb starts the page as the command does, and returns the address that it
// prints. Stop ends it.
func onWeb(t testing.TB, c Command) (address string, stop func() error) {
	t.Helper()
	c.Command = "/sec"
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	opened := make(chan string, 1)
	go func() {
		err := c.web(ctx, in, func(address string) { opened <- address })
		in.CloseWithError(io.EOF)
		ended <- err
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("nothing was printed: %v, %v", err, <-ended)
	}
	go io.Copy(io.Discard, out)
	address = regexp.MustCompile(`http://\S+`).FindString(line)
	if got := <-opened; got != address {
		t.Errorf("the browser is told %q, and people %q", got, address)
	}
	stop = func() error { cancel(); return <-ended }
	return address, stop
}

// webVisitor is a browser without a script.
type webVisitor struct {
	testing.TB
	http.Client
	base, page string
}

func visitWeb(t testing.TB, address string) *webVisitor {
	jar, _ := cookiejar.New(nil) // without options it cannot fail
	v := &webVisitor{TB: t, Client: http.Client{Jar: jar, Timeout: 20 * time.Second}, base: address}
	v.take(v.Get(address))
	return v
}

func (v *webVisitor) take(r *http.Response, err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		v.Fatal(err)
	}
	v.page = string(body)
}

// send sends a form as somebody.
func (v *webVisitor) send(path, as string, fields ...string) {
	v.Helper()
	token := regexp.MustCompile(`name="token" value="(\w+)"`).FindStringSubmatch(v.page)
	if token == nil {
		v.Fatalf("no form on the page: %.300s", v.page)
	}
	form := url.Values{"token": {token[1]}, "as": {as}, "at": {"dm"}}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	u, _ := url.Parse(v.base)
	v.take(v.PostForm("http://"+u.Host+path, form))
}

func (v *webVisitor) sees(words ...string) {
	v.Helper()
	for _, w := range words {
		if !strings.Contains(v.page, w) {
			v.Errorf("the page does not show %q", w)
		}
	}
}

func TestAVisitorIsAnsweredOnThePage(t *testing.T) {
	address, stop := onWeb(t, Command{})
	me := visitWeb(t, address)
	me.sees("I&#39;m here: three things", "Nothing yet. A reminder")
	me.send("/say", play.Owner, "text", "who handles printers?")
	me.sees("Printers and scanners", "IT support")
	me.send("/say", play.Owner, "text", "/sec assess")
	me.sees("How many people work at your company?", "Sent to Alex")
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestAKeptCompanyIsThereAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "kept.db")
	address, stop := onWeb(t, Command{Data: file, Demo: true})
	me := visitWeb(t, address)
	me.sees("kept in the file", "Reminder: Quick check, for Alex")
	me.send("/say", play.Owner, "text", "/sec assign")
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	address, stop = onWeb(t, Command{Data: file, Demo: true}) // it is not filled twice
	again := visitWeb(t, address)
	again.sees("Reminder: Quick check, for Alex")
	again.send("/say", play.Owner, "text", "/sec map")
	again.sees("17 confirmed")
	if n := strings.Count(again.page, "Reminder: Quick check"); n != 1 {
		t.Errorf("%d reminders, want the one", n)
	}
	stranger := visitWeb(t, strings.Split(address, "?")[0])
	stranger.sees("Open the whole address that the program printed")
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

func TestPlayRefusesWhatWouldDoNothing(t *testing.T) {
	good := Command{Command: "/sec"}
	if err := good.check(); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*Command){
		"--demo":    func(c *Command) { c.Demo = true },
		"--listen":  func(c *Command) { c.Listen = "127.0.0.1:8080" },
		"--command": func(c *Command) { c.Command = "foo bar" },
		"--country": func(c *Command) { c.Country = "Germany" },
	} {
		c := good
		change(&c)
		if err := c.check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v gives %v, want a sentence about %s", c, err, want)
		}
	}
}

func TestOnlyThisMachineCanBeListenedOn(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0:0":      "would let other machines in",
		":8080":          "would let other machines in",
		"192.0.2.1:8080": "would let other machines in",
		"[::]:0":         "would let other machines in",
		"example.org:80": "would let other machines in",
		"8080":           "needs an address with a port",
		"127.0.0.1:0":    "",
		"localhost:0":    "",
		"127.0.0.2:0":    "",
	} {
		l, err := listenHere(address)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", address, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", address, err, want)
		}
		if err == nil {
			l.Close()
		}
	}
}

func TestAPortInUseIsSaidWithTheWayOut(t *testing.T) {
	taken, err := listenHere("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address := taken.Addr().String()
	if _, err := listenHere(address); err == nil || !strings.Contains(err.Error(), "choose another port") || !strings.Contains(err.Error(), address) {
		t.Errorf("a second listener on %s: %v", address, err)
	}
}
