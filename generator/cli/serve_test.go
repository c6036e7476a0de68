package cli

import "testing"

func TestIgnore(t *testing.T) {
	for out, cases := range map[string]map[string]bool{
		"": {
			"public": true, "public/index.html": false, ".git": true, ".annals": true, "node_modules": true,
			"content": false, "content/site.yaml": false, "content/agencies/a/2024.md": false, "content/agencies/public": false,
			"content/agencies/a/.2024.md.swp": true, "content/agencies/a/2024.md~": true, "content/agencies/a/2024.bak": true,
			"content/agencies/a/2024/~$scan.docx": true, "layouts/report.html": false,
		},
		"archive/build/site": {"build": false, "build/site": true, "build/other": false, "public": false},
	} {
		e := &editing{app: &app{dir: "archive", out: out}}
		for path, want := range cases {
			if got := e.ignore(path, false); got != want {
				t.Errorf("--out %q: %s is ignored: %t", out, path, got)
			}
		}
	}
}
