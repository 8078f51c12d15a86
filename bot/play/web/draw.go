package web

import (
	"embed"
	"html/template"
	"strings"
	"sync"
	"time"

	"secadvisor/bot"
)

//go:embed assets
var assets embed.FS

// templates are parsed when the first page is drawn: a server draws none.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"t": bot.Visible, "side": side, "front": front, "behind": behind, "few": few,
		"long": long, "short": short, "stamp": stamp, "urgent": urgent, "cut": cut, "beside": beside, "sameday": sameDay, "label": label, "percent": percent,
	}).ParseFS(assets, "assets/*.html"))
})

// titled is a title, cut into the mark of a side and the words.
type titled struct{ Side, Mark, Words string }

// side finds the mark of a side, as it stands before its word. The page gives
// it a colour beside the word, which says the same.
func side(s string) titled {
	s = bot.Visible(s)
	for mark, side := range map[string]string{"●": "it", "◐": "both", "◆": "security"} {
		if rest, ok := strings.CutPrefix(s, mark+" "); ok {
			return titled{side, mark, rest}
		}
	}
	return titled{Words: s}
}

// front are the buttons that stand in the row; behind those behind "More",
// unless that is a single one.
func front(all []bot.Button) (shown []bot.Button) {
	rest := behind(all)
	for _, b := range all {
		if !b.More || len(rest) == 0 {
			shown = append(shown, b)
		}
	}
	return shown
}

func behind(all []bot.Button) (rest []bot.Button) {
	for _, b := range all {
		if b.More {
			rest = append(rest, b)
		}
	}
	if len(rest) == 1 {
		return nil
	}
	return rest
}

// few reports whether a menu is short enough to stand as buttons.
func few(m bot.Menu) bool { return len(m.Options) <= 7 }

// label is what stands on a button: never nothing.
func label(b bot.Button) string {
	if l := strings.TrimSpace(bot.Visible(b.Label)); l != "" {
		return l
	}
	return b.Action.Verb
}

// percent keeps a bar within its whole.
func percent(n int) int { return min(max(n, 0), 100) }

func urgent(v bot.View) bool { return v.Tone == bot.Urgent }

func long(t time.Time) string  { return t.Format("Monday 2 January 2006, 15:04") + " (UTC)" }
func short(t time.Time) string { return t.Format("Mon 2 Jan 2006, 15:04") }
func stamp(t time.Time) string { return t.Format(time.RFC3339) }

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// cut is a text in so many characters.
func cut(most int, s string) string {
	r := []rune(bot.Visible(s))
	if len(r) <= most {
		return string(r)
	}
	return strings.TrimRight(string(r[:most-1]), " ") + "…"
}

// besides is what stands beside a field, and its number.
type besides struct {
	fieldLine
	I int
}

func beside(i int, f fieldLine) besides { return besides{f, i} }
