package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"annals/generator/form"
	"annals/generator/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema site | agency | FORM",
		Short: "输出 JSON Schema，供编辑器提示 · print a JSON Schema for editors",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			var data []byte
			switch args[0] {
			case "site":
				data = schema.Site()
			case "agency":
				data = schema.Agency()
			default:
				forms, _ := form.Load(a.folder())
				f, ok := forms.Form(args[0])
				if !ok {
					return exit{usage, fmt.Errorf(a.say("没有版式 %s", "there is no form %s"), args[0])}
				}
				data = schema.Report(f, a.tag())
			}
			_, err := a.Out.Write(data)
			return err
		},
	}
}
