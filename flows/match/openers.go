package match

// asking are the ways in which people ask who does something; what follows
// is what they ask about.
var asking = [...]string{
	"who", "whos", "who is", "who handles", "who fixes", "who does", "who do", "who can", "who can do", "who can fix", "who can help with", "who can help me with",
	"who helps with", "who sets up", "who looks after", "who deals with", "who takes care of", "who manages",
	"who runs", "who owns", "who is responsible for", "who is in charge of", "who do i ask about", "who do i ask for",
	"who do i call about", "who do i talk to about", "who do i contact about", "who should i ask about",
	"who should handle", "who would handle", "handles", "handle", "explain", "what about", "tell me about", "what is", "how about",
}

// openers finds how a question begins.
type openers map[uint32]bool

func newOpeners() openers {
	o := openers{}
	var t text
	for _, words := range asking {
		t.read(words)
		o[t.whole()] = true
	}
	return o
}

// cut takes the longest opener off, unless nothing would remain.
func (o openers) cut(t *text) {
	const longest = 6
	h, cut := uint32(0), 0
	for i := 0; i < min(longest, t.n-1); i++ {
		h = join(h, t.words[i].stem)
		if o[h] {
			cut = i + 1
		}
	}
	t.n = copy(t.words[:], t.words[cut:t.n])
}
