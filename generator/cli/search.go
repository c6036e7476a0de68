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
	"annals/generator/sitemap"
)

func (a *app) searchCommand() *cobra.Command {
	var f search.Filters
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: a.say("search"),
		Args:  a.args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := a.oneOf("--sort", f.Sort, search.Relevance, search.ByYear, search.ByName); err != nil {
				return err
			}
			site, err := files.Dir(a.options().Out)
			var res *search.Result
			if err == nil {
				res, err = search.Query(site, args[0], f)
			}
			var path *fs.PathError
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return a.failed("search.no-index", a.options().Out)
			case errors.As(err, &path):
				return err
			case err != nil:
				return a.failed("search.damaged")
			}
			if a.format == "json" {
				enc := json.NewEncoder(a.Out)
				enc.SetEscapeHTML(false)
				return enc.Encode(res)
			}
			for _, x := range res.Agencies {
				path := sitemap.Of(sitemap.Agency).Path.File(sitemap.At{Agency: x.Path})
				fmt.Fprintf(a.Out, "%s\t%s\n", sitemap.Address(path), diag.Visible(x.Name))
			}
			for _, x := range res.Reports {
				fmt.Fprintf(a.Out, "%s\t%s\t%s\n", x.URL, joined(x.Title), joined(x.Snippet))
			}
			a.note("search.reports", res.Total)
			return nil
		},
	}
	cmd.Flags().IntVar(&f.Year, "year", 0, a.say("flag.search-year"))
	cmd.Flags().StringVar(&f.Agency, "agency", "", a.say("flag.search-agency"))
	cmd.Flags().StringVar(&f.Kind, "kind", "", a.say("flag.search-kind"))
	cmd.Flags().StringVar(&f.Sort, "sort", search.Relevance, a.say("flag.sort"))
	cmd.Flags().IntVar(&f.Limit, "limit", 20, a.say("flag.limit"))
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.format"))
	return cmd
}

// joined returns a text with its hits in brackets.
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
