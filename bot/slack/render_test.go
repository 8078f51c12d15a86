package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
)

// hostile are texts that would mention, format, link, turn or hide something
// if anything looked for marks in them.
var hostile = []string{
	"<!channel>", "<!here|x>", "<@U1>", "<#C1|general>", "<https://evil.example|your bank>", "&lt;!channel&gt;", "&amp;",
	"*x* _x_ ~x~ `x` ```x```", "> quote", ":smile: :+1::skin-tone-2:", "@channel @here", "https://evil.example",
	"\u202egnihsihp\u202c", "אבג דהו", "a\u200bb\u200d\ufeffc", "\u200b", " ", "\n", "\t\n ", "", "a\x00b\x07c", "\xff\xfe", "é́́́", "👩‍💻🚨",
	`"}],"text":"x"`, "\\u003c!channel\\u003e",
}

// corpus has a view of every kind of block with a text, and with lists of n.
func corpus(s string, n int) map[string]bot.View {
	press := make([]bot.Button, n)
	behind := make([]bot.Button, n)
	items := make([]string, n)
	fields := make([]bot.Field, n)
	bars := make([]bot.Bar, n)
	rows := make([][]string, n)
	for i := range n {
		press[i] = bot.Press(s, bot.Do("who", "topic", fmt.Sprint(i), s))
		behind[i] = bot.Behind(s, bot.Do("who", "topic", fmt.Sprint(i%97), s))
		items[i], fields[i], bars[i] = s, bot.Field{Name: s, Value: s}, bot.Bar{Label: s, Value: i - 3, Text: s}
		rows[i] = []string{s, s, s}
	}
	blocks := map[string]bot.Block{
		"text": bot.Say(s), "heading": bot.Head(s), "steps": bot.Steps(items...), "points": bot.Points(items...),
		"note": bot.Small(s), "code": bot.Copy(s), "buttons": bot.Row(press...), "more": bot.Row(behind...),
		"both": bot.Row(append(press[:n:n], behind...)...), "menu": bot.Pick(s, press...),
		"fields": {Fields: &bot.Fields{Items: fields}}, "table": {Table: &bot.Table{Head: []string{s, s}, Rows: rows}},
		"bars": {Bars: &bot.Bars{Items: bars}}, "progress": {Progress: &bot.Progress{Done: n, Of: 7}},
	}
	views := map[string]bot.View{
		"title": {Title: s}, "urgent": {Title: s, Tone: bot.Urgent}, "gist": {Gist: s}, "empty": {Blocks: []bot.Block{{}}},
	}
	for name, b := range blocks {
		views[name] = bot.View{Title: s, Blocks: []bot.Block{b}}
		views[name+" many times"] = bot.View{Title: s, Blocks: append(repeated(b, n), bot.Row(bot.Press("Last", bot.Do("menu", "menu"))))}
	}
	return views
}

func repeated(b bot.Block, n int) []bot.Block {
	all := make([]bot.Block, n)
	for i := range all {
		all[i] = b
	}
	return all
}

func TestAnyViewIsAMessageThatSlackTakes(t *testing.T) {
	texts := append([]string{"plain"}, hostile...)
	for _, limit := range []int{maxLabel, maxOptionValue, maxHeader, maxGist, maxValue, maxSection, maxTotal} {
		for _, n := range []int{limit - 1, limit, limit + 1} {
			texts = append(texts, strings.Repeat("ä", n), strings.Repeat("word ", n/5)+strings.Repeat("<", n%5))
		}
	}
	for _, s := range texts {
		for _, n := range []int{0, 1, 7} {
			if len(s) > maxLabel && n == 7 {
				n = 2 // long is enough, and many take long
			}
			for name, v := range corpus(s, n) {
				for _, fault := range faults(Render(v)) {
					t.Errorf("%s, %d times %.40q (%d): %s", name, n, s, len(s), fault)
				}
			}
		}
	}
	for _, n := range []int{5, 6, 25, 26, 50, 51, 99, 100, 101, 205} {
		for name, v := range corpus("x", n) {
			for _, fault := range faults(Render(v)) {
				t.Errorf("%s, %d times: %s", name, n, fault)
			}
		}
	}
}

func TestTheFakeSlackTakesThemToo(t *testing.T) {
	s := newScene(t, "http")
	for _, text := range append([]string{strings.Repeat("<", maxSection+1), strings.Repeat("x ", maxTotal)}, hostile...) {
		for _, n := range []int{1, 7} {
			for name, v := range corpus(text, n) {
				_, err := s.Deliver(t.Context(), bot.Post{ID: "x", Tenant: "slack." + fakeslack.Team, To: bot.To(fakeslack.Staff), View: v})
				if err != nil {
					t.Errorf("%s, %d times %.40q: %v", name, n, text, err)
				}
			}
		}
	}
}

