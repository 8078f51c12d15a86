package main

import (
	"os"
	"strings"
	"testing"

	"secadvisor/deploy/licences"
)

// Whoever changes what is built in runs "go generate ./deploy/licences".
func TestTheNoticesAreThoseOfWhatIsBuiltIn(t *testing.T) {
	want, err := notices()
	if err != nil {
		t.Fatal(err)
	}
	if licences.Notices != want {
		t.Error("the notices are out of date: run go generate ./deploy/licences")
	}
	for _, part := range []string{"The Go standard library\n", "go.etcd.io/bbolt v", "github.com/slack-go/slack v", "Redistribution and use", "Apache License", "Permission is hereby granted", "SIL OPEN FONT LICENSE"} {
		if !strings.Contains(want, part) {
			t.Errorf("there is no %q", part)
		}
	}
}

func TestAModuleWithoutALicenceIsNoticed(t *testing.T) {
	dir := t.TempDir()
	if _, err := licence(dir); err == nil {
		t.Error("it is not")
	}
	for name, text := range map[string]string{"LICENCE.md": "one\r\n", "NOTICE": "two", "license.go": "package x"} {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := licence(dir); err != nil || got != "one\n\ntwo" {
		t.Errorf("%q, %v", got, err)
	}
}
