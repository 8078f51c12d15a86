package bot_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"secadvisor/bot"
)

func TestButtonsStandInRowsOfFive(t *testing.T) {
	for n, want := range map[int][]int{0: nil, 1: {1}, 5: {5}, 6: {5, 1}, 11: {5, 5, 1}} {
		var buttons []bot.Button
		for i := range n {
			buttons = append(buttons, bot.Press(fmt.Sprint(i), bot.Do("menu", "menu")))
		}
		var got []int
		rows := bot.Rows(buttons...)
		for _, row := range rows {
			got = append(got, len(row.Buttons.Items))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d buttons (-want +got):\n%s", n, diff)
		}
		if diff := cmp.Diff(buttons, bot.View{Blocks: rows}.Actions()); diff != "" {
			t.Errorf("%d buttons are in another order:\n%s", n, diff)
		}
	}
}
