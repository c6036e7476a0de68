package beneath

// withoutOpenat2 makes the package do as on a system that lacks the call.
func withoutOpenat2(really bool) (undo func()) {
	before := partwise.Load()
	partwise.Store(really)
	return func() { partwise.Store(before) }
}
