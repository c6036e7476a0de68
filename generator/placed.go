package generator

import (
	"errors"

	"annals/generator/output"
)

// OpenPlaced opens the site that the last build left in the output folder. state is
// the state folder that belongs to it.
func OpenPlaced(opt Options) (placed *output.Placed, state string, err error) {
	for _, state = range opt.states() {
		placed, err = output.OpenPlaced(opt.Out, state)
		if !errors.Is(err, output.ErrUnfinished) {
			break
		}
	}
	return placed, state, err
}
