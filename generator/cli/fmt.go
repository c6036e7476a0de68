package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/format"
	"annals/generator/output"
	"annals/generator/release"
)

func (a *app) fmtCommand() *cobra.Command {
	var check, fill bool
	cmd := &cobra.Command{
		Use:   "fmt [FILE…]",
		Short: a.say("fmt"),
		Long:  a.say("fmt.more"),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := generator.Open(cmd.Context(), a.options())
			if err != nil {
				return err
			}
			names, err := a.sources(lib, args)
			if err != nil {
				return err
			}
			var found []diag.Diagnostic
			changed := 0
			for _, name := range names {
				did, ds, err := a.formatFile(lib, name, check, fill)
				if err != nil {
					return err
				}
				found = append(found, ds...)
				if did {
					changed++
				}
			}
			if err := a.print(found); err != nil {
				return err
			}
			if diag.Errors(found) > 0 || check && changed > 0 {
				return exit{code: content}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, a.say("flag.check"))
	cmd.Flags().BoolVar(&fill, "fill", false, a.say("flag.fill"))
	return cmd
}

// sources returns the archive's source files that the arguments name, or all of
// them.
func (a *app) sources(lib *generator.Library, args []string) ([]string, error) {
	if len(args) == 0 {
		return lib.Sources, nil
	}
	var names []string
	for _, arg := range args {
		name, err := a.inArchive(arg)
		if err != nil {
			return nil, err
		}
		before := len(names)
		for _, s := range lib.Sources {
			if s == name || strings.HasPrefix(s, name+"/") {
				names = append(names, s)
			}
		}
		if len(names) == before {
			return nil, a.wrong("fmt.no-source", arg)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// inArchive turns a path argument into one relative to the archive's folder.
func (a *app) inArchive(arg string) (string, error) {
	if _, err := os.Lstat(filepath.Join(a.dir, arg)); err == nil && !filepath.IsAbs(arg) {
		return filepath.ToSlash(filepath.Clean(arg)), nil
	}
	dir, err1 := filepath.Abs(a.dir)
	path, err2 := filepath.Abs(arg)
	rel, err := filepath.Rel(dir, path)
	return filepath.ToSlash(rel), errors.Join(err1, err2, err)
}

// formatFile formats one file. It returns true if the file was not in canonical
// form.
func (a *app) formatFile(lib *generator.Library, name string, check, fill bool) (bool, []diag.Diagnostic, error) {
	data, found := files.Read(a.folder(), name, files.MaxText)
	if data == nil {
		return false, found, nil
	}
	out, found := format.Source(name, data, lib.Forms, format.Options{Fill: fill})
	if bytes.Equal(out, data) {
		return false, found, nil
	}
	if !a.quiet || check {
		fmt.Fprintln(a.Out, diag.Visible(name))
	}
	if check {
		return true, found, nil
	}
	return true, found, output.ReplaceFile(a.dir, name, data, out)
}

// repair applies the certain repairs of diagnostics and returns how many
// files it changed.
func (a *app) repair(list []diag.Diagnostic) (int, error) {
	changed := 0
	folder := a.folder()
	byFile := format.Fixes(release.Dated(list, time.Now().Format(time.DateOnly)))
	for name, fixes := range byFile {
		data, _ := files.Read(folder, name, files.MaxText)
		if data == nil {
			continue // reported already
		}
		out, _ := format.Fix(data, fixes)
		if bytes.Equal(out, data) {
			continue
		}
		if err := output.ReplaceFile(a.dir, name, data, out); err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}