func TestNothingIsDrawnWhereSlackLooksForMarks(t *testing.T) {
	for _, text := range hostile {
		for name, v := range corpus(text, 3) {
			gist, blocks := Render(v)
			raw, err := json.Marshal(ephemeral{Type: "ephemeral", Text: gist, Blocks: blocks})
			if err != nil {
				t.Fatal(err)
			}
			if body := string(raw); strings.Contains(body, `"type":"mrkdwn"`) || !strings.Contains(body, `"mrkdwn":false`) {
				t.Errorf("%s of %q: %s", name, text, body)
			}
		}
	}
}

func TestGistIsEscapedWhole(t *testing.T) {
	gist, _ := Render(bot.View{Gist: strings.Repeat("&", 3*maxGist)})
	if want := strings.Repeat("&amp;", maxGist-1) + "…"; gist != want {
		t.Errorf("gist = %d bytes ending in %q", len(gist), gist[len(gist)-10:])
	}
}

func TestFiftyBlocksFitAndMoreKeepTheLastRow(t *testing.T) {
	row := bot.Row(bot.Press("Next", bot.Do("assess", "next")))
	for _, row2 := range []struct {
		texts, want int
		cut         bool
	}{{47, 48, false}, {49, 50, false}, {50, 50, true}, {500, 50, true}} {
		_, blocks := Render(bot.View{Blocks: append(repeated(bot.Say("x"), row2.texts), row)})
		if len(blocks) != row2.want || blocks[len(blocks)-1].Type != "actions" {
			t.Errorf("%d texts and a row: %d blocks ending in %s, want %d ending in actions", row2.texts, len(blocks), blocks[len(blocks)-1].Type, row2.want)
		}
		if got := strings.Contains(seen(blocks), thereIsMore); got != row2.cut {
			t.Errorf("%d texts and a row: says that there is more: %t, want %t", row2.texts, got, row2.cut)
		}
	}
	_, blocks := Render(bot.View{Blocks: append(repeated(bot.Say(strings.Repeat("x", 2999)), 4), row)})
	if blocks[len(blocks)-1].Type != "actions" || !strings.Contains(seen(blocks), thereIsMore) {
		t.Errorf("12,000 characters end in %s", blocks[len(blocks)-1].Type)
	}
}

func TestLongTextsAreSplitNotCut(t *testing.T) {
	text := strings.TrimSpace(strings.Repeat("one two three\n", 500))
	_, blocks := Render(bot.View{Blocks: []bot.Block{bot.Say(text), bot.Copy(text[:1000])}})
	if got, want := strings.Join(strings.Fields(seen(blocks)), " "), strings.Join(strings.Fields(text+" "+text[:1000]), " "); got != want {
		t.Errorf("%d characters became %d", len(want), len(got))
	}
}

func TestHowAViewLooks(t *testing.T) {
	_, blocks := Render(bot.View{Title: "Now: stop", Tone: bot.Urgent, Blocks: []bot.Block{
		bot.Say("Do this."), bot.Steps("first", "second"), bot.Points("a\nb"), bot.Head("Part"),
		{Fields: &bot.Fields{Items: []bot.Field{{Name: "Size", Value: "12"}, {Name: "Who", Value: "IT"}}}},
		{Table: &bot.Table{Head: []string{"What", "Who"}, Rows: [][]string{{"Wi-Fi", "IT"}, {"Backup tests", "both"}}}},
		{Bars: &bot.Bars{Items: []bot.Bar{{Label: "Mail", Value: 55, Text: "55, fair"}}}},
		{Progress: &bot.Progress{Done: 3, Of: 10}}, bot.Small("small"),
	}})
	want := `🚨 Now:` + "\u200b" + ` stop
Do this.
1.  first
2.  second
•  a b
Part
Size: 12
Who: IT
What          Who
Wi-Fi         IT
Backup tests  both
Mail █████░░░░░ 55, fair
███░░░░░░░ 3 of 10
small
`
	if diff := difference(want, seen(blocks)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// seen is what a person reads of blocks, without what can be pressed.
func seen(blocks []block) string {
	var b strings.Builder
	for _, x := range blocks {
		if x.Text != nil {
			b.WriteString(x.Text.Text + "\n")
		}
		for _, e := range x.Elements {
			switch e := e.(type) {
			case *text:
				b.WriteString(e.Text + "\n")
			case rich:
				for _, r := range e.Elements {
					b.WriteString(r.Text)
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}
