package trial

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"secadvisor/bot/play"
)

// What a press on the page costs, beside the cheapest answer that the same
// server gives: the real flows, store and page, without the browser.
func BenchmarkAPressOnThePage(b *testing.B) {
	address, stop := onWeb(b, Command{Demo: true})
	defer stop()
	me := visitWeb(b, address)
	ask := func(method, path string, form url.Values) time.Duration {
		r, _ := http.NewRequest(method, strings.TrimSuffix(address, "/")+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Since", "1000000000")
		start := time.Now()
		answer, err := me.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		defer answer.Body.Close()
		if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
			b.Fatalf("%s: %d, %v", path, answer.StatusCode, err)
		}
		return time.Since(start)
	}
	token := regexp.MustCompile(`name="token" value="(\w+)"`).FindStringSubmatch(me.page)[1]
	press := url.Values{"token": {token}, "as": {play.Owner}, "at": {"dm"}, "b": {" duty/map"}}
	var floor, pressed time.Duration
	for b.Loop() {
		floor += ask(http.MethodGet, "/static/mark.svg", nil)
		pressed += ask(http.MethodPost, "/press", press)
	}
	b.ReportMetric(float64(pressed.Microseconds())/1000/float64(b.N), "ms/press")
	b.ReportMetric(float64(pressed)/float64(floor), "x-floor")
}
