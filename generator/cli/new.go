package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/keys"
	"annals/generator/scaffold"
)

func (a *app) newCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new COMMAND",
		Short: a.say("new"),
		Args:  a.args(0, 0),
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
		Short: a.say("new.agency"),
		Args:  a.args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			x.Path, x.Kind = args[0], archive.Kind(kind)
			if above := path.Dir(x.Path); above != "." {
				if _, err := fs.Stat(a.folder(), path.Join("content/agencies", above, "_index.md")); err != nil {
					return a.wrong("new.no-parent", above)
				}
			}
			f, found := scaffold.NewAgency(x)
			next := a.say("new.next-report", x.Path)
			if x.Kind == archive.Region {
				next = a.say("new.next-agency", x.Path)
			}
			return a.make(f, found, next)
		},
	}
	cmd.Flags().StringVar(&x.Name, "name", "", a.say("flag.name"))
	cmd.Flags().StringVar(&kind, "kind", string(archive.Department), a.say("flag.kind", strings.Join(keys.Kinds(), " | ")))
	cmd.Flags().StringVar(&x.Short, "short", "", a.say("flag.short"))
	return cmd
}

func (a *app) newReport() *cobra.Command {
	return &cobra.Command{
		Use:   "report PATH YEAR",
		Short: a.say("new.report"),
		Args:  a.args(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			year, err := strconv.Atoi(args[1])
			if err != nil || len(args[1]) != 4 {
				return a.wrong("new.no-year", args[1])
			}
			lib, err := generator.Open(cmd.Context(), a.options())
			if err != nil {
				return err
			}
			agency := lib.Agency(args[0])
			if agency == nil {
				return a.wrong("new.no-agency", args[0])
			}
			f, filled, found := scaffold.NewReport(scaffold.Report{
				Agency: agency.Path, Year: year, Forms: lib.Forms, Previous: lib.Report(agency, year-1),
			})
			next := a.say("new.next-check")
			if filled > 0 {
				next = a.say("new.filled", filled) + "\n" + next
			}
			return a.make(f, found, next)
		},
	}
}

// make writes a new file and prints what to do next.
func (a *app) make(f scaffold.File, found []diag.Diagnostic, next string) error {
	if err := a.print(found); err != nil {
		return err
	}
	if diag.Errors(found) > 0 {
		return exit{code: content}
	}
	err := scaffold.Write(a.dir, []scaffold.File{f})
	if errors.Is(err, fs.ErrExist) {
		return a.wrong("new.exists", f.Path)
	}
	if err != nil {
		return err
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
		Short: a.say("init"),
		Args:  a.args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if entries, err := os.ReadDir(args[0]); err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "content" }) {
				return a.wrong("init.there", args[0])
			}
			err := scaffold.Write(args[0], scaffold.Init())
			if errors.Is(err, fs.ErrExist) {
				return exit{usage, err}
			}
			if err != nil {
				return err
			}
			if filepath.Clean(args[0]) == "." {
				a.note("init.here")
			} else {
				a.note("init.done", args[0])
			}
			return nil
		},
	}
}
