package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/explain"
	"annals/generator/form"
	"annals/generator/yamlpos"
)

func (a *app) explainCommand() *cobra.Command {
	var text string
	cmd := &cobra.Command{
		Use:   "explain [RULE]",
		Short: a.say("explain"),
		Long:  a.say("explain.more"),
		Args:  a.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if text != "" {
				return a.explainText(cmd.Context(), text, args)
			}
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
	cmd.Flags().StringVar(&text, "text", "", a.say("flag.text"))
	return cmd
}

// explainText shows what is seen in the prose of a report.
func (a *app) explainText(ctx context.Context, file string, args []string) error {
	if len(args) > 0 {
		return a.wrong("explain.text-rule", args[0])
	}
	lib, err := generator.Open(ctx, a.options())
	if err != nil {
		return err
	}
	name, err := a.inArchive(file)
	if err != nil {
		return err
	}
	ok, err := lib.ShowText(a.Out, name, a.tag)
	if err == nil && !ok {
		return a.wrong("explain.text", file)
	}
	return err
}
