package pdf

import "github.com/tetratelabs/wazero/experimental"

// memory is the engine's memory, one for all documents that are read after each
// other. It has its full length from the beginning, of which the system gives what
// is used: if it grew by copying, it would take three times as much at the end.
type memory struct {
	bytes []byte
	used  uint64
	taken bool
}

// Allocate is called when a document is opened, before any other is.
func (m *memory) Allocate(_, limit uint64) experimental.LinearMemory {
	if m.taken {
		m = &memory{}
	}
	m.taken = true
	if limit = min(limit, MaxMemory); m.bytes == nil {
		m.bytes = make([]byte, limit)
	}
	return m
}

// Reallocate returns the memory's first bytes, or nil if there are not so many.
func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.bytes)) {
		return nil
	}
	m.used = max(m.used, size)
	return m.bytes[:size]
}

// Free clears what a document has left.
func (m *memory) Free() {
	clear(m.bytes[:m.used])
	m.used, m.taken = 0, false
}
