// Package privacy finds personal numbers in texts that will be published, and
// masks digits that a report says are to be masked.
//
// What it finds are Chinese identity numbers, bank cards and mobile numbers,
// however they are written: in full-width digits, as entities, with spaces, hyphens
// or marks of Markdown between the digits. What it masks is found the same way, so
// that whatever is reported can also be masked. It works on the bytes of a file,
// before anything is made of them: then no page, index or export can forget it.
//
// Nothing that this package returns for a message has a digit in it.
package privacy

// Kind is the kind of a personal number.
type Kind string

// The kinds of numbers; each is the name of a message of the rule personal-data.
const (
	Identity Kind = "identity" // of a resident of China: GB 11643, or its form of 15 digits
	Card     Kind = "card"     // of a bank; its check digit is that of ISO/IEC 7812
	Mobile   Kind = "mobile"   // of a telephone in China
	// Digits are those of a card in their number and check digit, with no word for
	// a card beside them. One in ten numbers of that length is such by chance.
	Digits Kind = "digits"
)

// Number is a personal number in a text.
type Number struct {
	Kind       Kind
	Start, End int    // in bytes
	Digits     string // without what stands between them; never to be shown
	Key        string // what masks it as the text of an entry of redact: ***-****-****

	at []digit // with the X of an identity number
}

// Find returns the personal numbers in a text, in their order.
func Find(text []byte) []Number {
	if len(text) < fewest {
		return nil
	}
	var list []Number
	var s scanner
	for i := 0; i < len(text); {
		i = s.run(text, i)
		if len(s.digits) >= fewest {
			list = append(list, s.numbers(text)...)
		}
	}
	return list
}

// fewest is how many digits the shortest number has.
const fewest = 11

// Mask returns a text for a message or an excerpt, with the digits of the personal
// numbers in it masked. It has as many characters as before.
func Mask(text []byte) []byte {
	found := Find(text)
	if len(found) == 0 {
		return text
	}
	var at []digit
	for _, n := range found {
		at = append(at, n.at...)
	}
	return cover(text, at)
}

// MaskString is Mask of a string.
func MaskString(text string) string {
	if len(text) < fewest {
		return text
	}
	b := []byte(text)
	if len(Find(b)) == 0 {
		return text
	}
	return string(Mask(b))
}
