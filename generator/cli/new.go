package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/scaffold"
)

func (a *app) newCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "新建机构或报告 · make an agency or a report",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.newAgency(), a.newReport())
	return cmd
}

func (a *app) newAgency() *cobra.Command {
	var x scaffold.Agency
	var kind string
	cmd := &cobra.Command{
		Use:   "agency PATH --name NAME --kind KIND",
		Short: "新建机构 · make an agency",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			x.Path, x.Kind = args[0], archive.Kind(kind)
			if above := path.Dir(x.Path); above != "." {
				if _, err := fs.Stat(a.folder(), path.Join("content/agencies", above, "_index.md")); err != nil {
					return exit{usage, fmt.Errorf(a.say("上级 %s 还没有 _index.md；先用 annals new agency %s 新建", "%s above it has no _index.md yet; make it with annals new agency %s"), above, above)}
				}
			}
			f, found := scaffold.NewAgency(x)
			next := a.say("接着：annals new report "+x.Path+" 年份", "next: annals new report "+x.Path+" YEAR")
			if x.Kind == archive.Region {
				next = a.say("接着：annals new agency "+x.Path+"/… 建它下面的机构", "next: annals new agency "+x.Path+"/… for an agency in it")
			}
			return a.make(f, found, next)
		},
	}
	cmd.Flags().StringVar(&x.Name, "name", "", "机构名称 · name")
	cmd.Flags().StringVar(&kind, "kind", string(archive.Department), "类别 region | government | department | township | institution · kind")
	cmd.Flags().StringVar(&x.Short, "short", "", "简称 · short name")
	return cmd
}

func (a *app) newReport() *cobra.Command {
	return &cobra.Command{
		Use:   "report PATH YEAR",
		Short: "新建报告 · make a report",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			year, err := strconv.Atoi(args[1])
			if err != nil || len(args[1]) != 4 {
				return exit{usage, fmt.Errorf(a.say("%s 不是年份", "%s is not a year"), args[1])}
			}
			lib, err := generator.Open(cmd.Context(), a.options())
			if err != nil {
				return exit{impossible, err}
			}
			agency := lib.Agency(args[0])
			if agency == nil {
				return exit{usage, fmt.Errorf(a.say("没有机构 %s；先用 annals new agency 新建", "there is no agency %s; make it with annals new agency"), args[0])}
			}
			f, filled, found := scaffold.NewReport(scaffold.Report{
				Agency: agency.Path, Year: year, Forms: lib.Forms, Previous: lib.Report(agency, year-1),
			})
			next := a.say("填写各行数字后运行 annals check；核对无误后删去 draft: true", "fill in the rows, run annals check, then delete draft: true")
			if filled > 0 {
				next = fmt.Sprintf(a.say("已按上年报告填入 %d 格；", "%d cells are filled in from last year's report; "), filled) + next
			}
			return a.make(f, found, next)
		},
	}
}

// make writes a new file and says what to do next.
func (a *app) make(f scaffold.File, found []diag.Diagnostic, next string) error {
	if err := a.print(found, "text"); err != nil {
		return exit{impossible, err}
	}
	if diag.Errors(found) > 0 {
		return exit{code: content}
	}
	err := scaffold.Write(a.dir, []scaffold.File{f})
	if errors.Is(err, fs.ErrExist) {
		return exit{usage, fmt.Errorf(a.say("%s 已经存在", "%s exists already"), f.Path)}
	}
	if err != nil {
		return exit{impossible, err}
	}
	fmt.Fprintln(a.Out, filepath.ToSlash(filepath.Join(a.dir, filepath.FromSlash(f.Path))))
	if !a.quiet {
		fmt.Fprintln(a.Err, next)
	}
	return nil
}

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "新建档案 · make a new archive",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if entries, err := os.ReadDir(args[0]); err == nil && hasContent(entries) {
				return exit{usage, fmt.Errorf(a.say("%s 中已有 content/", "%s holds a content/ already"), args[0])}
			}
			err := scaffold.Write(args[0], scaffold.Init())
			if errors.Is(err, fs.ErrExist) {
				return exit{usage, err}
			}
			if err != nil {
				return exit{impossible, err}
			}
			if !a.quiet {
				fmt.Fprintf(a.Err, a.say("档案已建在 %s。接着：\n  cd %s\n  annals check\n  annals build\n", "the archive is in %s. Next:\n  cd %s\n  annals check\n  annals build\n"), args[0], args[0])
			}
			return nil
		},
	}
}

func hasContent(entries []fs.DirEntry) bool {
	for _, e := range entries {
		if e.Name() == "content" {
			return true
		}
	}
	return false
}
