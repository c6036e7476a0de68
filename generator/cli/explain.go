package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/yamlpos"
)

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: a.say("explain"),
		Long:  a.say("explain.more"),
		Args:  a.args(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			forms, _ := form.Load(a.folder())
			rules := explain.Rules(forms)
			var ids []string
			for _, r := range rules {
				ids = append(ids, r.ID)
				if len(args) == 0 {
					fmt.Fprintf(a.Out, "%-20s %s\n", r.ID, r.Title.In(a.tag))
				} else if r.ID == args[0] {
					return explain.Write(a.Out, r, a.tag)
				}
			}
			if len(args) == 0 {
				return nil
			}
			if like, ok := yamlpos.Suggest(args[0], ids); ok {
				return a.wrong("explain.suggest", args[0], like)
			}
			return a.wrong("explain.unknown", args[0])
		},
	}
}
