package teams

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// writer writes JSON straight down, since a card is written once and never
// read here: by way of types and encoding/json that is a good part of the
// time of an answer.
type writer struct{ out []byte }

// open begins an object, of a type if that is not empty.
func (w *writer) open(kind string) {
	w.next()
	w.out = append(w.out, '{')
	w.maybe("type", kind)
}

// end closes what is open: objects and arrays, innermost first.
func (w *writer) end(brackets string) { w.out = append(w.out, brackets...) }

// next separates what comes from what is before it, if nothing does yet.
func (w *writer) next() {
	if len(w.out) == 0 {
		return
	}
	switch w.out[len(w.out)-1] {
	case '{', '[', ':', ',':
	default:
		w.out = append(w.out, ',')
	}
}

// name begins a field.
func (w *writer) name(name string) {
	w.next()
	w.out = append(w.out, '"')
	w.out = append(w.out, name...)
	w.out = append(w.out, '"', ':')
}

// array begins a field that is an array.
func (w *writer) array(name string) {
	w.name(name)
	w.out = append(w.out, '[')
}

func (w *writer) text(name, value string) {
	w.name(name)
	w.out = appendString(w.out, value)
}

// maybe leaves out what is empty.
func (w *writer) maybe(name, value string) {
	if value != "" {
		w.text(name, value)
	}
}

func (w *writer) number(name string, n int) {
	w.name(name)
	w.out = strconv.AppendInt(w.out, int64(n), 10)
}

// flag leaves out what is not so.
func (w *writer) flag(name string, is bool) {
	if is {
		w.name(name)
		w.out = append(w.out, "true"...)
	}
}

// raw writes what is JSON already.
func (w *writer) raw(name string, value []byte) {
	w.name(name)
	w.out = append(w.out, value...)
}

// plain is the JSON of whatever always encodes, as structs of strings do. Its
// angle brackets are as they are: escaped, each would count for six.
func plain(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// appendString adds a text in quotes, as encoding/json does: what is no UTF-8
// is replaced, and the two line ends that JavaScript has besides are escaped.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n > 1 && r != '\u2028' && r != '\u2029' {
			i += n
			continue
		}
		b = appendEscaped(append(b, s[from:i]...), r)
		i += n
		from = i
	}
	return append(append(b, s[from:]...), '"')
}

func appendEscaped(b []byte, r rune) []byte {
	if short := strings.IndexRune("\"\\\b\f\n\r\t", r); short >= 0 {
		return append(b, '\\', `"\bfnrt`[short])
	}
	hex := strconv.FormatInt(0x10000+int64(r), 16)
	return append(append(b, `\u`...), hex[1:]...)
}
