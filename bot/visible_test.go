package bot_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"secadvisor/bot"
)

func TestHidden(t *testing.T) {
	for _, span := range [][2]rune{
		{0, 8}, {0xe, 0x1f}, {0x7f, 0x84}, {0x86, 0x9f}, {0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
		{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0},
		{0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xfdd0, 0xfdef}, {0x1d173, 0x1d17a}, {0xe0001, 0xe0001}, {0xe0020, 0xe007f}, {0xe0100, 0xe01ef},
	} {
		for r := span[0]; r <= span[1]; r++ {
			if !bot.Hidden(r) {
				t.Errorf("%U can be seen", r)
			}
		}
	}
	for _, r := range "\n\r\t\u0085 aZ09~é\u00a0\u2028\u3000€–…ßΩяאع۳\u0600\u06ddह्ก漢한🚨👩🏽\u0301\ufffd" {
		if bot.Hidden(r) {
			t.Errorf("%U is hidden", r)
		}
	}
}

func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"plain text, in\ttwo\nlines":        "plain text, in\ttwo\nlines",
		"a\r\nb\rc\vd\u0085e\u2028f":        "a\nb\nc\nd\ne\nf",
		"\x1b[31mred\x00\u009b":             "[31mred",
		"\u202egnihsihp\u202c":              "gnihsihp",
		"\u2066a\u2069\u200e\u200f\u061cb":  "ab",
		"in\u00advi\u2060si\u2064ble\ufeff": "invisible",
		"pay\u200bment":                     "payment",
		"pass\u200dw\u200cord\u034f":        "password",
		"a\xff\xfeb":                        "a\ufffdb",
		"kept \ufffd":                       "kept \ufffd",
		"\u3164\uffa0\u115f":                "",
		"a\U000e0068\U000e0069\U000e007fb":  "ab",
		"a\ufe0fb\U000e0101c":               "abc",

		// What writing and emoji need.
		"می\u200cخواهم":       "می\u200cخواهم",
		"क्\u200dष क्\u200cष": "क्\u200dष क्\u200cष",
		"ශ්\u200dරී":          "ශ්\u200dරී",
		"می\u200c b":          "می b",
		"\u200cمی":            "می",
		"م\u200c\u200cن":      "م\u200cن",
		"👩\u200d💻 👩🏽\u200d🚒 🏳\ufe0f\u200d🌈":                 "👩\u200d💻 👩🏽\u200d🚒 🏳\ufe0f\u200d🌈",
		"🙂\u200d↔\ufe0f 👨\u200d👩\u200d👧":                    "🙂\u200d↔\ufe0f 👨\u200d👩\u200d👧",
		"❤\ufe0f ©\ufe0f ‼\ufe0f 1\ufe0f\u20e3 葛\U000e0100": "❤\ufe0f ©\ufe0f ‼\ufe0f 1\ufe0f\u20e3 葛\U000e0100",
		"❤\ufe0f\ufe0e\U000e0120":                           "❤\ufe0f",
		"👩\u200d a\u200d👩\u200d\u200d💻":                     "👩 a👩\u200d💻",
		"🏴\U000e0067\U000e0062\U000e007f":                   "🏴",
		"🇩🇪 שלום مرحبا é́":                                  "🇩🇪 שלום مرحبا é́",
	} {
		if got := bot.Visible(text); got != want {
			t.Errorf("%+q: got %+q, want %+q", text, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		" \n\u200b ":                  "",
		"  two \t words\r\n\n":        "two words",
		"next\u2028line\u2029end\x07": "next line end",
		"no\u00a0break\u3000wide":     "no break wide",
	} {
		if got := bot.OneLine(text); got != want {
			t.Errorf("%+q: got %+q, want %+q", text, got, want)
		}
	}
}

// No character is waved through that is hidden, or white space other than one
// space between two words.
func TestEveryCharacterOnOneLine(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		want := "a" + string(r) + "b"
		switch {
		case unicode.IsSpace(r):
			want = "a b"
		case bot.Hidden(r):
			want = "ab"
		}
		if got := bot.OneLine("a" + string(r) + "b"); got != want {
			t.Errorf("%U becomes %+q, want %+q", r, got, want)
		}
	}
	for text, want := range map[string]string{"a  b": "a b", " a": "a", "a ": "a", " ": "", "é · “b” – c": "é · “b” – c"} {
		if got := bot.OneLine(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

// What is visible stays as it is, and holds nothing hidden but what shapes
// its neighbours.
func FuzzVisible(f *testing.F) {
	for _, text := range []string{"a\u200d\u202e\u200db", "❤\ufe0f\ufe0f", "\xff\r\r\n", "م\u200cن", "👩\u200d💻", "1\ufe0f\u20e3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := bot.Visible(text)
		if again := bot.Visible(got); again != got {
			t.Errorf("%+q: %+q becomes %+q", text, got, again)
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > utf8.RuneCountInString(text) {
			t.Errorf("%+q: got %+q", text, got)
		}
		before := 'x'
		for _, r := range got {
			if bot.Hidden(r) && (bot.Hidden(before) && before != 0xfe0f || before < ' ' || !strings.ContainsRune("\u200c\u200d", r) && r < 0x180b) {
				t.Errorf("%+q: %U stays in %+q", text, r, got)
			}
			before = r
		}
	})
}
