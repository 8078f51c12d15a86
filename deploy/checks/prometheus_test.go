package checks

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
)

// The rules are read by Prometheus' own parser, and name figures that there are.
func TestAlerts(t *testing.T) {
	raw, err := os.ReadFile("../prometheus/alerts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, errs := rulefmt.Parse(raw, false, model.UTF8Validation)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	source, err := os.ReadFile("../../cmd/secadvisor/metrics/metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	ours := regexp.MustCompile(`secadvisor_\w+`)
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			if r.Annotations["mend"] == "" || r.Labels["severity"] == "" {
				t.Errorf("%s does not say what to do, or how bad it is", r.Alert)
			}
			for _, name := range ours.FindAllString(r.Expr, -1) {
				name = strings.TrimSuffix(strings.TrimSuffix(name, "_count"), "_bucket")
				if !strings.Contains(string(source), `"`+name+`"`) {
					t.Errorf("%s looks at %s, which nobody tells", r.Alert, name)
				}
			}
		}
	}
}
