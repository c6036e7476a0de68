package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/format"
	"annals/generator/output"
)

func (a *app) fmtCommand() *cobra.Command {
	var check, fill bool
	cmd := &cobra.Command{
		Use:   "fmt [FILE…]",
		Short: "整理源文件的写法 · bring sources into canonical form",
		Long: `统一键的顺序和名称，对齐表格，保留注释；数字和文字不变。不写文件名则整理全部文件。
--check 只列出需要整理的文件，有则退出码为 1；--fill 补写缺少的合计。

Bring keys into their order and spelling and align tables; comments stay and the
meaning never changes. Without files, all of content/. --check lists the files
that are not in canonical form and exits with 1; --fill writes missing totals.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := generator.Open(cmd.Context(), a.options())
			if err != nil {
				return exit{impossible, err}
			}
			names, err := a.sources(lib, args)
			if err != nil {
				return err
			}
			var found []diag.Diagnostic
			changed := 0
			for _, name := range names {
				did, ds, err := a.format(lib, name, check, fill)
				if err != nil {
					return exit{impossible, err}
				}
				found = append(found, ds...)
				if did {
					changed++
				}
			}
			if err := a.print(found, "text"); err != nil {
				return exit{impossible, err}
			}
			if diag.Errors(found) > 0 || check && changed > 0 {
				return exit{code: content}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "只检查，不改写 · list files, write nothing")
	cmd.Flags().BoolVar(&fill, "fill", false, "补写缺少的合计 · write missing totals")
	return cmd
}

// sources are the named files as the archive knows them, or all of them.
func (a *app) sources(lib *generator.Library, args []string) ([]string, error) {
	if len(args) == 0 {
		return lib.Sources, nil
	}
	var names []string
	for _, arg := range args {
		name, err := a.inArchive(arg)
		if err != nil {
			return nil, exit{usage, err}
		}
		before := len(names)
		for _, s := range lib.Sources {
			if s == name || strings.HasPrefix(s, name+"/") {
				names = append(names, s)
			}
		}
		if len(names) == before {
			return nil, exit{usage, fmt.Errorf(a.say("%s 不是 content/ 中的源文件", "%s is no source in content/"), arg)}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// inArchive turns a path as the shell gives it into one below the archive's folder.
func (a *app) inArchive(arg string) (string, error) {
	if _, err := os.Lstat(filepath.Join(a.dir, arg)); err == nil && !filepath.IsAbs(arg) {
		return filepath.ToSlash(filepath.Clean(arg)), nil
	}
	dir, err := filepath.Abs(a.dir)
	if err != nil {
		return "", err
	}
	path, err := filepath.Abs(arg)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(dir, path)
	return filepath.ToSlash(rel), err
}

// format formats one file, and tells whether it was not in canonical form.
func (a *app) format(lib *generator.Library, name string, check, fill bool) (bool, []diag.Diagnostic, error) {
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
	byFile := format.Fixes(list)
	for name, fixes := range byFile {
		data, _ := files.Read(folder, name, files.MaxText)
		if data == nil {
			continue // it is told of already
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
