// Package annotate prints diagnostics for the tools of others: SARIF 2.1.0 for
// code scanning, the workflow commands of GitHub Actions, and the Code Quality
// reports of GitLab.
//
// The rules are:
//
//   - A file is named relative to the folder in which the program runs, because
//     that is the root of the repository in a pipeline.
//   - Lines and columns are those of package source: columns count code points.
//   - The fingerprint of a finding does not depend on its line, its language or
//     the findings beside it: a tool knows it again when text above it changes.
//   - What these tools leave out is said, not left to be noticed: GitHub shows ten
//     annotations of a kind for a step, and code scanning takes 25,000 results.
package annotate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"

	"annals/generator/diag"
	"annals/generator/explain"
	"annals/generator/lang"
)

// Printer prints the diagnostics of a run.
type Printer struct {
	Rules   []explain.Rule // that the diagnostics may be of
	Version string         // of the program
	Folder  string         // of the archive, from the root of the repository, with forward slashes
	Lang    lang.Tag
}

// file returns the path of a file of the archive from the root of the repository.
// A finding about no file is one about the content.
func (p Printer) file(name string) string {
	if name == "" {
		name = "content"
	}
	return path.Join(p.Folder, name)
}

// fingerprints returns a text for each finding that stays the same while the
// finding does. Of two that are alike the second has another one.
func fingerprints(list []diag.Diagnostic) []string {
	seen := map[string]int{}
	out := make([]string, len(list))
	for i, d := range list {
		same := d.Rule + "\x00" + d.Place.File + "\x00" + d.Cell + "\x00" + d.Message.ZH
		seen[same]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", same, seen[same]))
		out[i] = hex.EncodeToString(sum[:16])
	}
	return out
}
