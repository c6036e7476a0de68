package generator

import (
	"slices"

	"annals/generator/baseline"
	"annals/generator/diag"
	"annals/generator/files"
)

// recognise marks the findings that stand in the archive's baseline, or, where one is
// being made, all that can. It returns the list.
func (b *Built) recognise(list []diag.Diagnostic) []diag.Diagnostic {
	taken := map[baseline.Entry]int{}
	file, text := "", []byte(nil)
	for i := range list {
		d := &list[i]
		rule, _ := diag.Lookup(d.Rule)
		if d.Severity == diag.Notice || d.Stops() || rule.Record || rule.About == diag.AboutPrivacy ||
			!b.opt.Baseline && !b.baseline.Has(d.Place.File) {
			continue
		}
		if d.Text == "" && file != d.Place.File {
			file = d.Place.File
			var ok bool
			if text, ok = b.reader.unsaved[file]; !ok {
				text, _ = files.Read(b.files, file, files.MaxText)
			}
		}
		d.Known = baseline.Hash(d, text)
		e := baseline.Of(d)
		if taken[e]++; !b.opt.Baseline && taken[e] > b.baseline.Count(e) {
			d.Known = ""
		}
	}
	return list
}

// capped sorts a list and leaves out what is too many of it, but of what is known:
// of that there is no more than the baseline names.
func capped(list []diag.Diagnostic) []diag.Diagnostic {
	fresh, known := apart(list)
	diag.Sort(fresh)
	return append(diag.Cap(fresh), known...)
}

// apart divides a list into the findings that are new and those that are known.
func apart(list []diag.Diagnostic) (fresh, known []diag.Diagnostic) {
	if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Known != "" }) {
		return list, nil
	}
	for _, d := range list {
		if d.Known == "" {
			fresh = append(fresh, d)
		} else {
			known = append(known, d)
		}
	}
	return fresh, known
}

// KnownCount returns how many findings stand in the baseline.
func (r *Result) KnownCount() (n int) {
	for _, count := range r.Known {
		n += count
	}
	return n
}

// setApart takes what is known out of a result, and adds what the baseline knows and
// nothing is found of any more.
func (b *Built) setApart(res *Result) {
	var known []diag.Diagnostic
	res.Diagnostics, known = apart(res.Diagnostics)
	res.Known = map[baseline.Entry]int{}
	for i := range known {
		res.Known[baseline.Of(&known[i])]++
	}
	if !b.opt.Baseline && !slices.Contains(b.outcomes, nil) {
		res.Diagnostics = append(res.Diagnostics, b.baseline.Unused(res.Known)...)
	}
}
