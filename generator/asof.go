package generator

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"annals/generator/content"
	"annals/generator/files"
	"annals/generator/lang"
	"annals/generator/release"
)

// NoReleaseError says that the archive has no release of the number.
type NoReleaseError struct{ Number, Last int }

func (e NoReleaseError) Error() string {
	return fmt.Sprintf("there is no release %d; the last is %d", e.Number, e.Last)
}

// past returns the archive as of a release. now is the archive as it is.
func (o Options) past(ctx context.Context, now *Library) (*release.Past, error) {
	if n := len(now.record.Releases); o.AsOf > n {
		return nil, NoReleaseError{o.AsOf, n}
	}
	p, err := now.record.As(o.AsOf, now.files, now.withdrawn)
	if err != nil {
		return nil, err
	}
	p.Forms = now.Forms
	rel := now.record.Releases[o.AsOf-1]
	p.Prose = func(s *release.State, tag lang.Tag) string {
		text := now.renderer.Plan.Word("as-of-text", tag)
		return strings.NewReplacer("{sum}", s.Text, "{n}", release.Number(rel.Number), "{date}", rel.Date,
			"{file}", "content/agencies/"+s.Agency+"/"+release.Number(s.Year)+".md").Replace(text)
	}
	return p, nil
}

// withdrawn reports whether a report is withdrawn, by the record or by its file.
func (l *Library) withdrawn(agency string, year int) bool {
	h := l.record.Recorded(agency)
	if h == nil || h.Withdrawn(year) {
		return h == nil
	}
	return false
}

var _ fs.FS
var _ = content.MaxAttachment
var _ = files.MaxText
