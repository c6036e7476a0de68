package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// commands lists the commands in the order of a day's work.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.buildCommand(),
		a.serveCommand(),
		a.checkCommand(),
		a.newCommand(),
		a.importCommand(),
		a.fmtCommand(),
		a.searchCommand(),
		a.explainCommand(),
		a.schemaCommand(),
		a.initCommand(),
		a.versionCommand(),
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "版本 · version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			version, revision := "(devel)", ""
			if info, ok := debug.ReadBuildInfo(); ok {
				if info.Main.Version != "" {
					version = info.Main.Version
				}
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = " " + s.Value
					}
				}
			}
			_, err := fmt.Fprintf(a.Out, "annals %s%s\n", version, revision)
			return err
		},
	}
}
