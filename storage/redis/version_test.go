package redis

import "testing"

func TestVersions(t *testing.T) {
	for version, want := range map[string]bool{
		"6.2.0": true, "6.2.14": true, "7.0.15": true, "8.0": true, "10.1.2": true,
		"6.0.16": false, "5.0.14": false, "6": false, "": false, "seven": false,
	} {
		if got := atLeast(version, 6, 2); got != want {
			t.Errorf("Redis %q is new enough: %v, want %v", version, got, want)
		}
	}
	info := "# Server\r\nredis_version:7.0.15\r\nos:Linux\r\n"
	if got := field(info, "redis_version"); got != "7.0.15" {
		t.Errorf("version %q", got)
	}
}
