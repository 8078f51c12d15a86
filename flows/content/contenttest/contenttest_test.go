package contenttest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"secadvisor/flows/content"
	"secadvisor/flows/content/contenttest"
)

func TestWhatATestChangesStaysItsOwn(t *testing.T) {
	want, err := content.Load(content.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	lib := contenttest.BuiltIn(t)
	lib.Questions["door"] = content.Question{ID: "door"}
	delete(lib.Questions, lib.Packs[0].Questions[0].ID)
	lib.Packs[0].Questions[0].Weight++
	lib.Packs[1].Questions = nil
	lib.Packs[2] = content.Pack{}
	lib.Topics[0], lib.Pages[0] = content.Topic{}, content.Page{}
	if diff := cmp.Diff(want, contenttest.BuiltIn(t), cmpopts.IgnoreUnexported(content.Library{})); diff != "" {
		t.Errorf("the next test sees it:\n%s", diff)
	}
}

func TestSettingsAreKeptApart(t *testing.T) {
	if got := contenttest.Library(t, content.Settings{Command: "/help"}).Command; got != "/help" {
		t.Errorf("the command is %q", got)
	}
	if got := contenttest.BuiltIn(t).Command; got != "/sec" {
		t.Errorf("the command is %q", got)
	}
}
