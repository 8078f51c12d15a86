//go:build !race

package bottest

// Race reports whether the race detector is looking on, which slows down what
// only computes by ten times and more.
const Race = false
