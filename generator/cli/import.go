package cli

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/importer"
	"annals/generator/importer/account"
)

func (a *app) importCommand() *cobra.Command {
	b := importer.Batch{}
	var whole bool
	cmd := &cobra.Command{
		Use:   "import FILE… [--agency PATH] [--year YEAR]",
		Short: a.say("import"),
		Long:  a.say("import.more"),
		Args:  a.args(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := generator.Open(cmd.Context(), a.options())
			if err != nil {
				return err
			}
			b.Root, b.Paths = a.dir, args
			b.Agencies, b.Forms = importer.Known(lib.Agencies), lib.Forms
			b.Publish = lib.Publish()
			var failed error
			b.Done = func(o importer.Outcome) {
				if err := a.imported(o, whole); err != nil {
					failed = err
				}
			}
			outcomes, err := b.Run(cmd.Context())
			if err == nil {
				err = failed
			}
			if err != nil {
				return err
			}
			return a.imports(outcomes, whole)
		},
	}
	cmd.Flags().StringVar(&b.Agency, "agency", "", a.say("flag.import-agency"))
	cmd.Flags().IntVar(&b.Year, "year", 0, a.say("flag.import-year"))
	cmd.Flags().BoolVar(&b.Force, "force", false, a.say("flag.force"))
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.format"))
	cmd.Flags().BoolVar(&whole, "report", false, a.say("flag.trace"))
	return cmd
}

// imported prints the result of importing a document.
func (a *app) imported(o importer.Outcome, whole bool) error {
	diag.Sort(o.Diags)
	if a.format == "json" {
		return account.JSON(a.Out, o, whole, a.tag)
	}
	if r := o.Result; r != nil {
		a.note("import.read", diag.Visible(o.Document), r.Agency.Name, r.Year, r.Form.ID, diag.Visible(r.Title), r.Published, r.Cells)
	}
	if o.File != "" {
		fmt.Fprintln(a.Out, o.File)
	}
	if whole {
		if err := account.Text(a.Out, o, a.Columns, a.tag); err != nil {
			return err
		}
		if o.File != "" {
			a.note("import.page", account.Address(o.Result.Agency.Path, o.Result.Year))
		}
	}
	// Places are in the document, which need not be text: no excerpt.
	p := diag.Text{Out: a.Out, Lang: a.tag, Color: a.color(), Terminal: a.OutIsTerminal, Verbose: a.verbose}
	return p.Print(o.Diags)
}

// imports prints a summary. The error has the exit status for the documents.
func (a *app) imports(outcomes []importer.Outcome, whole bool) error {
	written, errors, warnings := 0, 0, 0
	for _, o := range outcomes {
		if o.File != "" {
			written++
		}
		e, w := diag.Count(o.Diags)
		errors, warnings = errors+e, warnings+w
	}
	if a.format == "text" {
		if whole && len(outcomes) > 1 {
			if err := account.Summary(a.Out, outcomes, a.Columns, a.tag); err != nil {
				return err
			}
		}
		a.note("import.summary", len(outcomes), written, errors, warnings)
	}
	if errors > 0 || written < len(outcomes) {
		return exit{code: content}
	}
	return nil
}
