package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annals/generator/diag"
)

// TestAttachmentNames: names that build could not write are reported by check, at
// the file, because both use the same list.
func TestAttachmentNames(t *testing.T) {
	long := strings.Repeat("长", 84) + ".pdf" // 256 bytes
	for name, want := range map[string]string{
		"原件.pdf": "", "a b.docx": "", "TABLE.csv": "", "index.pdf": "",
		"tables.csv": "attachment", "Tables.CSV": "attachment", "report.json": "attachment", "INDEX.HTML": "attachment",
		"cafe\u0301.pdf": "attachment", "か\u3099.pdf": "attachment", "con.pdf": "attachment", "COM¹.csv": "attachment",
		"a%20.pdf": "attachment", "a#.pdf": "attachment", " a.pdf": "attachment", "a\u200b.pdf": "attachment", long: "attachment",
	} {
		fsys := fstest.MapFS{
			"content/agencies/a/_index.md":     {},
			"content/agencies/a/2024/index.md": {},
			"content/agencies/a/2024/" + name:  {},
		}
		tree, diags := Walk(fsys)
		if want == "" {
			if len(diags) > 0 || len(tree.Agencies[0].Reports[0].Attachments) != 1 {
				t.Errorf("%q: %v", name, diags)
			}
			continue
		}
		if len(diags) != 1 || diags[0].Rule != want || diags[0].Place.File != "content/agencies/a/2024/"+name {
			t.Errorf("%q: %v", name, diags)
		}
	}
}

// TestLongPath: folders whose pages could not be written are not read.
func TestLongPath(t *testing.T) {
	dir := "content/agencies" + strings.Repeat("/"+strings.Repeat("a", 90), 8)
	_, diags := Walk(fstest.MapFS{dir + "/_index.md": {}, dir + "/2024/index.md": {}, dir + "/2024/x.pdf": {}})
	diags = slices.DeleteFunc(diags, func(d diag.Diagnostic) bool { return d.Rule == "long-path" })
	if len(diags) != 1 || diags[0].Rule != "folder-name" || !strings.HasPrefix(dir, diags[0].Place.File) {
		t.Errorf("%v", diags)
	}
}

// TestSwapped: bytes that were not judged are not handed out.
func TestSwapped(t *testing.T) {
	const file = "content/agencies/a/2024/x.csv"
	fsys := fstest.MapFS{file: {Data: []byte("a,b\n")}}
	a, diags := ReadAttachment(fsys, file, "")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if data, diags := a.Bytes(fsys); string(data) != "a,b\n" || len(diags) > 0 {
		t.Fatalf("%q %v", data, diags)
	}
	for _, now := range []*fstest.MapFile{{Data: []byte("a,c\n")}, {Data: []byte("a,b\nc")}, {Data: nil}, nil} {
		if fsys[file] = now; now == nil {
			delete(fsys, file)
		}
		if data, diags := a.Bytes(fsys); data != nil || len(diags) != 1 || diags[0].Rule != "attachment" {
			t.Errorf("%q was handed out: %v", data, diags)
		}
	}
}

// A path that Windows' programs cannot open is reported where it becomes too long:
// once at the folder of an agency, or at an attachment with a long name.
func TestLongPathsOnWindows(t *testing.T) {
	long, longer := strings.Repeat("a", 90), strings.Repeat("b", 90)
	text := &fstest.MapFile{Data: []byte("---\nname: a\nkind: department\n---\n")}
	tree := fstest.MapFS{
		"content/agencies/x/_index.md":                                                            text,
		"content/agencies/x/2024/index.md":                                                        text,
		"content/agencies/x/2024/" + strings.Repeat("长", 60) + ".pdf":                             text,
		"content/agencies/x/2023/index.md":                                                        text,
		"content/agencies/x/" + long + "/_index.md":                                               text,
		"content/agencies/x/" + long + "/2024/index.md":                                           text,
		"content/agencies/x/" + long + "/2024/" + strings.Repeat("长", 82) + ".pdf":                text,
		"content/agencies/x/" + long + "/" + longer + "/_index.md":                                text,
		"content/agencies/x/" + long + "/" + longer + "/2024/index.md":                            text,
		"content/agencies/x/" + long + "/" + longer + "/2024/a.pdf":                               text,
		"content/agencies/x/" + long + "/" + longer + "/" + longer + "/_index.md":                 text,
		"content/agencies/x/" + long + "/" + longer + "/" + longer + "/2024/index.md":             text,
		"content/agencies/x/" + long + "/" + longer + "/" + strings.Repeat("c", 9) + "/_index.md": text,
	}
	_, diags := Walk(tree)
	var got []string
	for _, d := range diags {
		if d.Rule == "long-path" {
			got = append(got, strings.TrimPrefix(d.Place.File, "content/agencies/x/"+long+"/"))
		}
	}
	slices.Sort(got)
	want := []string{"2024/" + strings.Repeat("长", 82) + ".pdf", longer}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
