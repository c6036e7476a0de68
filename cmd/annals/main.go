// Command annals builds checked, searchable archives of government disclosure
// reports from Markdown in git. "annals help" lists its commands; the package
// generator and generator/ARCHITECTURE.md tell how it works.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"annals/generator/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
