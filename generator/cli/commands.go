package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"annals/generator/diag"
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
		a.releaseCommand(),
		a.diffCommand(),
		a.verifyCommand(),
		a.deployCommand(),
		a.explainCommand(),
		a.schemaCommand(),
		a.initCommand(),
		a.versionCommand(),
		a.completionCommand(),
	}
}

// commands lists a command and all below it.
func commands(c *cobra.Command, list []*cobra.Command) []*cobra.Command {
	list = append(list, c)
	for _, sub := range c.Commands() {
		list = commands(sub, list)
	}
	return list
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: a.say("version"),
		Args:  a.args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.Out, version())
			return err
		},
	}
}

// version names the program, its version and what it was built from.
func version() string {
	name := "annals " + diag.Version
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				name += " " + s.Value
			}
		}
	}
	return name
}
