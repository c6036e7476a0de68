package cli

import (
	"fmt"
	"path/filepath"

	"annals/generator/annotate"
	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/form"
)

// annotate prints diagnostics for the tools of others. Their files are named from
// the folder in which the program runs.
func (a *app) annotate(list []diag.Diagnostic) error {
	forms, _ := form.Load(a.folder())
	p := annotate.Printer{Rules: explain.Rules(forms), Version: diag.Version, Lang: a.tag}
	here, err1 := filepath.Abs(".")
	dir, err2 := filepath.Abs(a.dir)
	if rel, err := filepath.Rel(here, dir); err1 == nil && err2 == nil && err == nil && filepath.IsLocal(rel) {
		p.Folder = filepath.ToSlash(rel)
	}
	switch a.format {
	case "sarif":
		return p.SARIF(a.Out, list, func(n int) string { return a.say("annotate.omitted", n) }, a.say("annotate.fix"))
	case "gitlab":
		return p.GitLab(a.Out, list)
	}
	hidden, err := p.GitHub(a.Out, list)
	if hidden > 0 {
		fmt.Fprintln(a.Err, a.say("annotate.hidden", hidden))
	}
	return err
}
