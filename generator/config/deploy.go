package config

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"annals/generator/beneath"
	"annals/generator/diag"
	"annals/generator/keys"
)

// The kinds of targets.
const (
	S3      = "s3"      // a store that speaks S3's protocol
	Folder  = "folder"  // a folder of a disk
	Package = "package" // zips in a folder
)

// Target is where `annals deploy` publishes to. It holds no secrets: these come from
// the environment, because the settings are in a repository that many can read.
type Target struct {
	Name, Kind string

	// Of an S3 store.
	Endpoint   string // https://host:port
	Bucket     string
	Prefix     string // "" or a/b/
	Region     string
	Addressing string // auto, path or host
	CA         string // a file of certificates beside content/, or ""

	Folder string // of a folder or of packages: absolute, or from the folder that holds content/

	Keep  int // earlier deployments that can be rolled back to
	Grace int // hours for which a file stays that the site no longer has
}

// What holds where a target does not say otherwise.
const (
	defaultRegion     = "us-east-1"
	defaultAddressing = "auto"
	defaultKeep       = 5
	defaultGrace      = 24
	maxKeep           = 100
	maxGrace          = 24 * 366
)

// target adds a target. What is wrong with it is reported, and then the archive is
// not built: no deployment runs with half of its settings.
func (l *loader) target(v *keys.Values) {
	t := Target{
		Name: v.Node.Key, Kind: v.Text("kind"), Bucket: v.Text("bucket"), Folder: v.Text("folder"),
		Region: v.Text("region"), Addressing: v.Text("addressing"), Keep: defaultKeep, Grace: defaultGrace,
	}
	if t.Name == "" || strings.Trim(t.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.HasPrefix(t.Name, "-") {
		l.Report(diag.New("setting/target", v.Node.KeySpan.In(File), "text", t.Name))
	}
	if t.Region == "" {
		t.Region = defaultRegion
	}
	if t.Addressing == "" {
		t.Addressing = defaultAddressing
	}
	wrong := func(key, problem string, args ...any) {
		l.Report(diag.New(problem, v.Value(key).Span.In(File), append(args, "text", v.Text(key))...))
	}
	for _, key := range map[string][]string{S3: {"endpoint", "bucket"}, Folder: {"folder"}, Package: {"folder"}}[t.Kind] {
		if v.Text(key) == "" {
			l.Report(diag.New("setting/target-key", v.Node.KeySpan.In(File), "text", t.Name, "key", key, "kind", t.Kind))
		}
	}
	if text := v.Text("endpoint"); text != "" {
		u, ok := webAddress(text)
		if !ok || strings.Trim(u.Path, "/") != "" || strings.ContainsAny(text, "?#") {
			wrong("endpoint", "setting/endpoint")
		} else {
			t.Endpoint = u.Scheme + "://" + u.Host
		}
	}
	if text := strings.Trim(v.Text("prefix"), "/"); text != "" {
		if !fs.ValidPath(text) || beneath.Hidden(text) || strings.ContainsAny(text, `\:?#%`) {
			wrong("prefix", "setting/prefix")
		}
		t.Prefix = text + "/"
	}
	if t.Folder != "" && amongSources(t.Folder) {
		wrong("folder", "setting/target-folder")
	}
	if t.CA = v.Text("ca"); t.CA != "" && (!fs.ValidPath(t.CA) || amongSources(t.CA) || !slices.Contains([]string{".pem", ".crt"}, path.Ext(t.CA))) {
		wrong("ca", "setting/ca")
	}
	for _, n := range []struct {
		key  string
		to   *int
		most int
	}{{"keep", &t.Keep, maxKeep}, {"grace", &t.Grace, maxGrace}} {
		if text := v.Text(n.key); text != "" {
			number, err := strconv.Atoi(text)
			if err != nil || number < 0 || number > n.most {
				wrong(n.key, "setting/number", "low", 0, "high", n.most)
			}
			*n.to = number
		}
	}
	l.site.Deploy = append(l.site.Deploy, t)
}

// amongSources reports whether a path lies among the sources of the archive, or
// behind a name that begins with a dot.
func amongSources(name string) bool {
	name = path.Clean(strings.ReplaceAll(name, `\`, "/"))
	first, _, _ := strings.Cut(name, "/")
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != ".." && part != "." {
			return true
		}
	}
	return strings.EqualFold(first, "content") || strings.EqualFold(first, "layouts")
}
