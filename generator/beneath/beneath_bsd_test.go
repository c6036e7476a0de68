//go:build unix && !linux

package beneath

func withoutOpenat2(bool) (undo func()) { return func() {} }
