package handoff

import "testing"

func TestLinksLeadNowhere(t *testing.T) {
	for text, want := range map[string]string{
		"see https://evil.example/a?b=c now": "see hxxps://evil[.]example/a?b=c now",
		"HTTP://EVIL.EXAMPLE":                "HxxP://EVIL[.]EXAMPLE",
		"ftp://evil.example, file://desk/a":  "ftp[:]//evil[.]example, file[:]//desk/a",
		"http://192.0.2.7:8080/x":            "hxxp://192[.]0[.]2[.]7:8080/x",
		"evil.co.uk and www.evil.example":    "evil[.]co[.]uk and www[.]evil[.]example",
		"write to jo@evil.example":           "write to jo@evil[.]example",
		"at 3.5 or 10.30, e.g. now. Then":    "at 3.5 or 10.30, e.g. now. Then",
		"пример.рф":                          "пример[.]рф",
		"":                                   "",
	} {
		if got := inert(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
