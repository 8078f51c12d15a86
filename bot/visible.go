package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hidden reports whether nobody sees a character where it stands alone:
// controls, marks of direction, what has no width, fillers, selectors of a
// variant, tags. They hide words, turn a line around or steer a terminal.
// White space is not hidden, and neither is U+FFFD, the mark of what is lost.
// https://www.unicode.org/reports/tr36/#Recommendations_General
func Hidden(r rune) bool {
	switch {
	case unicode.IsSpace(r):
		return false
	case r < utf8.RuneSelf:
		return r < ' ' || r == 0x7f
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r) // the signs of Arabic numbers are drawn
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

// Visible is a text without what is hidden: a platform draws it, and a flow
// reads it, as a person sees it. Line breaks of any kind are \n; broken bytes
// become one U+FFFD, so that it shows that something is lost.
//
// A few hidden characters shape what stands around them, and stay there: a
// joiner or its opposite between two letters of a writing that joins them, as
// in Persian and Hindi; a joiner between two pictures, as in a family; one
// selector of a variant behind what has variants, as in ❤️ and 1️⃣. Tags go
// everywhere, although the flags of England, Scotland and Wales are black
// without: whole sentences are hidden in them.
func Visible(s string) string {
	if plainly(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	s = strings.ToValidUTF8(s, "\ufffd")
	var before rune // what was written last
	for i, r := range s {
		after := s[i+utf8.RuneLen(r):]
		switch {
		case r == '\r' && strings.HasPrefix(after, "\n"):
			continue
		case breaksLine(r):
			r = '\n'
		case Hidden(r) && !shapes(before, r, after):
			continue
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// OneLine is Visible on one line, with one space wherever there is white space.
func OneLine(s string) string {
	if onOneLine(s) {
		return s
	}
	return strings.Join(strings.Fields(Visible(s)), " ")
}

// onOneLine reports whether OneLine has nothing to do, as for most texts.
func onOneLine(s string) bool {
	before := ' ' // a space is in its place between two others
	for _, r := range s {
		if !plain(r) || r == ' ' && before == ' ' {
			return false
		}
		before = r
	}
	return before != ' ' || s == ""
}

// plainly reports whether a text is plain, with lines and tabs, as most are.
func plainly(s string) bool {
	for _, r := range s {
		if !plain(r) && r != '\n' && r != '\t' {
			return false
		}
	}
	return true
}

// plain reports whether a character is one of those that most texts are made
// of, and certainly seen: ASCII, the letters and signs of western Europe, dashes
// and quotes. Of space it knows the usual one.
func plain(r rune) bool {
	return r >= ' ' && r < 0x7f || r > 0xa0 && r <= 0x24f && r != 0xad || r >= '\u2010' && r <= '\u2027'
}

func breaksLine(r rune) bool {
	switch r {
	case '\r', '\v', '\f', 0x85, '\u2028', '\u2029':
		return true
	}
	return false
}

const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

// shapes reports whether a hidden character changes how its neighbours look.
func shapes(before, r rune, after string) bool {
	switch {
	case r == nonJoiner || r == joiner:
		next, _ := utf8.DecodeRuneInString(after)
		return joins(before) && joins(next) || r == joiner && isPicture(before) && isPicture(next)
	case isVariant(r):
		return hasVariants(before)
	}
	return false
}

// joins reports whether a letter, or a mark on one, is of a writing in which
// joiners choose its shape.
func joins(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)) && unicode.In(r, joining...)
}

var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi,
	unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
	unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Javanese, unicode.Balinese,
}

// isPicture reports whether a character is part of an emoji: a sign, the tone
// of a skin, or the selector behind either.
func isPicture(r rune) bool {
	return r >= 0x2000 && (unicode.In(r, unicode.So, unicode.Sm, unicode.Sk) || r == 0xfe0f)
}

func isVariant(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }

// hasVariants reports whether a selector behind a character means anything:
// not behind letters as of English, and not behind another selector.
func hasVariants(r rune) bool {
	return r < utf8.RuneSelf && r > 0 && strings.ContainsRune("0123456789#*", r) ||
		r >= utf8.RuneSelf && !isVariant(r) && (unicode.IsSymbol(r) || unicode.IsPunct(r) || unicode.In(r, unicode.Han, unicode.Mongolian, unicode.Myanmar))
}
