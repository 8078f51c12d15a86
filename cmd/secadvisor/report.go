package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/term"

	"secadvisor/flows/company"
	"secadvisor/flows/content"
	"secadvisor/flows/report"
)

type reportCommand struct {
	Template string   `help:"Print an empty sheet for an assessment, and nothing else." placeholder:"PACK" xor:"pack"`
	Pack     string   `help:"The assessment that was answered, such as quick-check." placeholder:"PACK" xor:"pack"`
	Answers  string   `help:"The sheet with the answers; its name ends with .csv or .json." placeholder:"FILE" type:"path"`
	Previous []string `help:"A sheet of an earlier run, to compare with. May stand more than once." placeholder:"FILE" type:"path" sep:"none"`
	Provider string   `help:"The sheet of the it-provider-check: it decides what goes to security expertise." placeholder:"FILE" type:"path"`
	Format   string   `help:"text, json, pdf or csv." enum:"text,json,pdf,csv" default:"text"`
	Out      string   `help:"Where the report goes; else it is printed." placeholder:"FILE" type:"path"`
	Company  string   `help:"Its name, for the first page." placeholder:"NAME"`
	Size     string   `help:"How many people work there: 1-10, 11-49, 50-249 or 250+. It chooses the advice." enum:",1-10,11-49,50-249,250+" default:""`
	Growing  int      `name:"growing-from" help:"From how many people on a company is a growing one: 11, 50 or 250." enum:"11,50,250" default:"50"`
	Date     string   `help:"The day that the answers are scored for; else today." placeholder:"2026-01-31"`
	Content  string   `help:"Content of your own, over the built-in one." placeholder:"DIR"`
}

// Help is printed below the options.
func (reportCommand) Help() string {
	return `Scores a sheet of answers without a chat. Begin with an empty one:

    secadvisor report --template quick-check > answers.csv

Its columns: question_id; answer (what may stand there is said behind the
question); date, when it was answered, as 2026-01-31, today if it is empty;
evidence, yes if somebody has seen it; note, which is evidence too. In JSON a
sheet is a list of objects with these fields. Then:

    secadvisor report --pack quick-check --answers answers.csv --format pdf --out report.pdf

A report in CSV or JSON can be read as a sheet again: keep it for --previous.
A report lists weaknesses: files are written so that only you can read them.`
}

func (c reportCommand) Run() error {
	return c.run(os.Stdout, term.IsTerminal(int(os.Stdout.Fd())), time.Now())
}

// run prints a report or a template. Nothing is printed before all is read
// and worked out.
func (c reportCommand) run(out io.Writer, terminal bool, now time.Time) error {
	lib, err := content.Load(content.Settings{Folder: c.Content, Growing: c.Growing})
	if err != nil {
		return err
	}
	pack, found := lib.Pack(c.Pack + c.Template) // one of them is empty
	if !found {
		return noPack(lib, c.Pack+c.Template)
	}
	if c.Template != "" {
		return c.write(out, report.Template(lib, pack))
	}
	if c.Format == "pdf" && c.Out == "" && terminal {
		return errors.New("a PDF is no text for a terminal: say where it goes, with --out report.pdf")
	}
	in, err := c.input(lib, pack, now)
	if err != nil {
		return err
	}
	body, err := c.print(report.Build(in))
	if err != nil {
		return err
	}
	return c.write(out, body)
}

func noPack(lib *content.Library, id string) error {
	var ids []string
	for _, p := range lib.Packs {
		ids = append(ids, p.ID)
	}
	if id == "" {
		return fmt.Errorf("say which assessment, with --pack or --template: %s", strings.Join(ids, ", "))
	}
	return fmt.Errorf("there is no assessment %q: there are %s", id, strings.Join(ids, ", "))
}

// input reads all sheets. Their mistakes are told together.
func (c reportCommand) input(lib *content.Library, pack content.Pack, now time.Time) (report.Input, error) {
	in := report.Input{Lib: lib, Pack: pack, Company: c.Company, Profile: company.Profile{Size: company.Size(c.Size)}}
	if c.Answers == "" {
		return in, fmt.Errorf("say where the answers are, with --answers FILE; --template %s writes an empty sheet", pack.ID)
	}
	in.At = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	if c.Date != "" {
		day, err := time.Parse(time.DateOnly, c.Date)
		if err != nil {
			return in, fmt.Errorf("--date: write the day as 2026-01-31, not %q", c.Date)
		}
		in.At = day
	}
	reading := report.Reading{Lib: lib, Pack: pack, Today: in.At}
	sheet, err := readSheet(c.Answers, reading)
	all := []error{err}
	in.Answers = sheet.Answers
	for _, path := range c.Previous {
		reading.Earlier = true
		sheet, err := readSheet(path, reading)
		all = append(all, err)
		in.Earlier = append(in.Earlier, report.Run{At: sheet.Last, Answers: sheet.Answers})
	}
	if c.Provider != "" {
		check, found := lib.Pack(content.ProviderCheck)
		if !found {
			return in, noPack(lib, content.ProviderCheck)
		}
		sheet, err := readSheet(c.Provider, report.Reading{Lib: lib, Pack: check, Today: in.At})
		all = append(all, err)
		in.Provider = sheet.Answers
	}
	if err := errors.Join(all...); err != nil {
		return in, fmt.Errorf("nothing was scored:\n%w", err)
	}
	return in, nil
}

func readSheet(path string, r report.Reading) (report.Sheet, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return report.Sheet{}, fmt.Errorf("there is no file %s", path)
	} else if err != nil {
		return report.Sheet{}, fmt.Errorf("read answers: %w", err)
	}
	defer file.Close()
	r.Name = filepath.Base(path)
	return report.ReadSheet(file, r)
}

func (c reportCommand) print(r report.Report) ([]byte, error) {
	switch c.Format {
	case "json":
		return r.JSON(), nil
	case "csv":
		return r.CSV(), nil
	case "pdf":
		return r.PDF()
	}
	return r.Text(), nil
}

// write puts a report where it belongs: into a file that only its owner
// reads, or to out.
func (c reportCommand) write(out io.Writer, body []byte) error {
	if c.Out == "" {
		_, err := out.Write(body)
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(c.Out), ".report-*") // readable by its owner alone
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(body)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if err := os.Rename(file.Name(), c.Out); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}
