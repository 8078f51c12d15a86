package company_test

import (
	"testing"

	"secadvisor/flows/company"
)

func TestNobodyIsEnteredTwice(t *testing.T) {
	var m company.Map
	robin := m.Enter(company.Party{Name: "Robin", User: "U1", Phone: "+1 555 0100"})
	for _, c := range []struct {
		party company.Party
		same  bool
	}{
		{company.Party{Name: "Robin Smith", User: "U1"}, true},
		{company.Party{Name: "Robin", User: "U2"}, false},
		{company.Party{Name: "Robin", Channel: "U1"}, false},
		{company.Party{Name: "Robin"}, false},
	} {
		if got := m.Enter(c.party) == robin; got != c.same {
			t.Errorf("%+v is the same: %v, want %v", c.party, got, c.same)
		}
	}
	if acme := m.Enter(company.Party{Name: "Acme IT"}); m.Enter(company.Party{Name: " acme  it", Phone: "1"}) != acme {
		t.Error("a company outside is entered twice for a space or a capital")
	}
	if got := m.Parties[robin]; got.Name != "Robin" || got.Phone != "+1 555 0100" {
		t.Errorf("entering again changed what was known: %+v", got)
	}
	if !company.IsID(robin) {
		t.Errorf("%q is no id", robin)
	}
}

func TestOnlyWhatNobodyNeedsIsPruned(t *testing.T) {
	for name, c := range map[string]struct {
		party company.Party
		duty  company.Duty
		gone  bool
	}{
		"only a name":    {company.Party{Name: "Robin", User: "U1"}, company.Duty{}, true},
		"with a number":  {company.Party{Name: "Robin", User: "U1", Phone: "1"}, company.Duty{}, false},
		"the provider":   {company.Party{Name: "Acme", Provider: true}, company.Duty{}, false},
		"still a deputy": {company.Party{Name: "Robin", User: "U1"}, company.Duty{Deputy: "p"}, false},
	} {
		m := company.Map{Parties: map[string]company.Party{"p": c.party}, Duties: map[string]company.Duty{"group.it": c.duty}}
		m.Prune("p")
		if _, there := m.Parties["p"]; there == c.gone {
			t.Errorf("%s: gone: %v, want %v", name, !there, c.gone)
		}
	}
}

func TestNumbersCanBeDialled(t *testing.T) {
	for phone, want := range map[string]bool{"+1 555 0100": true, "555-0100 ext 12": true, "(01) 2/3": true, "": false, "1": false, "call me": false, "555\n0100": false} {
		if company.Dialable(phone) != want {
			t.Errorf("%q: %v", phone, !want)
		}
	}
}
