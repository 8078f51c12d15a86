package roster_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"secadvisor/flows/company"
	"secadvisor/flows/roster"
)

var now = time.Date(2026, 5, 12, 9, 0, 0, 0, time.UTC)

var target = roster.Target{
	Topics: []string{"printer-scanner", "wifi-network", "data-leak", "null"},
	User: func(id string) string {
		if !strings.HasPrefix(id, "U") {
			return "write the member id, such as U0123ABCD"
		}
		return ""
	},
	Now: now,
}

const yamlFile = `# ours
- topic: group.it
  name: Acme IT
  phone: 0555 0100
  email: help@acme.example
  hours: Mon-Fri 8-18
  provider: yes
  deputy: Robin
- topic: printer-scanner
  name: "#it-help"
  channel: C1
  shown: emergency
- {topic: data-leak, name: Robin, user: U1, accountable: Kim}
- topic: wifi-network
  name: "-"
- name: Kim
  user: U2
  partner: true
`

const csvFile = `name,topic,user,channel,phone,email,hours,provider,partner,deputy,accountable,shown
Acme IT,group.it,,,0555 0100,help@acme.example,Mon-Fri 8-18,yes,,Robin,,
#it-help,printer-scanner,,C1,,,,,,,,emergency
Robin,data-leak,U1,,,,,,,,Kim,
-,wifi-network,,,,,,,,,,
,,,,,,,,,,,
Kim,,U2,,,,,,TRUE,,,
`

