package archive

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// readme says to people what the files are.
func readme(m manifest, tables []Table, kinds Kinds) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `Everything that secadvisor keeps of %s
as of %s, written by secadvisor %s

It lists weaknesses of a company and names people, and nothing in it is encrypted,
however the server keeps it. Keep it where only those can
read it who need to, and delete it when it has done its work.

`, m.Company, m.Made.UTC().Format("2 January 2006, 15:04 MST"), m.By)
	out := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(out, "%s\twhat this archive is of, and how many documents of each kind it has\n", manifestFile)
	for _, t := range tables {
		fmt.Fprintf(out, "%s\t%s\n", t.Name, t.What)
	}
	for _, k := range kinds {
		if n := m.Documents[k.Name]; n > 0 {
			fmt.Fprintf(out, "%s%s.json\t%s\n", documents, k.Name, k.What)
		}
	}
	fmt.Fprintf(out, "%s\twhat comes up later by itself, and when: reminders, and questions that wait for an answer\n", timersFile)
	_ = out.Flush() // a builder takes everything
	b.WriteString(`
Each file under documents/ is a list of JSON objects, one a line:

  key     where the document lies in the store
  until   when it vanishes by itself, to the nearest hour; left out: it does not
  stored  the document as it is stored: "v" is the version of its form, "d" its
          contents. Records of the program itself have no version.

In it are the ids of people and channels as Slack or Teams has them. Times are in
UTC. A CSV has a line of names first; an apostrophe before a cell keeps a
spreadsheet from running it.

Not in it:

  secrets: tokens and keys stand in the server's configuration, not here
  texts of questions: they are not kept
  messages: they lie with Slack or Teams; what was on its way is left out
`)
	for _, k := range kinds {
		if k.Stays != "" {
			fmt.Fprintf(&b, "  %s: %s\n", k.What, k.Stays)
		}
	}
	if len(m.Unread) > 0 {
		b.WriteString("\nDamaged where it was kept, so that nobody can read it, and not in it either:\n\n")
		for _, key := range m.Unread {
			what := "of no kind that this program knows"
			if k, ok := kinds.Of(key); ok {
				what = k.What
			}
			fmt.Fprintf(&b, "  %s: %s\n", key, what)
		}
	}
	fmt.Fprintf(&b, `
To read it back into an empty store:

  secadvisor import FILE.zip --company %s
`, m.Company)
	return []byte(b.String())
}
