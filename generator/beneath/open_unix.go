//go:build unix && !linux

package beneath

// openBeneath opens a name beneath an open folder without following a link.
func openBeneath(dir int, name string, flags int) (int, error) { return openParts(dir, name, flags) }
