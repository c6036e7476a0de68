//go:build !unix

package output

func setUmask(int) int { return 0 }
