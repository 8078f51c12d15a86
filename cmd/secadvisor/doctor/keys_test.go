package doctor

import (
	"testing"

	"secadvisor/cmd/secadvisor/commandtest"
	"secadvisor/cmd/secadvisor/config"
)

func TestDoctorLooksWhetherTheKeyFits(t *testing.T) {
	plain, sealed := commandtest.Lived(t).Path, commandtest.Sealed(t).Path
	for name, row := range map[string]struct {
		store, hidden string
		is            State
		says          string
	}{
		"none":           {plain, "", Warning, "Nothing is sealed: whoever gets the disk"},
		"fits":           {sealed, config.KeysVariable + "=" + commandtest.Key, Good, "keep a copy of it"},
		"fits, second":   {sealed, config.KeysVariable + "=" + commandtest.AnotherKey + "," + commandtest.Key, Good, "Everything is sealed"},
		"another":        {sealed, config.KeysVariable + "=" + commandtest.AnotherKey, Failure, "play is sealed under the key "},
		"lost":           {sealed, "", Failure, "this server has no master key"},
		"not sealed yet": {plain, config.KeysVariable + "=" + commandtest.Key, Failure, "secadvisor keys rotate --plain"},
		"turning":        {plain, config.KeysVariable + "=" + commandtest.Key + "\nSECADVISOR_KEYS_PLAIN=true", Warning, "then take keys.plain out"},
		"turned":         {sealed, config.KeysVariable + "=" + commandtest.Key + "\nSECADVISOR_KEYS_PLAIN=true", Warning, "still taken for true"},
	} {
		p := healthy(t, commandtest.Workspace(t))
		p.Lines[2] = "storage: file:" + row.store
		p.Hidden = append(p.Hidden[:2], row.hidden)
		d := p.examined()
		finds(t, d, "keys", row.is, row.says)
		if d.State != row.is {
			t.Errorf("%s: all in all %s: %+v", name, d.State, d.Checks)
		}
	}
	p := healthy(t, commandtest.Workspace(t))
	p.Hidden[2] = config.KeysVariable + "=" + commandtest.Key[1:]
	finds(t, p.examined(), "configuration", Failure, "secrets.env:3: SECADVISOR_KEYS_MASTER must be keys of 32 random bytes")
}
