package lang

// Narrow returns the ASCII character of a full-width one, and any other as it is.
func Narrow(r rune) rune {
	const first, last, apart = 0xff01, 0xff5e, 0xff01 - '!'
	if first <= r && r <= last {
		return r - apart
	}
	return r
}
