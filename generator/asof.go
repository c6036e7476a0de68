package generator

import (
	"fmt"

	"annals/generator/archive"
	"annals/generator/content"
	"annals/generator/release"
)

// NoReleaseError says that the archive has no release of a number.
type NoReleaseError struct{ Number, Last int }

func (e NoReleaseError) Error() string {
	return fmt.Sprintf("there is no release %d; the last is %d", e.Number, e.Last)
}

// past returns the archive as of one of its releases; l is the archive as it is.
func (l *Library) past(number int) (*release.Past, error) {
	if n := len(l.record.Releases); number < 1 || number > n {
		return nil, NoReleaseError{number, n}
	}
	purged := content.Purged(l.files)
	p, err := l.record.As(number, l.files, func(agency string, year int) bool { return purged(agency, year) || l.withdrawn(agency, year) })
	if err != nil {
		return nil, err
	}
	rel := l.record.Releases[number-1]
	p.Forms = l.Forms
	p.Prose = func(s *release.State) string {
		return l.renderer.Plan.PastText(release.Number(rel.Number), rel.Date, s.Text, "content/agencies/"+s.Agency+"/"+release.Number(s.Year)+".md")
	}
	return p, nil
}

// withdrawn reports whether the file of a report says that it is withdrawn.
func (l *Library) withdrawn(agency string, year int) bool {
	s := l.at(agency)
	if s == nil || s.report(year) == nil {
		return false
	}
	doc, _ := content.ReadDocument(l.files, s.report(year).Path)
	if doc == nil {
		return false
	}
	return archive.IsWithdrawn(doc)
}
