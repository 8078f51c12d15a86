package config

import "os"

// usualName is what setup calls the file unless it is told otherwise.
const usualName = "secadvisor.yaml"

// NameIt is what to do where the file is Forgotten.
const NameIt = "There is a " + usualName + " here that was not read: add --config " + usualName + "."

// Forgotten reports whether a configuration lies here, which is for somebody to
// ask who was given none.
func Forgotten() bool {
	_, err := os.Stat(usualName)
	return err == nil
}
