package prose_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"secadvisor/flows/prose"
)

func TestSentenceBeginsWithACapital(t *testing.T) {
	for text, want := range map[string]string{
		"":               "",
		"turn on MFA":    "Turn on MFA",
		"Turn on MFA":    "Turn on MFA",
		"ändert es":      "Ändert es",
		"2 gaps":         "2 gaps",
		"“a word”":       "“a word”",
		"\xffdamaged":    "\xffdamaged",
		"éclair, twice":  "Éclair, twice",
		"日本":             "日本",
		"iT support has": "IT support has",
	} {
		if got := prose.Sentence(text); got != want {
			t.Errorf("%q begins as %q, want %q", text, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 gaps", 1: "1 gap", 2: "2 gaps", 21: "21 gaps"} {
		if got := prose.Count(n, "gap", "gaps"); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestNamesAreJoinedAsPeopleSayThem(t *testing.T) {
	all := []string{"Robin", "Kim", "Sam", "Olga", "Otto"}
	for _, c := range []struct {
		n, most int
		want    string
	}{
		{0, 3, ""},
		{1, 3, "Robin"},
		{2, 3, "Robin and Kim"},
		{3, 3, "Robin, Kim and Sam"},
		{4, 3, "Robin, Kim, Sam and Olga"},
		{5, 3, "Robin, Kim, Sam and 2 more"},
		{5, 1, "Robin and 4 more"},
		{5, 9, "Robin, Kim, Sam, Olga and Otto"},
	} {
		names := slices.Clone(all[:c.n])
		if got := prose.AndMore(names, c.most); got != c.want {
			t.Errorf("%d names, most %d: got %q, want %q", c.n, c.most, got, c.want)
		}
		if !slices.Equal(names, all[:c.n]) {
			t.Errorf("%d names, most %d: the names were changed to %q", c.n, c.most, names)
		}
	}
	if got, want := prose.And(all), "Robin, Kim, Sam, Olga and Otto"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestThoseWithoutANameAreCounted(t *testing.T) {
	for names, want := range map[string]string{
		"":                          "",
		"an owner":                  "an owner",
		"Kim,an owner":              "Kim and an owner",
		"an owner,an owner":         "2 owners",
		"Kim,an owner,Ira,an owner": "Kim, 2 owners and Ira",
	} {
		given := strings.Split(names, ",")
		if got := prose.And(prose.Alike(given, "an owner", "owners")); got != want {
			t.Errorf("%q: got %q, want %q", names, got, want)
		}
		if strings.Join(given, ",") != names {
			t.Errorf("%q was changed to %q", names, given)
		}
	}
}

func TestDaysAreThoseOfUTC(t *testing.T) {
	late := time.Date(2026, 3, 2, 0, 30, 0, 0, time.FixedZone("east", 2*60*60))
	if got, want := prose.Day(late), "1 March 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := prose.ShortDay(late), "1 March"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatSomebodyWroteIsQuoted(t *testing.T) {
	if got, want := prose.Quoted("somebody, 2 March 2026", "It is done."), "Somebody, 2 March 2026: “It is done.”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"", 5, ""},
		{"short", 5, "short"},
		{"longer", 5, "long…"},
		{"one two", 5, "one…"}, // no space before the sign
		{"ääääää", 5, "ääää…"}, // characters, not bytes
		{"ab", 1, "…"},
	} {
		if got := prose.Clip(c.text, c.most); got != c.want {
			t.Errorf("%q, most %d: got %q, want %q", c.text, c.most, got, c.want)
		}
	}
	if n := utf8.RuneCountInString(prose.Label(strings.Repeat("ä", 80))); n != 75 {
		t.Errorf("a button has %d characters, want 75", n)
	}
}

func TestPlainIsOneLineOfWhatCanBeSeen(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"  two \t words\r\n\n":         "two words",
		"next\u2028line\u2029end":      "next line end",
		"\x1b[31mred\x00":              "[31mred",
		"\u202egnihsihp\u202c":         "gnihsihp",
		"in\u00advisible\u200b\ufeff":  "invisible",
		"dam\xff\xfeaged":              "dam\ufffdaged",
		"replaced \ufffd":              "replaced \ufffd",
		"twenty characters and more":   "twenty characters a…",
		"<!channel> *stays* as `text`": "<!channel> *stays*…",
	} {
		if got := prose.Plain(text, 20); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
