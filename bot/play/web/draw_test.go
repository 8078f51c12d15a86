package web

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
)

// drawn is a page on which the advisor shows a view; the same message shows the
// next one.
func (t *tab) drawn(v bot.View) string {
	t.Helper()
	for range 2 { // so that it looks like a change each time
		t.message = t.sends(bot.Post{To: bot.To("owner:Alex"), Key: "it", View: v, Edit: t.message})
	}
	t.visit("/")
	return t.page
}

var (
	tag   = regexp.MustCompile(`<[^>]*>`)
	value = regexp.MustCompile(`"[^"]*"`)
)

// skeleton is a page without its texts and the values of attributes.
func skeleton(page string) string {
	return strings.Join(tag.FindAllString(value.ReplaceAllString(page, `""`), -1), "")
}

// A text makes no difference to what a page is made of, whatever it is.
func TestTextIsNeverMoreThanText(t *testing.T) {
	marks := []string{`<img src=x onerror=alert(1)>`, `"><script>alert(1)</script>`, `' onclick='x`, `</textarea></select><b>`, `{{.Token}}`, `<!--`, "`${x}`"}
	me := newScene(t, echo).browser()
	want := map[string]string{}
	for name, v := range bottest.Views("plain", 3) {
		want[name] = skeleton(me.drawn(v))
	}
	for _, text := range append(marks, bottest.Hostile...) {
		if strings.TrimSpace(bot.Visible(text)) == "" {
			continue // there is nothing to draw, and less is drawn
		}
		for name, v := range bottest.Views(text, 3) {
			if got := skeleton(me.drawn(v)); got != want[name] {
				t.Errorf("%s with %q changes the page:\n%s\nwant\n%s", name, text, got, want[name])
			}
		}
	}
}

func TestWhatIsTypedShowsAsItIs(t *testing.T) {
	me := newScene(t, echo).browser()
	for _, text := range []string{`<script>alert(1)</script>`, `a & b "c" 'd'`, "two\nlines", "אבג דהו", "👩‍💻🚨"} {
		me.post("/say", "text", text)
		me.sees(html.UnescapeString(`<p class="typed">`) + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(text) + "</p>")
	}
	me.post("/say", "text", "invoice \u202egnp.exe\u200b")
	me.sees("invoice gnp.exe<")
}

func TestEveryBlockIsDrawn(t *testing.T) {
	me := newScene(t, echo).browser()
	me.drawn(bot.View{
		Title: "◐ IT support and security together · Access", Tone: bot.Urgent, Gist: "The gist of it",
		Blocks: []bot.Block{
			bot.Say("A paragraph"), bot.Head("◆ A heading"), bot.Steps("Step one"), bot.Points("● Point one"), bot.Small("A note"), bot.Copy("a\nb"),
			{Fields: &bot.Fields{Items: []bot.Field{{Name: "Name", Value: "Value"}}}},
			{Table: &bot.Table{Head: []string{"Head"}, Rows: [][]string{{"Cell"}}}},
			{Progress: &bot.Progress{Done: 3, Of: 10}},
			{Bars: &bot.Bars{Items: []bot.Bar{{Label: "Accounts", Value: 140, Text: "very good"}, {Label: "Devices", Value: -3, Text: "bad"}}}},
			bot.Row(bot.Button{Label: "Main one", Main: true}, bot.Press("Other", bot.Do("a", "b")), bot.Behind("Behind 1", bot.Do("a", "b")), bot.Behind("Behind 2", bot.Do("a", "b"))),
			bot.Pick("Which one?", bot.Press("Few", bot.Do("a", "b"))),
			bot.Pick("Which of many?", make([]bot.Button, 9)...),
		},
	})
	me.sees(`data-gist="The gist of it" data-urgent`, `<div class="card urgent">`,
		`<h2><span class="side both" aria-hidden="true">◐</span> IT support and security together · Access</h2>`,
		"<p>A paragraph</p>", `<h3><span class="side security" aria-hidden="true">◆</span> A heading</h3>`, "<ol><li>Step one</li></ol>",
		`<li class="marked"><span class="side it" aria-hidden="true">●</span> Point one</li>`, `<p class="note">A note</p>`, "a\nb</pre>", "data-copy",
		"<dt>Name</dt><dd>Value</dd>", `<th scope="col">Head</th>`, "<td>Cell</td>", `<progress max="10" value="3"`, "3 of 10",
		`<rect width="100" height="8"></rect></svg> <span>very good</span>`, `<rect width="0" height="8"></rect></svg> <span>bad</span>`,
		`class="main">Main one</button>`, "<summary>More</summary>", "Behind 2</button>", `aria-label="Which one?"`, "Which of many? <select")
}

func TestEveryButtonGivesItsActionBack(t *testing.T) {
	for name, v := range bottest.Pressable(400) {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, func(bot.Event) bot.Reply { return bot.Reply{} })
			me := s.browser()
			page, _, _ := strings.Cut(me.drawn(v), "</main>")
			var pressed []string
			for _, m := range regexp.MustCompile(`(?:name="b"|<option) value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
				me.post("/press", "b", html.UnescapeString(m[1]))
				pressed = append(pressed, s.last().Action.String())
			}
			want := v.Actions()
			if len(pressed) != len(want) {
				t.Fatalf("%d buttons and choices, want %d", len(pressed), len(want))
			}
			left := map[string]int{}
			for i, b := range want { // those behind "More" stand last in their row
				left[b.Action.String()]++
				left[pressed[i]]--
			}
			for action, n := range left {
				if n != 0 {
					t.Errorf("%s: %d times more in the view than on the page", action, n)
				}
			}
		})
	}
}

func TestOnlyWhatIsVisibleIsDrawn(t *testing.T) {
	bottest.OnlyVisible(t, func(v bot.View) string {
		var page strings.Builder
		said := &sheet{Said: []saidLine{{Card: &card{View: v, Sheet: &sheet{}}}}}
		if err := templates().ExecuteTemplate(&page, "said", said); err != nil {
			t.Fatal(err)
		}
		return html.UnescapeString(page.String())
	})
}
