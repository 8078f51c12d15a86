package bottest

// Often is how many times a test tries what it makes up at random: a tenth
// under the race detector, which looks for something else. The plain run, which
// CI does too, tries all.
func Often(times int) int {
	if Race {
		return times / 10
	}
	return times
}
