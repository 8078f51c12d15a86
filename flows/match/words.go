package match

import (
	"unicode"
	"unicode/utf8"

	"secadvisor/bot"
)

const (
	mostBytes = 4096 // of a text that are read; a long story says it early
	mostWords = 128
	longWord  = 16 // letters of a word whose pieces are looked at
)

// word is a word without its ending, as a hash, and where its letters are.
type word struct {
	stem     uint32
	from, to int16 // in text.letters
}

// text is a question cut into words, in small letters. Control characters,
// accents of width zero and apostrophes are dropped; what is neither letter
// nor digit parts two words.
type text struct {
	letters [mostBytes]byte
	words   [mostWords]word
	n       int // words
	end     int // letters
	strange int // letters of other alphabets
}

// read cuts s into words. Bytes past mostBytes and words past mostWords are
// not looked at.
func (t *text) read(s string) {
	t.n, t.end, t.strange = 0, 0, 0
	if len(s) > mostBytes {
		s = s[:mostBytes]
	}
	from := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			t.letters[t.end] = byte(r)
			t.end++
		case 'A' <= r && r <= 'Z':
			t.letters[t.end] = byte(r) + 'a' - 'A'
			t.end++
		case r == '\'' || r == '’' || r == utf8.RuneError || invisible(r):
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			r = unicode.ToLower(r)
			if t.end+utf8.RuneLen(r) > mostBytes {
				i = len(s)
				break
			}
			t.end += utf8.EncodeRune(t.letters[t.end:], r)
			t.strange++
		default:
			t.close(from)
			from = t.end
		}
		if t.n == mostWords {
			return
		}
	}
	t.close(from)
}

// invisible are the characters that nobody sees, and accents of width zero.
func invisible(r rune) bool {
	return bot.Hidden(r) || r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r)
}

// close ends the word that began at from.
func (t *text) close(from int) {
	if from == t.end || t.n == mostWords {
		return
	}
	t.words[t.n] = word{stem: hash(stem(t.letters[from:t.end])), from: int16(from), to: int16(t.end)}
	t.n++
}

// word is the letters of word i.
func (t *text) word(i int) []byte { return t.letters[t.words[i].from:t.words[i].to] }

// write puts another word in the place of word i, if there is room.
func (t *text) write(i int, w []byte) {
	if t.end+len(w) > mostBytes {
		return
	}
	from := t.end
	t.end += copy(t.letters[t.end:], w)
	t.words[i] = word{stem: hash(stem(w)), from: int16(from), to: int16(t.end)}
}

// stem cuts the common endings of an English word, so that "printers" and
// "printing" meet in "print". It need not be a word.
func stem(w []byte) []byte {
	n := len(w)
	switch {
	case n > 4 && w[n-1] == 's' && w[n-2] == 'e' && w[n-3] == 'i':
		return append(w[:n-3:n-3], 'y')
	case n > 4 && w[n-1] == 's' && w[n-2] == 'e' && (w[n-3] == 'x' || w[n-3] == 'h' || w[n-3] == 's'):
		n -= 2
	case n > 4 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u':
		n--
	}
	switch {
	case n > 5 && w[n-3] == 'i' && w[n-2] == 'n' && w[n-1] == 'g':
		n -= 3
	case n > 4 && w[n-2] == 'e' && (w[n-1] == 'd' || w[n-1] == 'r'):
		n -= 2
	case n > 4 && w[n-1] == 'e':
		n--
	}
	if n > 4 && w[n-1] == w[n-2] {
		n--
	}
	return w[:n]
}

// hash is FNV-1a of 32 bits.
func hash(b []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range b {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

func join(a, b uint32) uint32 { return (a*16777619 ^ b) * 2654435761 }
