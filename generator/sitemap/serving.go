package sitemap

import (
	"path"
	"regexp"
	"strings"
)

// hashed matches the files whose name, or the name of whose folder, has the hash of
// their bytes: other bytes have another name.
var hashed = regexp.MustCompile(`^(assets/[^/]+\.[0-9a-f]{10}\.[a-z0-9]+|search/[a-z]/[a-z2-7]{8}/[^/]+)$`)

// Hashed reports whether a file never changes, because its name has its hash.
func Hashed(name string) bool { return hashed.MatchString(name) }

// IsPage reports whether a file is a page that the program made. Other HTML is an
// original that was published with a report.
func IsPage(name string) bool {
	return path.Base(name) == IndexFile || name == NotFound.Path()
}

// types are the content types of a site's files. The system's own table is not used,
// because it differs from machine to machine.
var types = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".mjs":         "text/javascript; charset=utf-8",
	".json":        "application/json",
	".map":         "application/json",
	".jsonl":       "application/jsonl",
	".webmanifest": "application/manifest+json",
	".csv":         "text/csv; charset=utf-8",
	".txt":         "text/plain; charset=utf-8",
	".md":          "text/markdown; charset=utf-8",
	".xml":         "application/xml",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".jpg":         "image/jpeg",
	".jpeg":        "image/jpeg",
	".gif":         "image/gif",
	".webp":        "image/webp",
	".avif":        "image/avif",
	".ico":         "image/x-icon",
	".woff2":       "font/woff2",
	".wasm":        "application/wasm",
	".pdf":         "application/pdf",
	".ofd":         "application/ofd",
	".zip":         "application/zip",
	".gz":          "application/gzip",
	".xlsx":        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".docx":        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

// ContentType returns the content type with which a file of the site is served.
func ContentType(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
