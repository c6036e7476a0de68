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
		Short: "说明一条规则 · explain a rule",
		Long: `说明一条规则的公式、依据，并举一例；不写规则名则列出全部规则。

Print a rule's formula, its legal basis and an example; without a rule, list all.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			forms, _ := form.Load(a.folder())
			rules := explain.Rules(forms)
			var ids []string
			for _, r := range rules {
				ids = append(ids, r.ID)
				if len(args) == 0 {
					fmt.Fprintf(a.Out, "%-20s %s\n", r.ID, r.Title.In(a.tag()))
				} else if r.ID == args[0] {
					return explain.Write(a.Out, r, a.tag())
				}
			}
			if len(args) == 0 {
				return nil
			}
			if like, ok := yamlpos.Suggest(args[0], ids); ok {
				return exit{usage, fmt.Errorf(a.say("没有规则 %s，是不是 %s？", "there is no rule %s; did you mean %s?"), args[0], like)}
			}
			return exit{usage, fmt.Errorf(a.say("没有规则 %s；annals explain 列出全部", "there is no rule %s; annals explain lists all"), args[0])}
		},
	}
}
