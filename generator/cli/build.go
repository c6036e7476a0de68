package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
)

func (a *app) buildCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "检查并生成网站 · check and write the site",
		Long: `检查 content/，没有错误时把网站写入 public/。有错误时不写任何文件，退出码为 1
（site.yaml 中 on_error: mark 时，带错误的报告照登并在页面上注明）。

Check content/ and write the site into public/. With errors nothing is written
and the exit status is 1, unless site.yaml says on_error: mark.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.oneOf("--format", format, "text", "json"); err != nil {
				return err
			}
			opt := a.options()
			meter := a.meter(&opt)
			res, err := generator.Build(cmd.Context(), opt)
			meter.end()
			if err != nil {
				return exit{impossible, err}
			}
			if err := a.print(res.Diagnostics, format); err != nil {
				return exit{impossible, err}
			}
			if format == "text" {
				a.summary(res)
				a.written(res, meter)
			}
			return a.verdict(res)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "输出格式 text | json · output format")
	return cmd
}

// written says in one line what was done.
func (a *app) written(res *generator.Result, w *meter) {
	if a.quiet {
		return
	}
	if !res.Published {
		fmt.Fprintln(a.Err, a.say("没有写入任何文件", "nothing was written"))
		return
	}
	o := res.Output
	fmt.Fprintf(a.Err, a.say("页面和文件：写入 %d，未变 %d，删除 %d；用时 %.2f 秒\n", "files: %d written, %d unchanged, %d removed; %.2f s\n"),
		o.Written, o.Unchanged, o.Removed, time.Since(w.began).Seconds())
	for _, name := range o.Left {
		fmt.Fprintf(a.Err, a.say("%s 被手工改过，未删除\n", "%s was changed by hand and is left\n"), name)
	}
}
