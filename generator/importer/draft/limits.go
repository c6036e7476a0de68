package draft

// The limits of a document. Genuine reports stay far below them. They keep what
// a crafted file can cost, however small it is, below 2 s of processor time and
// 256 MiB. Text is therefore counted each time it is used: a shared string of a
// workbook counts once for every cell that shows it.
const (
	MaxFile     = 48 << 20  // bytes of a file
	MaxText     = 4 << 20   // bytes of a text, CSV or HTML file
	MaxEntries  = 2_000     // entries of a zip
	MaxInflated = 200 << 20 // bytes of all entries of a zip
	MaxPart     = 16 << 20  // bytes of all XML parts that are parsed
	MaxWords    = 6 << 20   // bytes of text
	MaxCells    = 40_000    // cells that are not empty
	MaxBlanks   = 120_000   // empty cells
	MaxTags     = 200_000   // tags of a page, and attributes of tags
	MaxTitles   = 8         // titles and dates of publication that are kept
	MaxDepth    = 256       // nesting of XML elements
	MaxBlocks   = 10_000    // paragraphs and grids
	MaxRows     = 2_000     // rows of a grid
	MaxColumns  = 64        // cells of a row
	MaxCell     = 4_096     // bytes of a cell
	MaxSpan     = 1_000     // rows or columns that a cell may claim to cover
)
