package deploy_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"annals/generator/sitemap"
)

const (
	forGood = "public, max-age=31536000, immutable"
	closed  = "frame-ancestors 'none'"
)

// hosted is what a host that is set up as the examples say answers with.
var hosted = []struct {
	path, cache, frames, save, kind string
	status                          int
}{
	{"/", "no-cache", closed, "", "text/html", 200},
	{"/agencies/a/2024/", "no-cache", closed, "", "text/html", 200},
	{"/agencies/a/2024/index.html", "no-cache", closed, "", "text/html", 200},
	{"/agencies/a/2024/report.json", "no-cache", closed, "", "application/json", 200},
	{"/agencies/a/2024/tables.csv", "no-cache", closed, "", "text/csv", 200},
	{"/agencies/a/2024/original.html", "no-cache", closed, "attachment", "text/html", 200},
	{"/agencies/a/2024/%E6%96%87%E4%BB%B6.ofd", "no-cache", closed, "", "application/ofd", 200},
	{"/compare/index.html", "no-cache", "", "", "text/html", 200},
	{"/compare/", "no-cache", "", "", "text/html", 200},
	{"/agencies/compare/index.html", "no-cache", closed, "", "text/html", 200},
	{"/assets/style.0123456789.css", forGood, closed, "", "text/css", 200},
	{"/search/t/6tfsprfr/names.bin", forGood, closed, "", "", 200},
	{"/search/root.json", "no-cache", closed, "", "application/json", 200},
	{"/nothing/", "no-cache", closed, "", "text/html", 404},
	{"/.annals/state.json", "no-cache", closed, "", "", 404},
}

// TestHosting serves a site with nginx and Caddy as the examples of the manual set
// them up.
func TestHosting(t *testing.T) {
	for name, example := range map[string]string{"nginx": "nginx.conf", "caddy": "Caddyfile"} {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(name)
			if err != nil {
				t.Skip(name + " is not installed")
			}
			text, err := os.ReadFile(filepath.Join("../docs/hosting", example))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			root := filepath.Join(dir, "site")
			for _, file := range []string{"index.html", "404.html", "agencies/a/2024/index.html", "agencies/a/2024/report.json", "agencies/a/2024/tables.csv",
				"agencies/a/2024/original.html", "agencies/a/2024/文件.ofd", "compare/index.html", "agencies/compare/index.html", "assets/style.0123456789.css",
				"search/t/6tfsprfr/names.bin", "search/root.json", ".annals/state.json"} {
				name := filepath.Join(root, file)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte("<p>"+file), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			free, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			address := free.Addr().String()
			free.Close()
			conf := strings.ReplaceAll(string(text), "/srv/www/nb", root)
			args := []string{"run", "--adapter", "caddyfile", "--config", filepath.Join(dir, "conf")}
			if name == "nginx" {
				user := ""
				if os.Getuid() == 0 {
					user = "user root;\n"
				}
				conf = user + "daemon off;\npid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n" +
					"client_body_temp_path t1;\nproxy_temp_path t2;\nfastcgi_temp_path t3;\nuwsgi_temp_path t4;\nscgi_temp_path t5;\n" +
					strings.Replace(conf, "listen 80;", "listen "+address+";", 1) + "}\n"
				args = []string{"-p", dir, "-c", filepath.Join(dir, "conf")}
			} else {
				conf = "{\n\tadmin off\n\tauto_https off\n}\n" + strings.Replace(conf, "nb.example.gov.cn {", "http://"+address+" {", 1)
			}
			if err := os.WriteFile(filepath.Join(dir, "conf"), []byte(conf), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), program, args...)
			cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
			var said bytes.Buffer
			cmd.Stdout, cmd.Stderr = &said, &said
			cmd.WaitDelay = time.Second // processes that it has left may hold its output
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				cmd.Process.Signal(syscall.SIGTERM)
				cmd.Wait()
				if t.Failed() {
					t.Log(said.String())
				}
			})
			for range 600 {
				if c, err := net.Dial("tcp", address); err == nil {
					c.Close()
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			client := http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}
			for _, want := range hosted {
				r, err := client.Get("http://" + address + want.path)
				if err != nil {
					t.Fatal(err)
				}
				body, _ := io.ReadAll(r.Body)
				r.Body.Close()
				h := r.Header
				if r.StatusCode != want.status || want.status == 404 && want.path != "/.annals/state.json" && string(body) != "<p>404.html" {
					t.Errorf("%s: %d %s", want.path, r.StatusCode, body)
				}
				if h.Get("Cache-Control") != want.cache || h.Get("Content-Security-Policy") != want.frames || h.Get("Content-Disposition") != want.save ||
					!strings.HasPrefix(h.Get("Content-Type"), want.kind) || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" {
					t.Errorf("%s: %v", want.path, h)
				}
				if strings.Contains(string(body), "state.json") {
					t.Errorf("%s shows the record of the deployments", want.path)
				}
			}
		})
	}
}

// TestHeadersFile: every folder of a site but compare/ has the rule that forbids
// frames, and no rule is for more than it says.
func TestHeadersFile(t *testing.T) {
	data, err := os.ReadFile("../docs/hosting/_headers")
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(/\S*)\n((?:  .*\n?)+)`).FindAllStringSubmatch(string(data), -1) {
		rules[m[1]] = m[2]
	}
	for _, p := range sitemap.Pages {
		first, _, below := strings.Cut(string(p.Path), "/")
		rule := "/" + first
		if below {
			rule += "/*"
		}
		if first != "{name}" && first != "compare" && !strings.Contains(rules[rule], closed) {
			t.Errorf("%s may be framed: there is no rule for %s", p.Path, rule)
		}
	}
	if strings.Contains(rules["/*"], "frame") || rules["/compare/*"] != "" || !strings.Contains(rules["/assets/*"], forGood) {
		t.Errorf("%q", rules)
	}
}
