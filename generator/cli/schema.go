package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"annals/generator/form"
	"annals/generator/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema site|agency|FORM",
		Short: a.say("schema"),
		Args:  a.args(1, 1),
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
					known := []string{"site", "agency"}
					for _, f := range forms.Forms() {
						known = append(known, f.ID)
					}
					return a.wrong("schema.unknown", args[0], strings.Join(known, ", "))
				}
				data = schema.Report(f, a.tag)
			}
			_, err := a.Out.Write(data)
			return err
		},
	}
}
