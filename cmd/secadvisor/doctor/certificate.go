package doctor

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"secadvisor/cmd/secadvisor/front"
	"secadvisor/cmd/secadvisor/refused"
)

// soonOver is how long before its end a certificate should be renewed: tools
// do it a month before.
const soonOver = 14 * 24 * time.Hour

// certificate looks at the files of a server that speaks TLS itself.
func (x examination) certificate(context.Context) []Finding {
	if !x.config.TLS.On() {
		return nil
	}
	said := func(is State, says, mend string) []Finding { return []Finding{{"certificate", is, says, mend}} }
	pair, err := x.config.TLS.Load()
	if err != nil {
		return said(Failure, "The certificate cannot be used: "+refused.Cause(err)+".", front.MendCertificate)
	}
	left := pair.Leaf.NotAfter.Sub(x.now())
	until := pair.Leaf.NotAfter.Format("2 January 2006")
	switch {
	case left < 0:
		return said(Failure, "The certificate ended on "+until+".", "Renew it; the server takes the new files without a restart.")
	case left < soonOver:
		return said(Warning, "The certificate ends on "+until+".", "Renew it; the server takes the new files without a restart.")
	}
	if at, err := url.Parse(x.config.Teams.Address); err == nil && at.Host != "" {
		if err := pair.Leaf.VerifyHostname(at.Hostname()); err != nil {
			return said(Failure, "The certificate is not for "+at.Hostname()+".", "Get one for that name, or set teams.address to the name it is for.")
		}
	}
	return said(Good, fmt.Sprintf("The certificate holds until %s.", until), "")
}
