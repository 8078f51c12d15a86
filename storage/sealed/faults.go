package sealed

import (
	"errors"
	"fmt"
)

// Why a body cannot be opened, or a company not be written to. None of them
// holds anything that was sealed.
var (
	// ErrNoKey: the company is sealed under a master key that is not here.
	ErrNoKey = errors.New("it is sealed under a master key that this server does not have")
	// ErrPlain: a body is not sealed, though the company is.
	ErrPlain = errors.New("it is not sealed, though it must be: somebody wrote it past the program, or sealing was turned on and \"secadvisor keys rotate\" is still to do")
	// ErrChanged: a body, or the ring, is not what was written at this place.
	ErrChanged = errors.New("it was changed, cut off or put in the place of another")
	// ErrUnknown: a body is sealed under a data key that is gone.
	ErrUnknown = errors.New("it is sealed under a data key that is gone: it was erased, or comes from another store")
	// ErrErasing is an ErrUnknown: the company's keys were destroyed, and the rest
	// of its erasure is still to do.
	ErrErasing = fmt.Errorf("it is being erased: %w", ErrUnknown)
)
