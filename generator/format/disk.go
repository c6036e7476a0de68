package format

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"

	"annals/generator/config"
	"annals/generator/content"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/form"
	"annals/generator/output"
)

// Tree formats the files of an archive: settings, pages, agencies and reports
// below root, the folder that holds content/. It returns the files that were
// not in canonical form. They have been replaced, each in one step and only if
// it still held what was read; with check they have only been looked at.
func Tree(root string, forms *form.Set, o Options, check bool) (changed []string, diags []diag.Diagnostic, err error) {
	fsys := os.DirFS(root)
	tree, _ := content.Walk(fsys) // what does not belong there is for check to tell
	names := []string{config.File}
	for _, p := range tree.Pages {
		names = append(names, p.Path)
	}
	tree.Folders(func(f *content.Folder) bool {
		if f.Index != nil {
			names = append(names, f.Index.Path)
		}
		for _, r := range f.Reports {
			names = append(names, r.Path)
		}
		return true
	})
	for _, name := range names {
		data, found := files.ReadText(fsys, name)
		if data == nil {
			if name != config.File {
				diags = append(diags, found...)
			}
			continue
		}
		out, more := Source(name, data, forms, o)
		diags = append(diags, more...)
		if bytes.Equal(out, data) {
			continue
		}
		changed = append(changed, name)
		if check {
			continue
		}
		if err := output.ReplaceFile(filepath.Join(root, filepath.FromSlash(name)), data, out); err != nil {
			return changed, diags, err
		}
	}
	return changed, diags, nil
}

// Repair applies the repairs that diagnostics carry to the files below root.
// It returns how many were applied, and how many were not because another one
// touches the same text or the file has been changed.
func Repair(root string, diags []diag.Diagnostic) (applied, left int, err error) {
	byFile := Fixes(diags)
	fsys := os.DirFS(root)
	names := make([]string, 0, len(byFile))
	for name := range byFile {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		data, _ := files.ReadText(fsys, name)
		if data == nil {
			left += len(byFile[name])
			continue
		}
		out, n := Fix(data, byFile[name])
		left += n
		if bytes.Equal(out, data) {
			continue
		}
		if err := output.ReplaceFile(filepath.Join(root, filepath.FromSlash(name)), data, out); err != nil {
			return applied, left, err
		}
		applied += len(byFile[name]) - n
	}
	return applied, left, nil
}
