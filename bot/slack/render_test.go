package slack

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest"
	"secadvisor/bot/bottest/fakeslack"
)

func TestTheFakeSlackTakesThemToo(t *testing.T) {
	s := newScene(t, "http")
	for _, text := range append([]string{strings.Repeat("<", maxSection+1), strings.Repeat("x ", maxTotal)}, bottest.Hostile...) {
		for _, n := range []int{1, 7} {
			for name, v := range bottest.Views(text, n) {
				_, err := s.Deliver(t.Context(), bot.Post{ID: "x", Tenant: "slack." + fakeslack.Team, To: bot.To(fakeslack.Staff), View: v})
				if err != nil {
					t.Errorf("%s, %d times %.40q: %v", name, n, text, err)
				}
			}
		}
	}
}

func TestNothingIsDrawnWhereSlackLooksForMarks(t *testing.T) {
	for _, text := range bottest.Hostile {
		for name, v := range bottest.Views(text, 3) {
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

func TestOnlyWhatIsVisibleIsDrawn(t *testing.T) {
	bottest.OnlyVisible(t, func(v bot.View) string {
		gist, blocks := Render(v)
		drawn := bottest.Texts(t, ephemeral{Text: gist, Blocks: blocks})
		return strings.ReplaceAll(drawn, ":\u200b", ":") // ours, where a word would become a picture
	})
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
		_, blocks := Render(bot.View{Blocks: append(slices.Repeat([]bot.Block{bot.Say("x")}, row2.texts), row)})
		if len(blocks) != row2.want || blocks[len(blocks)-1].Type != "actions" {
			t.Errorf("%d texts and a row: %d blocks ending in %s, want %d ending in actions", row2.texts, len(blocks), blocks[len(blocks)-1].Type, row2.want)
		}
		if got := strings.Contains(seen(blocks), thereIsMore); got != row2.cut {
			t.Errorf("%d texts and a row: says that there is more: %t, want %t", row2.texts, got, row2.cut)
		}
	}
	_, blocks := Render(bot.View{Blocks: append(slices.Repeat([]bot.Block{bot.Say(strings.Repeat("x", 2999))}, 4), row)})
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
		{Table: &bot.Table{Head: []string{"What", "Who", "", "Since"}, Rows: [][]string{{"Wi-Fi", "IT", "", "May", "more than the head has"}, nil}}},
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
Wi-Fi: IT
Backup tests: both
Wi-Fi: Who IT · Since May
█████░░░░░ Mail 55, fair
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
