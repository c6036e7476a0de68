package yamlpos

import (
	"annals/generator/diag"
	"annals/generator/source"
)

// The limits of a text. Real front matter has 5 levels and 400 values.
const (
	MaxDepth = 32
	MaxNodes = 100_000
)

// Parse reads text, which begins at line firstLine of the file. The root is
// a Map; an empty text is an empty one. Where the text has faults, the
// diagnostics name as many of them as can be told apart, and the root holds
// what could still be read.
func Parse(file, text string, firstLine int) (*Node, []diag.Diagnostic) {
	if root, ok := scan(text, firstLine); ok {
		return root, nil
	}
	return parseLibrary(file, text, firstLine)
}

// emptyMap is the root of a text without values.
func emptyMap(firstLine int) *Node {
	return &Node{Kind: Map, Span: source.At(firstLine, 1)}
}
