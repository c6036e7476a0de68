package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/diag"
	"annals/generator/release"
)

func (a *app) diffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff A [B]",
		Short: a.say("diff"),
		Long:  a.say("diff.more"),
		Args:  a.args(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var numbers [2]int
			for i, arg := range args {
				n, err := strconv.Atoi(arg)
				if err != nil || n < 1 {
					return a.wrong("diff.number", arg)
				}
				numbers[i] = n
			}
			list, err := generator.Diff(cmd.Context(), a.options(), numbers[0], numbers[1])
			var unknown generator.NoReleaseError
			if errors.As(err, &unknown) {
				return a.wrong("release.unknown", release.Number(unknown.Number), release.Number(unknown.Last))
			}
			if err != nil {
				return err
			}
			return a.printDifferences(list)
		},
	}
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.format"))
	return cmd
}

// Messages for what a difference is, and for whose correction accounts for it.
var (
	differenceKinds = map[string]string{"new": "diff.new", "changed": "diff.changed", "withdrawn": "diff.withdrawn"}
	whoseCorrection = map[string]string{"agency": "diff.agency", "archive": "diff.archive"}
)

// printDifferences prints one line for each.
func (a *app) printDifferences(list []generator.Difference) error {
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	for _, d := range list {
		if a.format == "json" {
			if err := enc.Encode(d); err != nil {
				return err
			}
			continue
		}
		line := fmt.Sprintf("%s %d: %s", d.Agency, d.Year, a.say(differenceKinds[d.What]))
		switch {
		case d.Cell != "":
			line += " " + d.Cell + " " + cmp.Or(d.Was, release.Blank) + " → " + cmp.Or(d.Is, release.Blank)
		case d.What == "changed":
			line += " " + a.say("diff.text")
		}
		if d.By != "" {
			line += " (" + a.say(whoseCorrection[d.By]) + ")"
		}
		if d.Note != "" {
			line += " " + d.Note
		}
		if _, err := fmt.Fprintln(a.Out, diag.Visible(line)); err != nil {
			return err
		}
	}
	return nil
}
