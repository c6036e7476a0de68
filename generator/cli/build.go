package cli

import (
	"errors"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/release"
)

func (a *app) buildCommand() *cobra.Command {
	var deletions bool
	var asOf, sign string
	cmd := &cobra.Command{
		Use:   "build",
		Short: a.say("build"),
		Long:  a.say("build.more"),
		Args:  a.args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt := a.options()
			var err error
			if opt.Signer, err = a.signer(sign); err != nil {
				return err
			}
			opt.AllowRemovals = deletions
			if asOf != "" {
				n, err := strconv.Atoi(asOf)
				if err != nil {
					return a.wrong("option.value", "as-of", asOf)
				}
				opt.AsOf = &n
			}
			meter := a.meter(&opt)
			res, err := generator.Build(cmd.Context(), opt)
			meter.end()
			var unknown generator.NoReleaseError
			if errors.As(err, &unknown) {
				return a.wrong("release.unknown", asOf, release.Number(unknown.Last))
			}
			if err != nil {
				return err
			}
			return a.report(res, func() { a.written(res, meter) })
		},
	}
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.format"))
	cmd.Flags().StringVar(&sign, "sign-command", "", a.say("flag.sign-command"))
	cmd.Flags().StringVar(&asOf, "as-of", "", a.say("flag.as-of"))
	cmd.Flags().BoolVar(&deletions, "allow-deletions", false, a.say("flag.allow-deletions"))
	return cmd
}

// written prints a summary of the files written, the names of files that were
// left in the output folder, and with --verbose the parts of layouts that are slow.
func (a *app) written(res *generator.Result, w *meter) {
	if !res.Published {
		a.note("build.nothing")
		return
	}
	o := res.Output
	a.note("build.files", o.Written, o.Unchanged, o.Removed, time.Since(w.began).Seconds())
	for _, name := range o.Left {
		a.note("build.left", name)
	}
	if a.verbose {
		for _, s := range res.Slow {
			a.note("build.slow", s.Layout, s.Line, s.Action)
		}
	}
}
