// Package licences holds the licences of everything that is built into the
// program, as they must be handed on with it.
package licences

import _ "embed"

//go:generate go run ./generate notices.txt

// Notices names each module with its version, and the text of its licence.
//
//go:embed notices.txt
var Notices string
