package table_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/table"
)

func TestCellsCannotRunFormulas(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''@a", "=", "-", "'"} {
		got := table.Guarded(cell)
		if table.Formula(got) {
			t.Errorf("%q is printed as %q, and runs", cell, got)
		}
		if back := table.Unguarded(got); back != cell {
			t.Errorf("%q is printed as %q and read as %q", cell, got, back)
		}
	}
	for _, cell := range []string{"", "yes", "2026-01-31", "it's", "'quoted'", "a=b", "-", "=", "＝"} {
		if got := table.Guarded(cell); got != cell || table.Unguarded(cell) != cell {
			t.Errorf("%q is no formula, and is printed as %q", cell, got)
		}
	}
}

func TestWhatIsPrintedIsReadAgain(t *testing.T) {
	rows := [][]string{{"name", "phone", "note"}, {"=HYPERLINK(1)", "+1 555", "two\nlines, \"quoted\""}, {"Kim; Sam", "-", ""}}
	head, got, err := table.Read(table.Print(rows))
	if err != nil {
		t.Fatal(err)
	}
	read := [][]string{head}
	for _, r := range got {
		for i := range r.Cells {
			r.Cells[i] = table.Unguarded(r.Cells[i])
		}
		read = append(read, r.Cells)
	}
	if diff := cmp.Diff(rows, read); diff != "" {
		t.Errorf("(-printed +read):\n%s", diff)
	}
}

func TestWhatSpreadsheetsSaveIsRead(t *testing.T) {
	want := []table.Row{{2, []string{"Kim", "U2"}}, {5, []string{"Sam, too", "U3"}}}
	for name, text := range map[string]string{
		"commas":                 "Name, USER\nKim,U2\n\n , \n\"Sam, too\",U3\n",
		"semicolons":             "name;user\nKim;U2\n\n;\nSam, too;U3\n",
		"tabs":                   "name\tuser\nKim\tU2\n\n\t\nSam, too\tU3\n",
		"a mark of UTF-8, CR LF": "\ufeffname,user\r\nKim,U2\r\n\r\n,\r\n\"Sam, too\",U3\r\n",
	} {
		head, rows, err := table.Read([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff([]string{"name", "user"}, head); diff != "" {
			t.Errorf("%s: the head (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if head, rows, err := table.Read(nil); head != nil || rows != nil || err != nil {
		t.Errorf("nothing is read as %q, %v, %v", head, rows, err)
	}
}

func TestMistakesSayTheLineAndHowToMendIt(t *testing.T) {
	for text, want := range map[string]table.Mistake{
		"a,b\n\nc\n":         {3, "give this row 2 cells, as many as the first line has, and put a text with commas in quotation marks"},
		"a,b\nc,d,e\n":       {2, "give this row 2 cells, as many as the first line has, and put a text with commas in quotation marks"},
		"a\nb\"c\n":          {2, "a quotation mark stands alone: put the whole cell in quotation marks, and write one inside it twice"},
		"a\nb\n\"open\nc\n":  {3, "a quotation mark stands alone: put the whole cell in quotation marks, and write one inside it twice"},
		"a\"b,c\nd,e\nf,g\n": {1, "a quotation mark stands alone: put the whole cell in quotation marks, and write one inside it twice"},
	} {
		_, _, err := table.Read([]byte(text))
		var got table.Mistake
		if !errors.As(err, &got) || got != want {
			t.Errorf("%q: got %v, want %v", text, err, want)
		}
	}
}
