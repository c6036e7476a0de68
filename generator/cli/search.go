package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"annals/generator/diag"
	"annals/generator/files"
	"annals/generator/search"
)

func (a *app) searchCommand() *cobra.Command {
	var f search.Filters
	var format string
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "在已生成的网站中搜索 · search the built site",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			if err := a.oneOf("--sort", f.Sort, search.Relevance, search.ByYear, search.ByName); err != nil {
				return err
			}
			site, err := files.Dir(a.options().Out)
			var res *search.Result
			if err == nil {
				res, err = search.Query(site, args[0], f)
			}
			if errors.Is(err, fs.ErrNotExist) {
				err = fmt.Errorf(a.say("没有搜索索引，请先运行 annals build（%w）", "there is no search index; run annals build first (%w)"), err)
			}
			if err != nil {
				return exit{impossible, err}
			}
			if format == "json" {
				enc := json.NewEncoder(a.Out)
				enc.SetEscapeHTML(false)
				return enc.Encode(res)
			}
			for _, x := range res.Agencies {
				fmt.Fprintf(a.Out, "agencies/%s/\t%s\n", x.Path, diag.Visible(x.Name))
			}
			for _, x := range res.Reports {
				fmt.Fprintf(a.Out, "%s\t%s\t%s\n", x.URL, joined(x.Title), joined(x.Snippet))
			}
			if !a.quiet {
				fmt.Fprintf(a.Err, a.say("%d 份报告\n", "%d reports\n"), res.Total)
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&f.Year, "year", 0, "只看某年 · one year only")
	cmd.Flags().StringVar(&f.Agency, "agency", "", "只看某机构及其下级 · an agency and those below it")
	cmd.Flags().StringVar(&f.Kind, "kind", "", "只看某类机构 · one kind of agency")
	cmd.Flags().StringVar(&f.Sort, "sort", search.Relevance, "排序 relevance | year | name · order")
	cmd.Flags().IntVar(&f.Limit, "limit", 20, "最多几份，0 为全部 · at most, 0 for all")
	cmd.Flags().StringVar(&format, "format", "text", "输出格式 text | json · output format")
	return cmd
}

// joined shows marked text with its hits in brackets.
func joined(spans []search.Span) string {
	s := ""
	for _, x := range spans {
		if x.Hit {
			s += "[" + diag.Visible(x.Text) + "]"
		} else {
			s += diag.Visible(x.Text)
		}
	}
	return s
}
