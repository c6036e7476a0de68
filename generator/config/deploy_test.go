package config

import (
	"strings"
	"testing"
)

// TestTargets: a target has what its kind needs, and nothing that leads where it must
// not.
func TestTargets(t *testing.T) {
	site1, found := Load(site("deploy:\n  main: {kind: s3, endpoint: \"https://s3.example.cn:9000/\", bucket: b, prefix: /a/b/, keep: 2}\n  www: {kind: folder, folder: ../www}\n"))
	if len(found) > 0 || len(site1.Deploy) != 2 {
		t.Fatal(found, site1.Deploy)
	}
	if m := site1.Deploy[0]; m.Endpoint != "https://s3.example.cn:9000" || m.Prefix != "a/b/" || m.Keep != 2 || m.Grace != defaultGrace || m.Region != defaultRegion {
		t.Errorf("%+v", m)
	}
	for _, wrong := range []string{
		"Main: {kind: folder, folder: www}",
		"x: {kind: s3, bucket: b}",
		"x: {kind: s3, endpoint: \"https://a.cn\"}",
		"x: {kind: folder}",
		"x: {folder: www}",
		"x: {kind: ftp, folder: www}",
		"x: {kind: s3, endpoint: \"https://user:secret@a.cn\", bucket: b}",
		"x: {kind: s3, endpoint: \"https://a.cn/path\", bucket: b}",
		"x: {kind: s3, endpoint: \"file:///etc\", bucket: b}",
		"x: {kind: s3, endpoint: \"https://a.cn\", bucket: b, secret_key: s}",
		"x: {kind: s3, endpoint: \"https://a.cn\", bucket: b, prefix: ../other}",
		"x: {kind: s3, endpoint: \"https://a.cn\", bucket: b, prefix: .annals}",
		"x: {kind: s3, endpoint: \"https://a.cn\", bucket: b, ca: content/ca.pem}",
		"x: {kind: s3, endpoint: \"https://a.cn\", bucket: b, ca: /etc/shadow}",
		"x: {kind: s3, endpoint: \"https://a.cn\", bucket: b, ca: ../ca.pem}",
		"x: {kind: folder, folder: content/agencies}",
		"x: {kind: folder, folder: .git/hooks}",
		"x: {kind: folder, folder: ./layouts}",
		"x: {kind: folder, folder: www, keep: many}",
		"x: {kind: folder, folder: www, grace: -1}",
		"x: folder",
	} {
		if _, found := Load(site("deploy:\n  " + wrong + "\n")); len(found) != 1 || found[0].Place.Line != 2 {
			var said []string
			for _, d := range found {
				said = append(said, d.Message.EN)
			}
			t.Errorf("%s: %s", wrong, strings.Join(said, "; "))
		}
	}
}
