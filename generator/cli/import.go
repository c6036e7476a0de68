package cli

import (
	"fmt"

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
		Short: "导入 Word、网页、表格或文本 · import Word, web, spreadsheet or text files",
		Long: `把公布的报告（.docx .html .txt .md .xlsx .csv，或整个文件夹）变成源文件。原件作为附件保留。
不猜测任何数字：放不进版式的，一律指出它在原件中的位置。--report 列出原文与单元格的对照表。
已有的报告不会覆盖；--force 覆盖时旧文件留作 .bak。

Turn published reports (.docx .html .txt .md .xlsx .csv, or a folder of them) into
sources. The original is kept as an attachment. No number is guessed: what cannot
be placed is told with its place in the original. --report prints source text → cell.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := generator.Open(cmd.Context(), a.options())
			if err != nil {
				return exit{impossible, err}
			}
			b.Root, b.Paths = a.dir, args
			b.Agencies, b.Forms = importer.Known(lib.Agencies), lib.Forms
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
				return exit{impossible, err}
			}
			return a.imports(outcomes)
		},
	}
	cmd.Flags().StringVar(&b.Agency, "agency", "", "机构目录 · the agency's folder below content/agencies")
	cmd.Flags().IntVar(&b.Year, "year", 0, "报告年度 · the report's year")
	cmd.Flags().BoolVar(&b.Force, "force", false, "覆盖已有的报告 · replace a report that is there")
	cmd.Flags().BoolVar(&trace, "report", false, "列出原文与单元格的对照表 · print source text → cell")
	return cmd
}

// imported says what became of a document.
func (a *app) imported(o importer.Outcome, trace bool) error {
	if r := o.Result; r != nil && !a.quiet {
		fmt.Fprintf(a.Err, a.say("%s：%s，%d 年，版式 %s，%s，%s，%d 格\n", "%s: %s, %d, form %s, %s, %s, %d cells\n"), diag.Visible(o.Document),
			r.Agency.Name, r.Year, r.Form.ID, diag.Visible(r.Title), r.Published, r.Cells)
	}
	if o.File != "" {
		fmt.Fprintln(a.Out, o.File)
	}
	if trace && o.Result != nil {
		if err := o.Result.WriteTrace(a.Out, a.tag()); err != nil {
			return err
		}
	}
	// Places are in the document, which need not be text: no excerpt.
	p := diag.Text{Out: a.Out, Lang: a.tag(), Color: a.color()}
	diag.Sort(o.Diags)
	return p.Print(o.Diags)
}

// imports sums up, and gives the exit status that the documents call for.
func (a *app) imports(outcomes []importer.Outcome) error {
	written, errors, warnings := 0, 0, 0
	for _, o := range outcomes {
		if o.File != "" {
			written++
		}
		n := diag.Errors(o.Diags)
		errors += n
		warnings += len(o.Diags) - n
	}
	if !a.quiet {
		fmt.Fprintf(a.Err, a.say("%d 个文件，写出 %d 份报告：%d 个错误，%d 个提醒。接着：annals check\n", "%d documents, %d reports written: %d errors, %d warnings. Next: annals check\n"),
			len(outcomes), written, errors, warnings)
	}
	if errors > 0 || written < len(outcomes) {
		return exit{code: content}
	}
	return nil
}
