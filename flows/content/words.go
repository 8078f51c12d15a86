package content

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Word is a word of the trade, explained to whoever met it.
type Word struct {
	Says  []string `yaml:"says"`  // how people write it; the first stands in the title
	Means string   `yaml:"means"` // one or two sentences
	Topic string   `yaml:"topic"` // what to ask about it
}

// wordsFile holds the words; a file of that name in the folder of an
// installation replaces ours.
const wordsFile = "words.yaml"

// loadWords reads the words, after the topics.
func (lib *Library) loadWords(from fs.FS) error {
	raw, err := fs.ReadFile(from, wordsFile)
	if err != nil {
		return fmt.Errorf("read the words: %w", err)
	}
	var file struct {
		Words []Word `yaml:"words"`
	}
	if err := lib.unmarshal(raw, &file); err != nil {
		return fmt.Errorf("%s:%w", where(from, wordsFile), err)
	}
	w := &wording{}
	lib.words, lib.wordEnds = map[string]Word{}, map[string]bool{}
	for _, end := range endings {
		lib.wordEnds[end] = true
	}
	for i, word := range file.Words {
		at := fmt.Sprintf("words[%d]", i)
		if len(word.Says) == 0 {
			w.add(at+".says", "write the word, and other ways to write it")
		}
		w.list(at+".says", word.Says, 12, 40)
		w.text(at+".means", word.Means, 400)
		if _, known := lib.topics[word.Topic]; !known {
			w.add(at+".topic", "there is no topic %q", word.Topic)
		}
		for _, says := range word.Says {
			key := wordKey(says)
			if other, taken := lib.words[key]; taken && other.Means != word.Means {
				w.add(at+".says", "%q is explained already, as %s", says, other.Says[0])
			}
			lib.words[key], lib.wordEnds[key[strings.LastIndexByte(key, ' ')+1:]] = word, true
		}
	}
	return blame(from, wordsFile, w.faults)
}

// Word finds a word of the trade.
func (lib *Library) Word(text string) (Word, bool) {
	w, ok := lib.words[wordKey(text)]
	return w, ok
}

// Defined finds the word whose meaning somebody asks for: "What does MFA
// mean?". A text that says anything more is no such question.
func (lib *Library) Defined(text string) (Word, bool) {
	if !lib.wordEnds[lastWord(text)] {
		return Word{}, false // nearly all texts, in no time
	}
	words := strings.Fields(wordKey(text))
	asked := false
	for begins, more := true, true; more; begins = false {
		more = false
		for _, ask := range asks {
			if len(words) > len(ask) && slices.Equal(words[:len(ask)], ask) {
				words, asked, more = words[len(ask):], true, true
			}
		}
		for len(words) > 1 && (begins || asked) && slices.Contains(filler, words[0]) {
			words, more = words[1:], true
		}
	}
	for len(words) > 1 && slices.Contains(endings, words[len(words)-1]) {
		asked = asked || strings.HasPrefix(words[len(words)-1], "mean")
		words = words[:len(words)-1]
	}
	if !asked {
		return Word{}, false
	}
	return lib.Word(strings.Join(words, " "))
}

// How people ask for the meaning of a word.
var (
	asks = wordsOf("what is", "what s", "whats", "what are", "what re", "what does", "what do you mean by", "what do they mean by", "what is meant by", "what do",
		"what is the meaning of", "what s the meaning of", "meaning of", "the meaning of", "define", "definition of", "explain", "explain to me", "tell me what",
		"do you know what", "i don t know what", "i dont know what", "dont know what", "no idea what", "never heard of", "what on earth is", "what the hell is", "what exactly is", "wtf is", "wots", "what even is")
	filler  = []string{"a", "an", "the", "so", "and", "ok", "okay", "hi", "hello", "hey", "please", "sorry", "um", "erm", "but", "can", "could", "you", "word", "term", "called", "exactly", "actually", "even", "thing"}
	endings = []string{"mean", "means", "meant", "meaning", "stand", "stands", "for", "exactly", "actually", "please", "anyway", "is", "are", "thanks", "even", "then", "pls"}
)

func wordsOf(texts ...string) (all [][]string) {
	for _, text := range texts {
		all = append(all, strings.Fields(text))
	}
	slices.SortStableFunc(all, func(a, b []string) int { return len(b) - len(a) }) // the longest counts
	return all
}

// lastWord is the last word of a text, in small letters.
func lastWord(text string) string {
	text = strings.TrimRightFunc(text, apart)
	return strings.ToLower(text[strings.LastIndexFunc(text, apart)+1:])
}

// apart reports whether a sign parts words.
func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// wordKey is a text in small letters, of which signs only part the words.
func wordKey(text string) string {
	const most = 120 // longer ones ask for more than a word
	if len(text) > most {
		return ""
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), apart), " ")
}

// Spellings are all ways to write the words, in small letters and in order.
func (lib *Library) Spellings() []string { return slices.Sorted(maps.Keys(lib.words)) }
