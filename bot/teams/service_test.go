package teams

import "testing"

func TestOnlyTeamsOwnServicesAreSpokenTo(t *testing.T) {
	government := Config{Hosts: []string{"smba.infra.GOV.teams.microsoft.us"}}
	for _, row := range []struct {
		service string
		config  Config
		want    bool
	}{
		{"https://smba.trafficmanager.net/emea/", Config{}, true},
		{"https://smba.trafficmanager.net/amer/22222222-2222-2222-2222-222222222222/", Config{}, true},
		{"https://SMBA.trafficmanager.net", Config{}, true},
		{"http://smba.trafficmanager.net/emea/", Config{}, false},
		{"https://smba.trafficmanager.net:8443/", Config{}, false},
		{"https://smba.trafficmanager.net.evil.example/", Config{}, false},
		{"https://smba.trafficmanager.net./", Config{}, false},
		{"https://evil.example/smba.trafficmanager.net/", Config{}, false},
		{"https://smba.trafficmanager.net@evil.example/", Config{}, false},
		{"https://evil.example#smba.trafficmanager.net", Config{}, false},
		{"https://smba.trafficmanager.net/emea/?to=x", Config{}, false},
		{"https://smba.trafficmanager.net/emea/#x", Config{}, false},
		{"https://smba.trafficmanager.net/../x", Config{}, false},
		{"https://smba.trafficmanager.net/%2e%2e/x", Config{}, false},
		{"https:smba.trafficmanager.net", Config{}, false},
		{"//smba.trafficmanager.net/", Config{}, false},
		{"smba.trafficmanager.net", Config{}, false},
		{"", Config{}, false},
		{"https://", Config{Hosts: []string{""}}, false},
		{"https://127.0.0.1/", Config{}, false},
		{"https://smba.infra.gov.teams.microsoft.us/teams", Config{}, false},
		{"https://smba.infra.gov.teams.microsoft.us/teams", government, true},
		{"http://smba.infra.gov.teams.microsoft.us/teams", government, false},
		{"http://127.0.0.1:3978", Config{NoAuth: true}, true},
		{"http://[::1]:3978", Config{NoAuth: true}, true},
		{"http://localhost:56150/_connector", Config{NoAuth: true}, true},
		{"http://10.0.0.7:3978", Config{NoAuth: true}, false},
		{"https://smba.trafficmanager.net/emea/", Config{NoAuth: true}, false},
		{"http://127.0.0.1.evil.example/", Config{NoAuth: true}, false},
		{"file://localhost/etc/passwd", Config{NoAuth: true}, false},
	} {
		if got := row.config.allowed(row.service); got != row.want {
			t.Errorf("%q with %v: %v, want %v", row.service, row.config.Hosts, got, row.want)
		}
	}
}

func TestAnOrganisationOfAGovernmentIsLookedForThere(t *testing.T) {
	s := newScene(t)
	s.platform.config.Plain = false
	for want, hosts := range map[string][]string{"https://smba.trafficmanager.net/teams": nil, "https://smba.infra.gov.teams.microsoft.us/teams": {"smba.infra.gov.teams.microsoft.us"}} {
		s.platform.config.Hosts = hosts
		if at, ok := s.platform.door("teams." + org); !ok || at.Service != want {
			t.Errorf("%+v, want %s", at, want)
		}
	}
}
