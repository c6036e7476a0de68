package search

import "math/bits"

// A volume is a run of years whose lists are written together, the newest
// years first. Most archives are one volume; a nation's years come in several,
// so that the first results need not wait for lists of a million reports.
const volumeReports = 1 << 17

// volume is a run of years and its lists' files.
type volume struct {
	years   []int // newest first
	perPart int   // files in a folder
	folders [][hashBytes]byte
}

// cutVolumes makes runs of the years, newest first, of up to most reports.
func cutVolumes(years []int, counts map[int]int, most int) (out []volume) {
	n := 0
	for i, y := range years {
		if i == 0 || n+counts[y] > most {
			out = append(out, volume{})
			n = 0
		}
		v := &out[len(out)-1]
		v.years = append(v.years, y)
		n += counts[y]
	}
	if out == nil {
		out = []volume{{}} // the names of agencies are in the first volume
	}
	return out
}

// level returns the frequency of a character as root.json has it: 0 for none, or 1
// plus the binary logarithm of its number of reports, rounded down.
func level(n int) int { return bits.Len(uint(n)) }

// denseLevel is added to the level of a dense character.
const denseLevel = 0x80