func apply(t *testing.T, m company.Map, name, text string) company.Map {
	t.Helper()
	f, err := roster.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	m, err = f.Apply(m, target)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestBothFormatsSayTheSame(t *testing.T) {
	var m company.Map
	robin := m.Enter(company.Party{Name: "Robin", User: "U1"})
	kim := m.Enter(company.Party{Name: "Kim", User: "U2", Partner: true})
	acme := m.Enter(company.Party{Name: "Acme IT", Phone: "0555 0100", Email: "help@acme.example", Hours: "Mon-Fri 8-18", Provider: true})
	help := m.Enter(company.Party{Name: "#it-help", Channel: "C1", Shown: company.InEmergencies})
	m.Changed = now
	m.Duties = map[string]company.Duty{
		"group.it":        {Does: acme, Deputy: robin, Since: now},
		"printer-scanner": {Does: help, Since: now},
		"data-leak":       {Does: robin, Answers: kim, Since: now},
		"wifi-network":    {State: company.Declined, Since: now},
	}
	for name, text := range map[string]string{"a.yaml": yamlFile, "a.CSV": csvFile, "b.csv": "\ufeff" + csvFile} {
		if diff := cmp.Diff(m, apply(t, company.Map{}, name, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestImportingAnExportChangesNothing(t *testing.T) {
	m := apply(t, company.Map{Own: map[string]company.OwnTopic{"own.x": {Title: "The alarm code"}}}, "a.yaml", yamlFile)
	robin := m.PartyOf("U1")
	m.Duties["data-leak"] = company.Duty{Does: robin, State: company.Confirmed, Since: now.Add(-time.Hour), By: "U9"}
	m.Duties["own.x"] = company.Duty{Does: m.Enter(company.Party{Name: "Robin", User: "U3"}), Deputy: robin}
	m.Duties["gone-topic"] = company.Duty{Does: m.Enter(company.Party{Name: "=1+1 \"x\", é'", Phone: "+1 555"}), Deputy: m.Enter(company.Party{Name: "null", Phone: "00"})}
	m.Duties["null"] = company.Duty{Deputy: robin, State: company.Declined}
	m.Duties["wifi-network"] = company.Duty{Does: robin, State: company.Declined}
	m.Introduced = now
	for _, format := range []string{"yaml", "csv"} {
		text := string(roster.Print(m, format))
		if diff := cmp.Diff(m, apply(t, m, "a."+format, text)); diff != "" {
			t.Errorf("%s changes (-before +after):\n%s\n%s", format, diff, text)
		}
		elsewhere := apply(t, company.Map{Own: m.Own, Duties: map[string]company.Duty{"gone-topic": {}}}, "a."+format, text)
		if diff := cmp.Diff(text, string(roster.Print(elsewhere, format))); diff != "" {
			t.Errorf("%s is another at another company:\n%s", format, diff)
		}
	}
}

func TestSpreadsheetsTakeNoCellAsAFormula(t *testing.T) {
	var m company.Map
	m.Enter(company.Party{Name: "=HYPERLINK(1)", Phone: "+1 555"})
	if text := string(roster.Print(m, "csv")); !strings.Contains(text, "'=HYPERLINK") || !strings.Contains(text, "'+1 555") {
		t.Errorf("it is\n%s", text)
	}
}

func TestAnEmptyCellKeepsAndADashClears(t *testing.T) {
	m := apply(t, company.Map{}, "a.yaml", yamlFile)
	m = apply(t, m, "a.yaml", "- topic: group.it\n  name: acme it\n  phone: \"-\"\n  hours:\n  deputy: \"-\"\n")
	d := m.Duties["group.it"]
	if p := m.Parties[d.Does]; p.Name != "Acme IT" || p.Phone != "" || p.Hours != "Mon-Fri 8-18" || d.Deputy != "" {
		t.Errorf("it is %+v, deputy %q", p, d.Deputy)
	}
}

func TestAnAnswerStaysWithWhomeverGaveIt(t *testing.T) {
	m := apply(t, company.Map{}, "a.yaml", yamlFile)
	d := m.Duties["data-leak"]
	d.State, d.Since = company.Confirmed, now.Add(-time.Hour)
	m.Duties["data-leak"] = d
	m = apply(t, m, "a.yaml", "- topic: data-leak\n  user: U1\n  deputy: Kim\n")
	if got := m.Duties["data-leak"]; got.State != company.Confirmed || !got.Since.Equal(d.Since) || got.Deputy == "" {
		t.Errorf("a new deputy made it %+v", got)
	}
	m = apply(t, m, "a.yaml", "- topic: data-leak\n  name: Kim\n")
	if got := m.Duties["data-leak"]; got.State != company.Assumed || got.Deputy != "" {
		t.Errorf("another person makes it %+v", got)
	}
	m = apply(t, m, "a.yaml", "- topic: data-leak\n  name: \"-\"\n")
	if got := m.Duties["data-leak"]; got.State != company.Declined || got.Owned() {
		t.Errorf("nobody makes it %+v", got)
	}
}

func TestWhomAFileNamesIsKept(t *testing.T) {
	m := apply(t, company.Map{}, "a.yaml", "- {topic: data-leak, name: Robin, user: U1}\n")
	m = apply(t, m, "a.yaml", "- {topic: data-leak, name: Kim, user: U2}\n- {name: Robin, user: U1}\n")
	if m.PartyOf("U1") == "" {
		t.Errorf("it is forgotten: %+v", m.Parties)
	}
}

func TestANameMeansTheOneOutsideWhereSeveralHaveIt(t *testing.T) {
	m := apply(t, company.Map{}, "a.yaml", "- {name: Robin, user: U1}\n")
	m.Enter(company.Party{Name: "Robin", Phone: "0"})
	m = apply(t, m, "a.yaml", "- {topic: data-leak, name: ROBIN, deputy: U1}\n")
	if d := m.Duties["data-leak"]; m.Parties[d.Does].Phone != "0" || m.Parties[d.Deputy].User != "U1" {
		t.Errorf("it is %+v of %+v", d, m.Parties)
	}
}

func TestMistakesAreNamedWithFileLineAndMend(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"a.yaml", "- topic: printers\n  name: Acme IT\n", `a.yaml:1: topic: there is no "printers": did you mean printer-scanner?`},
		{"a.yaml", "- topic: printer-scaner\n  name: Acme IT\n", "did you mean printer-scanner?"},
		{"a.yaml", "- topic: xyzzy\n  name: Acme IT\n", "the groups are group.it, group.both, group.security, group.emergency"},
		{"a.yaml", "- topic: own.aaa\n  name: Acme IT\n", "taught in chat first"},
		{"a.yaml", "- name: Kim\n  user: U2\n  fone: 1\n", `a.yaml:3: there is no column "fone"; they are topic, name,`},
		{"a.yaml", "- name: Kim\n  user: U2\n  phone: call me\n", "a.yaml:3: phone: write the number with digits"},
		{"a.yaml", "- name: Kim\n  user: U2\n  email: kim\n", "a.yaml:3: email: write the whole address"},
		{"a.yaml", "- name: Kim\n  user: U2\n  shown: all\n", "a.yaml:3: shown: say staff, emergency or owners"},
		{"a.yaml", "- name: Kim\n  user: U2\n  partner: maybe\n", "a.yaml:3: partner: say yes or no"},
		{"a.yaml", "- name: Kim\n  user: \"@kim\"\n", "a.yaml:2: user: write the member id"},
		{"a.yaml", "- name: Kim\n  user: U2\n  channel: C1\n", "a.yaml:1: give a user or a channel, not both"},
		{"a.yaml", "- name: Kim\n  user: \"-\"\n", "a.yaml:1: leave user and channel empty"},
		{"a.yaml", "- user: U2\n", "a.yaml:1: give a name, too"},
		{"a.yaml", "- name: Nobody Knows\n", "a.yaml:1: nobody could reach Nobody Knows"},
		{"a.yaml", "- topic: group.it\n", "a.yaml:1: say who"},
		{"a.yaml", "- name: \"-\"\n", "a.yaml:1: a dash as the name says that a topic needs an owner"},
		{"a.yaml", "- topic: group.it\n  name: \"-\"\n  phone: 55\n", "a.yaml:1: a dash as the name says that nobody has it"},
		{"a.yaml", "- name: Kim\n  user: U2\n  deputy: Acme IT\n", "a.yaml:1: deputy and accountable belong to a topic"},
		{"a.yaml", "- topic: group.it\n  name: Acme IT\n  deputy: Nemo\n", `a.yaml:3: deputy: nobody is called "Nemo"`},
		{"a.yaml", "- topic: group.it\n  name: Acme IT\n  accountable: Acme IT\n", "a.yaml:3: accountable: that is the one who does it"},
		{"a.yaml", "- topic: group.it\n  name: Acme IT\n- topic: group.it\n  name: Acme IT\n", "a.yaml:3: group.it stands in line 1 already"},
		{"a.yaml", "- name: Acme IT\n  phone: \"55\"\n- topic: group.it\n  name: Acme IT\n  phone: \"66\"\n", "a.yaml:3: phone of Acme IT is another in line 1"},
		{"a.yaml", "- {name: Kim, user: U2}\n- {name: Kim, user: U3}\n- {topic: group.it, name: Kim}\n", `a.yaml:3: 2 are called "Kim"`},
		{"a.yaml", "- name: |\n    a\n    b\n  user: U2\n", "a.yaml:1: name: write it on one line"},
		{"a.yaml", "- name: " + strings.Repeat("x", 121) + "\n  user: U2\n", "a.yaml:1: name: shorten it to 120 characters"},
		{"a.yaml", "- topic: group.it\n  name: -\n", "a.yaml:2: this is no YAML"},
		{"a.yaml", "topic: group.it\n", "a.yaml:1: write one list"},
		{"a.yaml", "- [group.it]\n", "a.yaml:1: write a row as keys with values"},
		{"a.yaml", "- name: {a: b}\n", "a.yaml:1: name: write one text here"},
		{"a.yaml", "# nothing\n", "a.yaml: there is nobody in it"},
		{"a.csv", "", "a.csv: there is nobody in it"},
		{"a.csv", "name;user;phone\nKim;U2;call me\n", "a.csv:2: phone: write the number"},
		{"a.csv", "name,fone\nKim,1\n", `a.csv:1: there is no column "fone"`},
		{"a.csv", "name,name\nKim,1\n", "a.csv:1: name stands here twice"},
		{"a.csv", "name,user\n\nKim\n", "a.csv:3: give this row 2 cells"},
		{"a.csv", "name,user\nK\"im,U2\n", "a.csv:2: a quotation mark stands alone"},
		{"a.csv", "name,user,phone\nKim,U2,call me\n", "a.csv:2: phone: write the number"},
		{"a.csv", "name\nKim\xff\n", "a.csv: save it as UTF-8"},
		{"a.txt", "x", "a.txt: the name must end with .yaml or .csv"},
		{"a.yaml", "# x\n" + strings.Repeat("- ", 4000), "a.yaml:2: break this line"},
		{"a.csv", strings.Repeat("x", 2<<20), "a.csv: at most 1048576 bytes"},
	} {
		m := company.Map{}
		m.Enter(company.Party{Name: "Acme IT", Phone: "0"})
		f, err := roster.Read(c.file, []byte(c.text))
		if err == nil {
			_, err = f.Apply(m, target)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q:\n%v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestEachMistakeHasItsLine(t *testing.T) {
	_, err := roster.Read("a.yaml", []byte("- fone: 1\n- name: Kim\n  phone: call me\n  shown: all\n"))
	want := "a.yaml:1: there is no column \"fone\"; they are topic, name, user, channel, phone, email, hours, shown, provider, partner, deputy, accountable"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	_, err = roster.Read("a.yaml", []byte("- name: Kim\n  phone: call me\n  shown: all\n"))
	if want := "a.yaml:2: phone: write the number with digits, for example +1 555 0100\na.yaml:3: shown: say staff, emergency or owners"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestDifferencesSayWhatChanges(t *testing.T) {
	old := apply(t, company.Map{}, "a.yaml", yamlFile)
	got := roster.Differences(old, apply(t, old, "a.yaml", "- {topic: data-leak, name: \"-\", accountable: \"-\"}\n- {topic: group.it, name: Acme IT, phone: 0555 0199, deputy: Jo}\n- {name: Jo, user: U7}\n"))
	want := []string{
		"Acme IT: phone 0555 0100 → 0555 0199",
		"Jo: new; user U7; shown staff",
		"Robin: no longer saved, nothing names them",
		"data-leak: Robin → needs an owner; accountable Kim → nothing",
		"group.it: deputy Robin → Jo",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := roster.Differences(old, old); len(got) != 0 {
		t.Errorf("of the same: %v", got)
	}
}

// Whatever is in a file: reading ends, and what is taken prints as a file
// that changes nothing.
func FuzzRead(f *testing.F) {
	f.Add(true, []byte(yamlFile))
	f.Add(false, []byte(csvFile))
	f.Add(true, []byte("- name: \"\\u2028\\ud800 'x\"\n  user: U1\n- &a {name: *a}\n"))
	f.Fuzz(func(t *testing.T, yaml bool, raw []byte) {
		name := "a.csv"
		if yaml {
			name = "a.yaml"
		}
		file, err := roster.Read(name, raw)
		if err != nil {
			return
		}
		m, err := file.Apply(company.Map{}, target)
		if err != nil {
			return
		}
		for _, format := range []string{"yaml", "csv"} {
			text := roster.Print(m, format)
			again, err := roster.Read("a."+format, text)
			if err != nil {
				if len(m.Parties) == 0 && len(m.Duties) == 0 {
					continue
				}
				t.Fatalf("%v\n%s", err, text)
			}
			after, err := again.Apply(m, target)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if diff := cmp.Diff(m, after); diff != "" {
				t.Fatalf("%s\n%s", diff, text)
			}
		}
	})
}
