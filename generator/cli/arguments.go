package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"annals/generator/yamlpos"
)

// args checks the number of arguments. An argument of a command that only has
// commands below it is reported as an unknown command.
func (a *app) args(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return a.wrong("arguments.few", c.UseLine())
		case len(args) > most && c.HasSubCommands():
			return a.noCommand(c, args[most])
		case len(args) > most:
			return a.wrong("arguments.many", args[most], c.UseLine())
		}
		return nil
	}
}

// noCommand returns the error for an unknown command below c.
func (a *app) noCommand(c *cobra.Command, name string) error {
	var known []string
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			known = append(known, sub.Name())
		}
	}
	if like, ok := yamlpos.Suggest(name, known); ok {
		return a.wrong("command.suggest", name, like)
	}
	return a.wrong("command.unknown", name)
}

// flagError returns the error for a wrong flag. If an unknown command precedes
// it, that is the error, because the flag may belong to the command that was meant.
func (a *app) flagError(c *cobra.Command, err error) error {
	if c.HasSubCommands() && c.Flags().NArg() > 0 {
		return a.noCommand(c, c.Flags().Arg(0))
	}
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return a.noFlag(c, unknown)
	case errors.As(err, &bare):
		return a.wrong("option.no-value", bare.GetFlag().Name)
	case errors.As(err, &invalid):
		return a.wrong("option.value", invalid.GetFlag().Name, invalid.GetValue())
	case errors.As(err, &syntax):
		return a.wrong("option.syntax", syntax.GetSpecifiedFlag())
	}
	return exit{usage, err}
}

// noFlag returns the error for an unknown flag. The suggestion also covers a long
// flag that was written with a single dash, such as -lang.
func (a *app) noFlag(c *cobra.Command, err *pflag.NotExistError) error {
	word, written := err.GetSpecifiedName(), "--"+err.GetSpecifiedName()
	if short := err.GetSpecifiedShortnames(); short != "" {
		word, written = short, "-"+short
	}
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			known = append(known, f.Name)
		}
	})
	if like, ok := yamlpos.Suggest(word, known); ok {
		return a.wrong("option.suggest", written, like)
	}
	return a.wrong("option.unknown", written)
}
