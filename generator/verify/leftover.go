package verify

import (
	"path"
	"slices"

	"annals/generator/deploy"
	"annals/generator/proof"
	"annals/generator/sitemap"
)

// A deployment leaves for some hours what the site no longer has, such as the reports
// of an agency that moved. In a copy of that target such a file is no change, if it
// is proven as those of the site are: by the inventory of an earlier deployment, which
// is signed by the same key, and whose tree is one that the tree of the site
// continues. The state of the deployments only says where that inventory is; whoever
// writes it can at most bring back, at its old place, what stood there and was signed.

// extra tells of files below agencies/ that no build wrote.
func (r *run) extra(known proof.Known) error {
	list, err := r.site.Files()
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(name string) bool {
		return r.expected[name] || !looksLikeReport(name) || r.unread[folderOf(name)]
	})
	if len(list) == 0 {
		return nil
	}
	read := func(name string, most int64) ([]byte, error) { return r.site.Read(r.ctx, name, most) }
	for _, earlier := range deploy.Earlier(read) {
		left := r.proven(earlier, known, list)
		r.res.Left = append(r.res.Left, left...)
		list = slices.DeleteFunc(list, func(name string) bool { return slices.Contains(left, name) })
	}
	for _, name := range list {
		r.found(Finding{What: Extra, File: name})
	}
	return r.ctx.Err()
}

// proven returns the files that are as an earlier deployment had them. What of that
// deployment cannot be read, or does not fit, proves nothing.
func (r *run) proven(read deploy.Reader, known proof.Known, list []string) (left []string) {
	open := func(name string) string {
		data, err := read(name, maxNote)
		if err != nil {
			return ""
		}
		text, _, err := proof.Open(data, known)
		if err != nil {
			return ""
		}
		return text
	}
	old, err := proof.ParseCheckpoint(open(sitemap.Checkpoint))
	if err != nil || old.Origin != r.tree.Origin || r.tree.Extends(old) != nil {
		return nil
	}
	x, err := proof.ParseInventory(open(sitemap.Inventory))
	if err != nil || x.Origin != old.Origin || x.Root != old.Root {
		return nil
	}
	in := map[string][]string{} // files by the folder of the agency
	for _, name := range list {
		in[folderOf(name)] = append(in[folderOf(name)], name)
	}
	for _, l := range x.Lists {
		data, err := read(l.Path, maxList)
		if err != nil || !sumOf(data, l.Sum) {
			continue
		}
		entries, _ := proof.ParseList(data)
		for _, e := range entries {
			folder := agencyFolder(e.Agency)
			if len(in[folder]) == 0 {
				continue
			}
			file := folder + "/" + sitemap.AgencyRecord
			data, err := read(file, maxRecord)
			if err != nil || !sumOf(data, e.Record) {
				continue
			}
			record, err := proof.ParseRecord(data)
			if err != nil {
				continue
			}
			record.Files[file] = e.Record
			for _, name := range in[folder] {
				sum, had := record.Files[name]
				data, err := r.site.Read(r.ctx, name, maxFile)
				if had && err == nil && sumOf(data, sum) {
					left = append(left, name)
				}
			}
		}
	}
	return left
}

// agencyFolder is the folder of an agency in the site.
func agencyFolder(agency string) string {
	return path.Dir(sitemap.Of(sitemap.Agency).Path.File(sitemap.At{Agency: agency}))
}
