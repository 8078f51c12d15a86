package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/engine"
	"secadvisor/bot/play"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/stores"
	"secadvisor/cmd/secadvisor/trial"
	"secadvisor/flows/company"
	"secadvisor/storage"
	"secadvisor/storage/embedded"
)

const ourCompany = "slack.T0123ABCD"

const someDuties = `- topic: group.it
  name: Acme IT
  phone: "+1 555 0100"
  provider: yes
  deputy: Robin
- topic: data-leak
  name: Robin
  user: U0123ABCD
`

func keep(t *testing.T) commandtest.Kept {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secadvisor.db")
	store, err := embedded.Open(path, embedded.Volatile())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	body, err := bot.RolesDoc.Encode(bot.Roles{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Apply(t.Context(), ourCompany, storage.Change{Install: true, Put: []storage.Write{{Key: bot.RolesDoc.Key(bot.RolesID), Body: body}}})
	if err != nil {
		t.Fatal(err)
	}
	return commandtest.At(t, path)
}

func importInto(k commandtest.Kept, c companyImport) (string, error) {
	k.Helper()
	if c.Company == "" {
		c.Company = ourCompany
	}
	c.Config = k.Config
	var out bytes.Buffer
	err := c.Run(k.Context(), &out)
	return out.String(), err
}

func exportFrom(k commandtest.Kept, tenant, format string) (string, error) {
	k.Helper()
	var out bytes.Buffer
	err := companyExport{stores.Place{Company: tenant, Config: k.Config}, format}.Run(k.Context(), &out)
	return out.String(), err
}

func TestWhatWasExportedImportsAsNoChange(t *testing.T) {
	k := keep(t)
	in := k.File("people.yaml", someDuties)
	out, err := importInto(k, companyImport{File: in, DryRun: true})
	if err != nil || !strings.Contains(out, "group.it: nothing → Acme IT; deputy nothing → Robin\n") || !strings.Contains(out, "4 would change; nothing was written.") {
		t.Errorf("a dry run says %q, %v", out, err)
	}
	if out, err = importInto(k, companyImport{File: in}); err != nil || !strings.Contains(out, "4 changed. Nobody is asked before an owner introduces it") {
		t.Errorf("it says %q, %v", out, err)
	}
	for _, format := range []string{"yaml", "csv"} {
		text, err := exportFrom(k, ourCompany, format)
		if err != nil || !strings.Contains(text, "U0123ABCD") {
			t.Fatalf("%s: %q, %v", format, text, err)
		}
		if out, err := importInto(k, companyImport{File: k.File("again."+format, text)}); err != nil || out != "Nothing to change: the company's map says the same.\n" {
			t.Errorf("%s: %q, %v\n%s", format, out, err, text)
		}
	}
}

func TestAMistakeInAnImportChangesNothing(t *testing.T) {
	k := keep(t)
	for text, want := range map[string]string{
		"- topic: group.it\n  name: Acme\n  phone: call me\n":    ":3: phone: write the number with digits",
		"- topic: printers\n  name: Acme\n  phone: \"555\"\n":    ":1: topic: there is no \"printers\": did you mean printer-scanner?",
		"- topic: group.it\n  name: Robin\n  user: \"@robin\"\n": ":3: user: write the member id, such as U0123ABCD",
		"- topic: group.it\n  name: help\n  channel: \"#it\"\n":  ":3: channel: write the channel's id, such as C0123ABCD",
	} {
		path := k.File("people.yaml", text)
		if _, err := importInto(k, companyImport{File: path}); err == nil || !strings.Contains(err.Error(), "nothing was changed:\n"+path+want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if text, err := exportFrom(k, ourCompany, "csv"); err != nil || strings.Count(text, "\n") != 1 {
		t.Errorf("there is %q, %v", text, err)
	}
}

func TestTheRightCompanyAndStoreAreAskedFor(t *testing.T) {
	k := keep(t)
	in := k.File("people.yaml", someDuties)
	_, unknown := importInto(k, companyImport{File: in, Place: stores.Place{Company: "slack.T9"}})
	_, misnamed := exportFrom(k, "T0123ABCD", "yaml")
	_, missing := importInto(k, companyImport{File: "nowhere.yaml"})
	store, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	_, busy := importInto(k, companyImport{File: in})
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	k.Config = commandtest.Written(t, "storage: file:"+k.Path+".other\n")
	_, elsewhere := importInto(k, companyImport{File: in})
	for want, err := range map[string]error{
		"there is no company slack.T9 in this store; it has slack.T0123ABCD": unknown,
		"--company must be slack.":          misnamed,
		"there is no file nowhere.yaml":     missing,
		"is in use: a server that keeps":    busy,
		"there is no store " + k.Path + ".": elsewhere,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestAnImportAsksPeopleOnceItWasIntroduced(t *testing.T) {
	k := keep(t)
	talk := func(lines string) string {
		var out bytes.Buffer
		if err := (trial.Command{Command: "/sec", Data: k.Path}).Play(t.Context(), strings.NewReader(lines), &out, play.Style{}, &engine.Clock{}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	in := k.File("people.yaml", "- {topic: data-leak, name: Robin, user: \"it:Robin\"}\n")
	if _, err := importInto(k, companyImport{File: in, Place: stores.Place{Company: play.Tenant}}); err != nil {
		t.Fatal(err)
	}
	talk("/sec introduce\nAsk them\n")
	more := k.File("more.yaml", "- {topic: group.it, name: Kim, user: \"partner:Kim\"}\n")
	if out, err := importInto(k, companyImport{File: more, Place: stores.Place{Company: play.Tenant}}); err != nil || !strings.Contains(out, "People who are new to a duty are asked") {
		t.Fatalf("%q, %v", out, err)
	}
	if got := talk("hello\n"); !strings.Contains(got, "To Kim, in direct messages:\nMay people be sent to you first: everything for IT support?") {
		t.Errorf("the terminal shows\n%s", got)
	}
	store, err := embedded.Open(k.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	docs, err := store.Get(t.Context(), play.Tenant, company.Maps.Key(company.MapID))
	if err != nil {
		t.Fatal(err)
	}
	m, err := company.Maps.Decode(docs[0].Body)
	if err != nil || m.Duties["group.it"].State != company.Asked {
		t.Errorf("it is %+v, %v", m.Duties["group.it"], err)
	}
	lines, _, err := store.List(t.Context(), play.Tenant, "audit/", "", 100)
	logged := false
	for _, line := range lines {
		logged = logged || strings.Contains(string(line.Body), "imported")
	}
	if err != nil || !logged {
		t.Errorf("the audit log has no line of it: %v", err)
	}
}

func TestTheExampleInTheHelpCanBeImported(t *testing.T) {
	_, example, found := strings.Cut(companyImport{}.Help(), "    # people.yaml\n")
	example, _, ended := strings.Cut(example, "\n\nIn CSV")
	if !found || !ended {
		t.Fatal("the help shows no example")
	}
	k := keep(t)
	if out, err := importInto(k, companyImport{File: k.File("people.yaml", example)}); err != nil || !strings.Contains(out, "6 changed.") {
		t.Errorf("%q, %v", out, err)
	}
}
