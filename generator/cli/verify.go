package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"annals/generator/beneath"
	"annals/generator/diag"
	"annals/generator/proof"
	"annals/generator/verify"
)

func (a *app) verifyCommand() *cobra.Command {
	var key, since string
	var sample int
	cmd := &cobra.Command{
		Use:   "verify DIR|URL",
		Short: a.say("verify"),
		Long:  a.say("verify.more"),
		Args:  a.args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt := verify.Options{Key: key, Sample: max(sample, 0), Workers: verifyWorkers}
			if since != "" {
				data, err := beneath.ReadFile(since)
				if err != nil {
					return err
				}
				opt.Since = data
			}
			site, err := a.site(args[0])
			if err != nil {
				return err
			}
			opt.Found = a.finding
			res, err := verify.Run(cmd.Context(), site, opt)
			switch {
			case errors.Is(err, proof.ErrKey):
				return a.wrong("verify.key", key)
			case errors.Is(err, verify.ErrSince):
				return a.wrong("verify.since", since)
			case errors.Is(err, verify.ErrNoProof):
				return a.failed("verify.none", args[0])
			case err != nil:
				return err
			}
			a.verified(res)
			if res.Findings > 0 {
				return exit{code: content}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&a.format, "format", "text", a.say("flag.format"))
	cmd.Flags().StringVar(&since, "since", "", a.say("flag.since"))
	cmd.Flags().StringVar(&key, "key", "", a.say("flag.key"))
	cmd.Flags().IntVar(&sample, "sample", 0, a.say("flag.sample"))
	return cmd
}

// verifyWorkers is how many agencies are looked at at a time: over a network most
// of the time is waiting.
const verifyWorkers = 8

func (a *app) site(name string) (verify.Site, error) {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		return verify.Dir(name)
	}
	site, err := verify.Web(name)
	if err != nil {
		return nil, a.wrong("verify.address", name)
	}
	return site, nil
}

// Messages for what was found, and the values that each has.
var verifyFindings = map[verify.What]string{
	verify.Missing: "verify.missing", verify.Malformed: "verify.malformed", verify.Signature: "verify.signature", verify.Tree: "verify.tree",
	verify.Origin: "verify.origin", verify.History: "verify.history", verify.Line: "verify.line", verify.Uncovered: "verify.uncovered",
	verify.Bytes: "verify.bytes", verify.Extra: "verify.extra", verify.Moved: "verify.moved", verify.Cell: "verify.cell",
	verify.Title: "verify.title", verify.Published: "verify.published", verify.Text: "verify.text", verify.Announced: "verify.announced",
	verify.Rewritten: "verify.rewritten", verify.Withdrawn: "verify.withdrawn", verify.Note: "verify.note", verify.Attached: "verify.attached",
}

// finding prints what differs: a line of its own.
func (a *app) finding(f verify.Finding) {
	if a.format == "json" {
		enc := json.NewEncoder(a.Out)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(f)
		return
	}
	words := strings.NewReplacer("{was}", quoted(f.Was), "{is}", quoted(f.Is), "{cell}", f.Cell)
	fmt.Fprintln(a.Out, diag.Visible(f.File+": "+words.Replace(a.say(verifyFindings[f.What]))))
}

// quoted is a value for a message: nothing is ∅.
func quoted(text string) string {
	if text == "" {
		return "∅"
	}
	return text
}

// verified says what was checked and what was not.
func (a *app) verified(res *verify.Result) {
	trust := map[proof.Trust]string{proof.Unsigned: "verify.unsigned", proof.Unknown: "verify.unknown", proof.Signed: "verify.signed"}
	if res.Root != (proof.Hash{}) {
		a.note("verify.checkpoint", res.Origin, res.Size, res.Root.String())
		a.note(trust[res.Trust])
	}
	if res.Since > 0 {
		a.note("verify.continues", res.Since)
	} else {
		a.note("verify.alone")
	}
	a.note("verify.checked", res.Agencies, res.Reports, res.Withdrawn, res.Files)
	if res.Sampled {
		a.note("verify.sampled")
	}
	for _, list := range []struct {
		key   string
		pages []string
	}{{"verify.unreleased", res.Unreleased}, {"verify.bare", res.Bare}, {"verify.left", res.Left}} {
		if n := len(list.pages); n > 0 {
			a.note(list.key, n, strings.Join(list.pages[:min(n, verifyNamed)], ", "))
		}
	}
	if !res.Sampled {
		a.note("verify.rest")
	}
	if res.Findings == 0 {
		a.note("verify.fine")
	} else {
		a.note("verify.differs", res.Findings)
	}
}

// verifyNamed is how many pages a note names.
const verifyNamed = 5
