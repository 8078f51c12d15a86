package setup

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"secadvisor/cmd/secadvisor/config"
	"secadvisor/cmd/secadvisor/doctor"
	"secadvisor/cmd/secadvisor/refused"
	"secadvisor/flows/company"
)

// askStorage asks where everything is kept, and tries it.
func (s *conversation) askStorage(ctx context.Context) error {
	folder, err := filepath.Abs(filepath.Dir(s.path))
	if err != nil {
		return err
	}
	if folder == "/etc/secadvisor" {
		folder = "/var/lib/secadvisor" // where the systemd unit keeps it
	}
	s.config.Storage, err = s.answer(ctx, prompt{
		about: "Where is everything kept? A file, for one server; or Redis with an append-only\n" +
			"file, such as redis://:PASSWORD@HOST:6379, which several servers can share.",
		ask: "Storage", standard: "file:" + filepath.Join(folder, "secadvisor.db"), check: s.checkStorage,
	})
	return err
}

func (s *conversation) checkStorage(ctx context.Context, address string) opinion {
	if path, ok := strings.CutPrefix(address, "file:"); ok && path != "" {
		whole, err := filepath.Abs(path)
		if err != nil {
			return no("That file has no place: " + refused.Cause(err) + ".")
		}
		address = "file:" + whole
	}
	if config.StorageKind(address) == "" {
		return no("Write file:PATH, redis://HOST:PORT, rediss://HOST:PORT or redis+cluster://HOST:PORT,HOST:PORT.")
	}
	if _, ok := config.SecretLine("X", address); !ok {
		return no(`In an address write ' as %27 and \ as %5C.`)
	}
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	c := s.config
	c.Storage = address
	o := take(address)
	for _, f := range doctor.TryStorage(ctx, c) {
		if f.Check == "keys" {
			continue // asked for next
		}
		if f.State == doctor.Failure {
			return opinion{value: address, refused: f.Says + " " + f.Mend, doubt: true}
		}
		o.note = strings.TrimSpace(o.note + " " + f.Says)
	}
	return o
}

func (s *conversation) askCountry(ctx context.Context) (err error) {
	s.config.Country, err = s.answer(ctx, prompt{
		about: "Which country is the company in? Emergencies then show where to report there.",
		ask:   "Two letters, such as GB, NL or US", optional: true, check: checkCountry,
	})
	return err
}

func checkCountry(_ context.Context, text string) opinion {
	switch text = strings.ToUpper(text); {
	case text == "UK":
		return no("The United Kingdom's letters are GB.")
	case text == "EU":
		return no("Please name one country of the European Union, such as NL.")
	case len(text) != 2 || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return no("A country has two letters here, such as GB, NL or US; its internet addresses often end in them.")
	}
	return take(text)
}

func (s *conversation) askZone(ctx context.Context) (err error) {
	standard := s.zone
	if standard == "" {
		standard = machineZone()
	}
	s.config.Zone, err = s.answer(ctx, prompt{
		about: "Which time zone is it in? Reminders go by a person's own zone; this is for profiles\nthat name none.",
		ask:   "Time zone, such as Europe/London", standard: standard, check: checkZone,
	})
	return err
}

func checkZone(_ context.Context, name string) opinion {
	if !config.IsZone(name) {
		return no("That zone is not known. Write a continent and a city, with capitals and _ for spaces, such as Europe/London or America/New_York.")
	}
	return take(name)
}

// machineZone is the zone that this machine is set to.
func machineZone() string {
	found := []string{strings.TrimPrefix(os.Getenv("TZ"), ":")}
	if link, err := filepath.EvalSymlinks("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(link, "zoneinfo/"); ok {
			found = append(found, name)
		}
	}
	if raw, err := os.ReadFile("/etc/timezone"); err == nil {
		found = append(found, strings.TrimSpace(string(raw)))
	}
	for _, name := range found {
		if config.IsZone(name) {
			return name
		}
	}
	return "UTC"
}

// askNumber asks whom staff phone first.
func (s *conversation) askNumber(ctx context.Context) (err error) {
	s.config.Urgent.Phone, err = s.answer(ctx, prompt{
		about: "Whom do staff phone first when something bad happens? It is shown in every\n" +
			"emergency, until an owner saves somebody with " + s.config.Command + " emergency.",
		ask: "Number, as you would dial it", optional: true, check: checkPhone,
	})
	if err != nil || s.config.Urgent.Phone == "" {
		return err
	}
	s.config.Urgent.Name, err = s.answer(ctx, prompt{ask: "Whose number is that", optional: true, check: checkName})
	return err
}

func checkPhone(_ context.Context, number string) opinion {
	if !company.Dialable(number) || len(number) > 40 {
		return no("Please write the number with digits, for example +1 555 0100.")
	}
	return take(number)
}

func checkName(_ context.Context, name string) opinion {
	if len([]rune(name)) > 60 {
		return no("Please give a shorter name, of 60 letters at most.")
	}
	return take(name)
}
