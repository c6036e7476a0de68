package beneath

import "time"

// patience is how long Insist waits in all. A scanner of viruses or an indexer
// is done with a new file in a few hundred milliseconds.
const patience = 2 * time.Second

// Insist announces an operation on a name of the disk and does it, one that another program can keep
// from being done for a moment by having the file open, as on Windows and on
// drives that Windows serves. While that is the reason of its error it is done
// again, after pauses that become longer; whoever sees the error in the end
// knows that patience did not help.
func Insist(op, path string, do func() error) error {
	return insist(func() error {
		if err := Before(op, path); err != nil {
			return err
		}
		return do()
	}, time.Sleep)
}

func insist(do func() error, sleep func(time.Duration)) error {
	err := do()
	for pause, waited := time.Millisecond, time.Duration(0); err != nil && blocked(err) && waited < patience; pause *= 2 {
		pause = min(pause, patience-waited)
		sleep(pause)
		waited += pause
		err = do()
	}
	return err
}
