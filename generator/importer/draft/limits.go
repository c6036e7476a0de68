package draft

// What a document may hold. Genuine reports stay far below; the figures bound
// what a crafted file can cost.
const (
	MaxFile     = 48 << 20  // bytes of a file
	MaxText     = 4 << 20   // bytes of a text, CSV or HTML file
	MaxEntries  = 2_000     // entries of a zip
	MaxInflated = 200 << 20 // bytes of all entries of a zip
	MaxPart     = 16 << 20  // bytes of one XML part that is parsed
	MaxDepth    = 256       // nesting of XML elements
	MaxBlocks   = 10_000    // paragraphs and grids
	MaxRows     = 2_000     // rows of a grid with something in them
	MaxColumns  = 64        // cells of a row
	MaxCell     = 4_096     // bytes of a cell
	MaxSpan     = 1_000     // rows or columns that a cell may claim to cover
)
