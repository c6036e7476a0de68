package check

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"annals/generator/archive"
	"annals/generator/diag"
	"annals/generator/form"
)

var tables = flag.Int("tables", 3000, "number of tables that Go and the browser's code judge")

// Go and the evaluator in TypeScript judge the same tables. Both must have the
// same verdict and numbers for every equation, the same messages on the same cells
// in both languages, and the same proposed repairs; and when the repairs are made,
// the table must be right for both.
func TestBrowserJudgesAlike(t *testing.T) {
	judge := startNode(t, manyForms(t))
	kinds := make([]struct{ tables, clean, mended int }, tableKinds)
	type job struct {
		x    *table
		kind int
		want []byte
	}
	jobs := make(chan job, 256)
	go func() {
		defer close(jobs)
		defer judge.in.Close()
		out := bufio.NewWriter(judge.in)
		defer out.Flush()
		send := func(x *table, kind int) judged {
			y := judgedByGo(x)
			data, err := encode(y)
			if err == nil {
				err = judge.write(out, x)
			}
			if err != nil {
				t.Error(err)
				return y
			}
			jobs <- job{x, kind, data}
			return y
		}
		for i := range *tables {
			m := &maker{rand.New(rand.NewPCG(1, uint64(i))), judge.forms}
			kind := i % tableKinds
			x := m.table(kind)
			y := send(x, kind)
			k := &kinds[kind]
			k.tables++
			if len(y.Found) == 0 {
				k.clean++
			}
			faults := len(y.Found)
			for range 3 { // repairing one mistake may reveal another
				mended := mend(x, y)
				if mended == nil {
					break
				}
				x, y = mended, send(mended, kind)
				if len(y.Found) == 0 {
					k.mended++
					break
				}
				if kind == oneFault && faults == 1 && !x.mergedBefore() {
					t.Errorf("table %d: what is proposed for the one fault of %s leaves %s", i, x.now.Form.ID, y.Found[0].EN)
				}
			}
		}
	}()
	lines := bufio.NewReaderSize(judge.out, 1<<20)
	failed := 0
	for j := range jobs {
		got, err := lines.ReadBytes('\n')
		if err != nil {
			t.Errorf("node ended: %v", err)
			break
		}
		if !bytes.Equal(got, j.want) && failed < 3 {
			failed++
			var table bytes.Buffer
			w := bufio.NewWriter(&table)
			_ = judge.write(w, j.x)
			w.Flush()
			t.Errorf("of a table of kind %d\n%sGo says\n%sand TypeScript\n%s", j.kind, &table, j.want, got)
		}
	}
	for range jobs { // the remaining jobs of a run that failed
	}
	if err := judge.cmd.Wait(); err != nil {
		t.Error(err)
	}
	t.Logf("%+v", kinds)
	if k := kinds[rightTable]; k.clean < k.tables*9/10 {
		t.Errorf("only %d of %d right tables are found right", k.clean, k.tables)
	}
	mended := 0
	for _, k := range kinds {
		mended += k.mended
	}
	if mended < *tables/50 {
		t.Errorf("only %d of %d tables are mended by what is proposed", mended, *tables)
	}
}

// mergedBefore reports whether last year's form has rows or columns in one that
// this year's has apart. A part that is wrong then has no equation with last year
// that would fail beside the total's, and the total is taken for the mistake.
func (x *table) mergedBefore() bool {
	return x.before != nil && x.before.Form.Parent != nil && x.before.Form != x.now.Form
}

// judged is the result that is compared, as judge.node.ts writes it.
type judged struct {
	Equations string  `json:"equations"`
	Found     []found `json:"found"`
}

type found struct {
	Rule     string      `json:"rule"`
	Severity string      `json:"severity"`
	At       string      `json:"at"`
	Cell     string      `json:"cell"`
	Also     []string    `json:"also"`
	ZH       string      `json:"zh"`
	EN       string      `json:"en"`
	Related  [][3]string `json:"related"`
	Fix      []string    `json:"fix"`
}

