package cli

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/release"
)

func (a *app) releaseCommand() *cobra.Command {
	var date, sign, newKey string
	cmd := &cobra.Command{
		Use:   "release",
		Short: a.say("release"),
		Long:  a.say("release.more"),
		Args:  a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if newKey != "" {
				return a.newKey(cmd.Context(), newKey)
			}
			if !cmd.Flags().Changed("date") {
				date = time.Now().Format(time.DateOnly)
			} else if _, err := time.Parse(time.DateOnly, date); err != nil {
				return a.wrong("option.value", "date", date)
			}
			opt := a.options()
			var err error
			if opt.Signer, err = a.signer(sign); err != nil {
				return err
			}
			p := &generator.Publication{Date: date, Program: version()}
			meter := a.meter(&opt)
			res, err := generator.Release(cmd.Context(), opt, p)
			meter.end()
			var earlier generator.EarlierError
			if errors.As(err, &earlier) {
				return a.failed("release.earlier", date, release.Number(earlier.Last.Number), earlier.Last.Date)
			}
			if err != nil {
				return err
			}
			return a.report(res, func() {
				a.written(res, meter)
				if p.Number > 0 {
					a.note("release.done", release.Number(p.Number), p.Date, p.Lines)
				} else if res.Published {
					a.note("release.none")
				}
			})
		},
	}
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.format"))
	cmd.Flags().StringVar(&sign, "sign-command", "", a.say("flag.sign-command"))
	cmd.Flags().StringVar(&newKey, "new-key", "", a.say("flag.new-key"))
	cmd.Flags().StringVar(&date, "date", "", a.say("flag.date"))
	return cmd
}
