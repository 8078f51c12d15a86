package kept

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"golang.org/x/term"

	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/cmd/secadvisor/version"
	"secadvisor/flows/archive"
	"secadvisor/flows/company"
	"secadvisor/flows/prose"
	"secadvisor/flows/roster"
	"secadvisor/storage"
)

// Export writes everything of a company into one archive.
type Export struct {
	stores.Place
	Out string `help:"The archive to write, such as company.zip; - is the output, for a container that has no place to write." required:"" placeholder:"FILE" type:"path"`
}

// Help is printed below the options.
func (Export) Help() string {
	return `Writes one ZIP file with everything that is kept of a company: documents as JSON,
the audit log and who handles what as CSV too, and what comes up when, so that
"secadvisor import" brings the reminders back elsewhere. A README.txt in it tells
what each file is. It has no secrets of the server, and it lists a company's
weaknesses: only you can read it, and nobody else should. Where it goes to the
output, that is for you to see to (umask 077).

What is damaged and cannot be read is named, here and in the archive, and all else
is written. A server that keeps its data in a file must be stopped for it; with
Redis it can run. Who handles what alone: "secadvisor company export".`
}

func (c Export) Run(ctx context.Context, out io.Writer) error {
	if file, ok := out.(*os.File); ok && c.Out == "-" && term.IsTerminal(int(file.Fd())) {
		return errors.New("a terminal would spoil the archive: send the output into a file (> company.zip), and add -T to docker compose exec")
	}
	store, t, err := openAndTake(ctx, c.Place)
	if err != nil {
		return err
	}
	defer store.Close()
	if t.unread[markerKey] == nil {
		if marker, _, err := underWay(ctx, store, c.Company); err != nil || marker.Archive != "" {
			return errors.Join(err, errors.New("an import of this company is not finished: finish it first, with the same file"))
		}
	}
	a, err := archiveOf(c.Company, t)
	if err != nil {
		return err
	}
	told, where := out, c.Out
	if c.Out == "-" {
		told, where = os.Stderr, "The archive"
		err = archive.Write(out, a, kinds())
	} else {
		err = c.write(a)
	}
	if err != nil {
		return err
	}
	line, err := stores.OnServer("exported", "everything")
	if err != nil {
		return err
	}
	if _, err := store.Apply(ctx, c.Company, storage.Change{Put: []storage.Write{line}}); err != nil {
		return fmt.Errorf("%s is written; the audit log has no line of it: %w", where, err)
	}
	fmt.Fprintf(told, "%s is written: %s, %s. It is for you alone: it lists weaknesses of a company.\n", where, prose.Count(len(a.Docs), "document", "documents"), prose.Count(len(a.Timers), "timer", "timers"))
	if t.Lanes > 0 {
		fmt.Fprintf(told, "Something was on its way in %s, and is not in it. Let the server run for a minute and export again if it matters.\n", prose.Count(t.Lanes, "conversation", "conversations"))
	}
	if n := len(t.unread); n > 0 {
		return fmt.Errorf("%s is written, but it is not whole: %s cannot be read, and only a backup has what was there:%s", where, prose.Count(n, "document", "documents"), t.tellUnread())
	}
	return nil
}

func archiveOf(tenant string, t taken) (archive.Archive, error) {
	a := archive.Archive{Company: tenant, Made: time.Now(), By: version.This().Release, Unread: t.unreadKeys()}
	a.Docs, a.Timers = t.archived()
	a.Docs = slices.DeleteFunc(a.Docs, func(d archive.Doc) bool { return t.unread[d.Key] != nil })
	var err error
	if a.Tables, err = auditTables(t); err != nil {
		return a, err
	}
	for _, d := range t.docs {
		if d.Key == company.Maps.Key(company.MapID) && t.unread[d.Key] == nil {
			m, err := company.Maps.Decode(d.Body)
			if err != nil {
				return a, fmt.Errorf("document %s: %w", d.Key, err)
			}
			a.Tables = append(a.Tables, archive.Table{Name: "people.csv", What: "who handles what, as \"secadvisor company import\" reads it", Body: roster.Print(m, "csv")})
		}
	}
	return a, nil
}

// write makes the file, and leaves none where that fails.
func (c Export) write(a archive.Archive) error {
	file, err := newFile(c.Out)
	if err != nil {
		return err
	}
	err = archive.Write(file, a, kinds())
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(c.Out))
	}
	return nil
}

// newFile makes a file that only its maker can read, and overwrites none.
func newFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is there already: choose another name, or move it away", path)
	}
	if err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	return file, nil
}