func judgedByGo(x *table) judged {
	b := x.pair()
	var equations strings.Builder
	for _, rel := range x.now.Form.Relations {
		for i := range rel.Equations {
			switch v := b.judge(&rel.Equations[i]); {
			case !v.known:
				equations.WriteByte('?')
			case v.holds:
				equations.WriteByte('=')
			default:
				equations.WriteString(strconv.FormatInt(v.left, 10) + "!" + strconv.FormatInt(v.right, 10))
			}
		}
	}
	var list []diag.Diagnostic
	now := newSheet(x.now)
	list = append(list, now.report()...)
	if x.before != nil && x.before.Year == x.now.Year-1 {
		before := newSheet(x.before)
		before.report()
		list = append(list, now.years(before)...)
	}
	list = append(list, blanks(now)...)
	sums, entries := x.rollup()
	list = append(list, Rollup(now.record, sums, entries, func(e *archive.Entry) *archive.Report {
		return x.below[slices.IndexFunc(x.below, func(r *archive.Report) bool { return r.Agency == e.Agency })]
	})...)
	files := map[string]*archive.Report{"now": x.now, "before": x.before}
	for _, r := range x.below {
		files[r.File] = r
	}
	y := judged{Equations: equations.String(), Found: []found{}}
	spot := func(file string, line int) string { return file + ":" + files[file].Form.Cells[line-1].ID }
	for _, d := range list {
		f := found{Rule: d.Rule, Severity: d.Severity.String(), At: spot(d.Place.File, int(d.Place.Line)), Cell: d.Cell, Also: append([]string{}, d.Also...),
			ZH: d.Message.ZH, EN: d.Message.EN, Related: [][3]string{}, Fix: []string{}}
		for _, r := range d.Related {
			f.Related = append(f.Related, [3]string{spot(r.Place.File, int(r.Place.Line)), r.Message.ZH, r.Message.EN})
		}
		if d.Fix != nil {
			f.Fix = []string{spot(d.Fix.Place.File, int(d.Fix.Place.Line)), d.Fix.Replace}
		}
		y.Found = append(y.Found, f)
	}
	return y
}

var likely = regexp.MustCompile(` is the likely mistake: it is \S+ and would have to be (\S+)$`)

// mend makes the repairs that are proposed, whether certain or likely. It returns
// nil if there are none.
func mend(x *table, y judged) *table {
	mended := x.clone()
	any := false
	for _, f := range y.Found {
		at, text := f.At, ""
		if m := likely.FindStringSubmatch(f.EN); m != nil {
			text = m[1]
		}
		if len(f.Fix) > 0 {
			at, text = f.Fix[0], f.Fix[1]
		}
		if text == "" {
			continue
		}
		any = true
		cell, _ := x.now.Form.Cell(strings.TrimPrefix(at, "now:"))
		whole, decimals, _ := strings.Cut(text, ".")
		v, _ := strconv.ParseInt(whole, 10, 64)
		if x.now.Form.Cells[cell].Column.Type == form.Amount {
			more, _ := strconv.ParseInt((decimals + "000000")[:6], 10, 64)
			v = v*form.Scale + more
		}
		fact := &mended.now.Facts[cell]
		fact.Value, fact.Text = v, text
	}
	if !any {
		return nil
	}
	return mended
}

// node is a process of node that runs the evaluator.
type node struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   io.Reader
	forms []*form.Form
}

func startNode(t *testing.T, forms []*form.Form) *node {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine: the browser's code is not compared")
	}
	src, err := filepath.Abs("../../layouts/assets/src/judge.node.ts")
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "judge.mjs")
	built := api.Build(api.BuildOptions{EntryPoints: []string{src}, Outfile: script, Bundle: true, Write: true, Platform: api.PlatformNode, Format: api.FormatESModule})
	for _, m := range built.Errors {
		t.Fatalf("%+v", m)
	}
	n := &node{cmd: exec.Command(path, script), forms: forms}
	n.cmd.Stderr = os.Stderr
	if n.in, err = n.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if n.out, err = n.cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := n.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var rules []form.Rules
	for _, f := range forms {
		x := f.Rules(forms)
		x.Program = map[string]diag.Rule{}
		for _, id := range []string{"relation", "blank-cell"} {
			x.Program[id], _ = diag.Lookup(id)
		}
		rules = append(rules, x)
	}
	data, err := encode(rules)
	if err == nil {
		_, err = n.in.Write(data)
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// write sends a table.
func (n *node) write(w *bufio.Writer, x *table) error {
	type wire struct {
		Agency   string    `json:"agency"`
		Form     int       `json:"form"`
		Year     int       `json:"year"`
		Cells    []*string `json:"cells"`
		Before   *wire     `json:"before,omitempty"`
		Below    []*wire   `json:"below,omitempty"`
		Expected int       `json:"expected"`
		Faulty   bool      `json:"faulty"`
	}
	one := func(r *archive.Report) *wire {
		y := &wire{Agency: r.Agency.Name, Year: r.Year, Cells: make([]*string, len(r.Facts))}
		y.Form = slices.Index(n.forms, r.Form)
		for i := range r.Facts {
			if r.Facts[i].Status != archive.Missing {
				y.Cells[i] = &r.Facts[i].Text
			}
		}
		return y
	}
	y := one(x.now)
	y.Expected, y.Faulty = x.expected, x.faulty
	if x.before != nil {
		y.Before = one(x.before)
	}
	for _, r := range x.below {
		y.Below = append(y.Below, one(r))
	}
	data, err := encode(y)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// encode writes JSON as JavaScript does, on one line.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
