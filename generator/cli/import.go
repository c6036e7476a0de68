package cli

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/importer"
)

func (a *app) importCommand() *cobra.Command {
	b := importer.Batch{}
	var trace bool
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
				if err := a.imported(o, trace); err != nil {
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
			return a.imports(outcomes)
		},
	}
	cmd.Flags().StringVar(&b.Agency, "agency", "", a.say("flag.import-agency"))
	cmd.Flags().IntVar(&b.Year, "year", 0, a.say("flag.import-year"))
	cmd.Flags().BoolVar(&b.Force, "force", false, a.say("flag.force"))
	cmd.Flags().BoolVar(&trace, "report", false, a.say("flag.trace"))
	return cmd
}

// imported prints the result of importing a document.
func (a *app) imported(o importer.Outcome, trace bool) error {
	if r := o.Result; r != nil {
		a.note("import.read", diag.Visible(o.Document), r.Agency.Name, r.Year, r.Form.ID, diag.Visible(r.Title), r.Published, r.Cells)
	}
	if o.File != "" {
		fmt.Fprintln(a.Out, o.File)
	}
	if trace && o.Result != nil {
		if err := o.Result.WriteTrace(a.Out, a.tag); err != nil {
			return err
		}
	}
	// Places are in the document, which need not be text: no excerpt.
	p := diag.Text{Out: a.Out, Lang: a.tag, Color: a.color()}
	diag.Sort(o.Diags)
	return p.Print(o.Diags)
}

// imports prints a summary. The error has the exit status for the documents.
func (a *app) imports(outcomes []importer.Outcome) error {
	written, errors, warnings := 0, 0, 0
	for _, o := range outcomes {
		if o.File != "" {
			written++
		}
		e, w := diag.Count(o.Diags)
		errors, warnings = errors+e, warnings+w
	}
	a.note("import.summary", len(outcomes), written, errors, warnings)
	if errors > 0 || written < len(outcomes) {
		return exit{code: content}
	}
	return nil
}
