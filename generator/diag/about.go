package diag

// Private reports whether the findings of such rules are published only where
// the settings name the rule: what a report says, and how likely it is, is for
// the agency to judge.
func (a About) Private() bool {
	return a == AboutText || a == AboutCopies || a == AboutPrivacy || a == AboutPlausibility
}
