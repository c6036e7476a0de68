package beneath

import "time"

// patience is the longest time that Insist waits in all. A virus scanner or a
// search indexer keeps a new file open for a few hundred milliseconds.
const patience = 2 * time.Second

// Insist calls Before and then do, which performs an operation, such as a
// rename, on the file at path. On Windows, and on network drives served by
// Windows, the operation fails while another program has the file open. As long
// as do fails for that reason, Insist repeats both calls, with pauses that double
// from 1 ms, for at most two seconds. It returns the last error.
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
