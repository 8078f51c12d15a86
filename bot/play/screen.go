package play

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"secadvisor/bot"
)

// Style is how a session looks.
type Style struct {
	Width  int  // columns; 0 means 80
	Colour bool // use escapes
	Prompt bool // somebody types: show a prompt, and do not repeat their lines
}

// screen writes views as plain lines and numbers their buttons.
type screen struct {
	out     io.Writer
	style   Style
	buttons []bot.Button // shown since begin
}

// begin starts the numbers of buttons again.
func (s *screen) begin() { s.buttons = nil }

// end is what was numbered since begin.
func (s *screen) end() []bot.Button {
	if s.style.Prompt {
		s.line("")
	}
	return s.buttons
}

func (s *screen) line(text string) { fmt.Fprintln(s.out, text) }

func (s *screen) prompt(who string) { fmt.Fprint(s.out, s.paint(strong, who+">")+" ") }

// echo repeats a line of piped input, so that the output reads as a
// conversation.
func (s *screen) echo(who, line string) { fmt.Fprintf(s.out, "\n%s> %s\n", who, clean(line)) }

func (s *screen) plain(text string) { s.wrap(text, "", "", "") }
func (s *screen) note(text string)  { s.wrap(text, "", "", faint) }
func (s *screen) title(text string) { s.wrap(text, "", "", strong) }

// copy writes lines as they are.
func (s *screen) copy(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		s.line(line)
	}
}

// view writes a view, under a label that says who else sees it.
func (s *screen) view(label string, v bot.View) {
	if label != "" {
		s.note(label)
	}
	paint := strong
	if v.Tone == bot.Urgent {
		paint = alarm
	}
	if v.Title != "" {
		s.wrap(v.Title, "", "", paint)
	}
	for _, b := range v.Blocks {
		s.block(b)
	}
}

func (s *screen) block(b bot.Block) {
	switch {
	case b.Text != nil:
		s.plain(b.Text.Body)
	case b.Heading != nil:
		s.wrap(b.Heading.Body, "", "", strong)
	case b.Note != nil:
		s.note(b.Note.Body)
	case b.List != nil:
		s.list(*b.List)
	case b.Fields != nil:
		for _, f := range b.Fields.Items {
			s.wrap(f.Value, clean(f.Name)+": ", "  ", "")
		}
	case b.Table != nil:
		s.table(*b.Table)
	case b.Progress != nil:
		s.line(gauge(b.Progress.Done, b.Progress.Of, 20) + fmt.Sprintf(" %d of %d", b.Progress.Done, b.Progress.Of))
	case b.Bars != nil:
		s.bars(*b.Bars)
	case b.Code != nil:
		for _, l := range strings.Split(b.Code.Body, "\n") {
			s.wrap(l, "  | ", "  | ", "")
		}
	case b.Buttons != nil:
		s.row(b.Buttons.Items)
	case b.Menu != nil:
		s.plain(b.Menu.Prompt)
		s.row(b.Menu.Options)
	}
}

// file writes a file's name and, of text, its lines as they are. Where there
// is a folder, what is no text is saved there.
func (s *screen) file(f bot.File, folder string) {
	s.note("File: " + f.Name)
	if !strings.HasPrefix(f.Type, "text/") || !utf8.Valid(f.Body) {
		s.note(saved(f, folder))
		return
	}
	for l := range strings.SplitSeq(strings.TrimRight(string(f.Body), "\n"), "\n") {
		s.line(strings.TrimRight("  | "+clean(l), " "))
	}
}

// saved tells where a file was saved, or why it was not.
func saved(f bot.File, folder string) string {
	if folder == "" {
		return "(It is no text. Begin with --files FOLDER to have such files.)"
	}
	path := filepath.Join(folder, filepath.Base(f.Name))
	if err := os.WriteFile(path, f.Body, 0o600); err != nil {
		return "It could not be saved: " + err.Error()
	}
	return "Saved as " + path
}

func (s *screen) list(l bot.List) {
	for i, item := range l.Items {
		mark := "- "
		if l.Numbered {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		s.wrap(item, mark, strings.Repeat(" ", len(mark)), "")
	}
}

func (s *screen) bars(b bot.Bars) {
	wide := 0
	for _, item := range b.Items {
		wide = max(wide, columns(item.Label))
	}
	for _, item := range b.Items {
		s.line(pad(clean(item.Label), wide) + "  " + gauge(item.Value, 100, 20) + " " + clean(item.Text))
	}
}

func (s *screen) table(t bot.Table) {
	wide := make([]int, len(t.Head))
	for _, row := range append([][]string{t.Head}, t.Rows...) {
		for i := range min(len(row), len(wide)) {
			wide[i] = max(wide[i], columns(clean(row[i])))
		}
	}
	for n, row := range append([][]string{t.Head}, t.Rows...) {
		cells := make([]string, min(len(row), len(wide)))
		for i := range cells {
			cells[i] = pad(clean(row[i]), wide[i])
		}
		text := strings.TrimRight(strings.Join(cells, "  "), " ")
		if n == 0 {
			text = s.paint(strong, text)
		}
		s.line(text)
	}
}

// row numbers buttons and puts as many on a line as fit.
func (s *screen) row(buttons []bot.Button) {
	line, used := "", 0
	for _, b := range buttons {
		s.buttons = append(s.buttons, b)
		number := fmt.Sprintf("[%d]", len(s.buttons))
		label := clean(b.Label)
		size := columns(number+" "+label) + 2
		if used > 0 && used+size > s.width() {
			s.line(strings.TrimRight(line, " "))
			line, used = "", 0
		}
		line += s.paint(strong, number) + " " + label + "  "
		used += size
	}
	if used > 0 {
		s.line(strings.TrimRight(line, " "))
	}
}

// gauge draws how much of a whole is done.
func gauge(done, of, wide int) string {
	full := 0
	if of > 0 {
		full = min(max(done*wide/of, 0), wide)
	}
	return strings.Repeat("#", full) + strings.Repeat(".", wide-full)
}
