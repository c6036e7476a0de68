package cli

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help prints the page of a command: what it does, how it is called, the
// commands below it and its flags.
func (a *app) help(c *cobra.Command, _ []string) {
	fmt.Fprintf(a.Out, "%s\n\n%s\n  %s\n", cmp.Or(c.Long, c.Short), a.say("help.usage"), c.UseLine())
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(a.Out, "\n%s\n", a.say("help.commands"))
		for _, sub := range c.Commands() {
			if !sub.Hidden {
				fmt.Fprintf(a.Out, "  %-10s %s\n", sub.Name(), sub.Short)
			}
		}
	}
	if !c.HasParent() {
		a.flags("help.common-flags", c.LocalFlags())
		fmt.Fprintf(a.Out, "\n%s\n", a.say("help.next"))
		return
	}
	a.flags("help.flags", c.LocalFlags())
	a.flags("help.common-flags", c.InheritedFlags())
}

func (a *app) flags(heading string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(a.Out, "\n%s\n", a.say(heading))
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, text := pflag.UnquoteUsage(f)
		switch f.DefValue {
		case "", "0", "false", "[]":
		default:
			text += a.say("help.default", f.DefValue)
		}
		fmt.Fprintf(a.Out, "  %-30s %s\n", "--"+f.Name+" "+value, text)
	})
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: a.say("help"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, rest, err := cmd.Root().Find(args)
			if len(rest) > 0 || err != nil {
				return a.noCommand(c, rest[0])
			}
			return c.Help()
		},
	}
}

// completionCommand is for shells; help does not list it.
func (a *app) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "completion SHELL",
		Short:  a.say("completion"),
		Hidden: true,
		Args:   a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.oneOf("completion", args[0], "bash", "zsh", "fish", "powershell"); err != nil {
				return err
			}
			switch root := cmd.Root(); args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.Out, true)
			case "zsh":
				return root.GenZshCompletion(a.Out)
			case "fish":
				return root.GenFishCompletion(a.Out, true)
			default:
				return root.GenPowerShellCompletionWithDesc(a.Out)
			}
		},
	}
}
