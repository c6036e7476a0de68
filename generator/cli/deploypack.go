package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"annals/generator/config"
	"annals/generator/deploy"
	"annals/generator/deploy/parcel"
	"annals/generator/output"
)

// pack makes the next package of the site for whoever runs the host.
func (d *deploying) pack(ctx context.Context, t config.Target, site *config.Site, placed *output.Placed) error {
	if d.rollback != "" {
		return d.wrong("deploy.no-rollback")
	}
	folder, err := d.targetFolder(t)
	if err != nil {
		return err
	}
	files, err := deploy.NewSite(placed.Paths, placed.Read, d.files.add)
	if err != nil {
		return err
	}
	m, err := parcel.Make(ctx, folder, files, parcel.Options{
		Title: site.Title.In(site.Language), Language: site.Language, Full: d.full, Base: d.base,
		MaxDeletes: d.maxDeletes, Purge: d.purge, Record: d.recordPurge, DryRun: d.dryRun,
	})
	var unknown parcel.NoPackageError
	if errors.As(err, &unknown) {
		return d.wrong("deploy.no-package", unknown.Number)
	}
	if err != nil {
		return err
	}
	switch {
	case m.File == "":
		d.note("deploy.no-change", t.Name, m.Base)
	case d.dryRun:
		d.printPlan(&deploy.Report{Put: m.Put, Going: m.Gone})
	default:
		fmt.Fprintln(d.Out, filepath.Join(folder, m.File))
		d.note("deploy.packed", m.Number, len(m.Put), len(m.Gone))
		if len(d.purge) > 0 {
			d.note("deploy.handed", purgedFile)
		}
	}
	return nil
}
