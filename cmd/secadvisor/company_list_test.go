package main

import (
	"encoding/json"
	"strings"
	"testing"

	"secadvisor/bot"
	"secadvisor/bot/bottest/fakeslack"
	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/storage"
)

// Whoever runs the bot for many reads who is there, who has no owner yet, and who
// has left. No token is told, and nothing that strangers begin is a company.
func TestCompaniesAreListedAsTheyStand(t *testing.T) {
	t.Parallel()
	h := onFile(t)
	space := h.owned(alpha)
	h.installed(beta, fakeslack.Admin)
	space.Uninstall()
	h.until("it is gone", func() bool { return h.company(alpha).Gone != nil })
	left, token := h.company(alpha), h.company(beta).Token
	odd := storage.Change{Put: []storage.Write{{Key: bot.RolesDoc.Key(bot.RolesID), Body: []byte("[]")}}}
	if _, err := h.replicas[0].store.Apply(t.Context(), "slack.T0ODD", odd); err != nil {
		t.Fatal(err)
	}
	h.stop()

	of := func(key string) string {
		return commandtest.Written(t, "storage: "+h.config.Storage+"\nkeys: {master: ["+key+"]}\n")
	}
	said := commandtest.Did(t, companyList{Config: of(commandtest.Key)}.Run)
	const day = "2 January 2006"
	since := "  since " + left.Since.UTC().Format(day)
	want := "slack." + alpha + "  Alpha & Sons  1 owner" + since + "  took the bot out on " + left.Gone.At.UTC().Format(day) + ", is erased on " + left.Gone.Erase.UTC().Format(day) +
		"\nslack." + beta + "  Beta Ltd  nobody is its owner yet" + since +
		"\nslack.T0ODD  cannot be read: json: cannot unmarshal array into Go value of type bot.envelope\n"
	if said != want {
		t.Errorf("it says\n%swant\n%s", said, want)
	}
	said = commandtest.Did(t, companyList{Config: of(commandtest.Key), JSON: true}.Run)
	var first struct {
		Company, Name string
		Owners        int
	}
	if err := json.Unmarshal([]byte(strings.SplitN(said, "\n", 2)[0]), &first); err != nil || first.Company != "slack."+alpha || first.Owners != 1 || strings.Contains(said, token) {
		t.Errorf("%v: %s", err, said)
	}
	said = commandtest.Did(t, companyList{Config: of(commandtest.AnotherKey)}.Run)
	if strings.Count(said, "cannot be read") != 3 {
		t.Errorf("without the key it says %s", said)
	}
}
