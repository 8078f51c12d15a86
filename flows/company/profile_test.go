package company_test

import (
	"testing"

	"secadvisor/flows/company"
)

// A company grows from the number on that an installation says; of a range,
// the least counts.
func TestWhoIsGrowing(t *testing.T) {
	sizes := []company.Size{company.SizeUnkn, company.UpTo10, company.UpTo49, company.UpTo249, company.From250}
	for from, want := range map[int][]bool{11: {false, false, true, true, true}, 50: {false, false, false, true, true}, 250: {false, false, false, false, true}} {
		for i, size := range sizes {
			if got := (company.Profile{Size: size}).Growing(from); got != want[i] {
				t.Errorf("%q from %d on: growing %v, want %v", size, from, got, want[i])
			}
		}
	}
}
