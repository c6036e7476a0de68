package generator

import (
	"path"
	"strings"
	"time"

	"annals/generator/archive"
	"annals/generator/content"
)

// Original is the document from which a report was imported, kept beside it.
type Original struct {
	Agency   *archive.Agency
	Year     int
	Report   string // the report's file, relative to the folder that holds content/
	File     string // the document
	Modified time.Time
}

// Originals lists those of the archive, in the order of its folders.
func (l *Library) Originals() (list []Original) {
	for _, s := range l.sources {
		for _, r := range s.folder.Reports {
			for _, f := range r.Attachments {
				if base := path.Base(f.Path); strings.TrimSuffix(base, path.Ext(base)) != content.Original {
					continue
				}
				x := Original{Agency: s.agency, Year: r.Year, Report: r.Path, File: f.Path}
				if info, err := f.Info(); err == nil {
					x.Modified = info.ModTime()
				}
				list = append(list, x)
			}
		}
	}
	return list
}
