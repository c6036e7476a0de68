package export

import (
	"bytes"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	"annals/generator/diag"
	"annals/generator/form"
	"annals/generator/lang"
	"annals/generator/locale"
	"annals/generator/site"
	"annals/generator/sitemap"
)

type formFile struct {
	ID       string       `json:"id"`
	Language string       `json:"language"` // of the reports, BCP 47
	Title    lang.Text    `json:"title"`
	Official lang.Text    `json:"official"`
	From     int          `json:"from,omitempty"`
	To       int          `json:"to,omitempty"`
	Cells    []cellFile   `json:"cells"`
	Rules    []ruleFile   `json:"rules"`
	Ratios   []ratioFile  `json:"ratios"`
	Sections []sectionRef `json:"sections"`
}

type cellFile struct {
	ID     string    `json:"id"`
	Row    string    `json:"row"`
	Label  lang.Text `json:"label"`
	Column lang.Text `json:"column"`
	Type   string    `json:"type"`
	Unit   lang.Text `json:"unit"`
}

type ruleFile struct {
	ID      string    `json:"id"`
	Label   lang.Text `json:"label"`
	Formula lang.Text `json:"formula"`
	Basis   lang.Text `json:"basis"`
}

type ratioFile struct {
	ID      string    `json:"id"`
	Label   lang.Text `json:"label"`
	Formula lang.Text `json:"formula"`
}

type sectionRef struct {
	ID     string    `json:"id"`
	Number string    `json:"number"`
	Label  lang.Text `json:"label"`
}

// describe writes the files that describe the cells and the rules of each form.
func (e *Exporter) describe(forms []*form.Form, emit Emit) ([]site.Link, error) {
	var links []site.Link
	for _, f := range forms {
		x := formFile{ID: f.ID, Language: f.Language.Code, Title: f.Title, Official: f.Official, From: f.From, To: f.To,
			Cells: []cellFile{}, Rules: []ruleFile{}, Ratios: []ratioFile{}, Sections: []sectionRef{}}
		for _, c := range f.Cells {
			x.Cells = append(x.Cells, cellFile{c.ID, c.Row.Path, c.Row.Full, c.Column.Label, c.Column.Type.Name(), c.Column.Unit})
		}
		for _, r := range f.Relations {
			x.Rules = append(x.Rules, ruleFile{r.ID, r.Label, r.Formula, r.Basis})
		}
		for _, r := range f.Ratios {
			x.Ratios = append(x.Ratios, ratioFile{r.ID, r.Label, r.Formula})
		}
		if f.Preface != nil {
			x.Sections = append(x.Sections, sectionRef{f.Preface.ID, "", e.spoken(f, f.Preface.Label)})
		}
		for _, s := range f.Sections {
			x.Sections = append(x.Sections, sectionRef{s.ID, s.Number, s.Label})
		}
		data, err := json.MarshalIndent(x, "", " ")
		if err != nil {
			return nil, err
		}
		rules, err := e.rules(f, e.related(forms))
		if err != nil {
			return nil, err
		}
		words := strings.NewReplacer("{title}", f.Title.In(e.tag), "{form}", f.ID)
		for _, file := range []struct {
			path, key string
			data      []byte
		}{{sitemap.FormsFolder, "data-form", data}, {sitemap.RulesFolder, "data-rules", rules}} {
			file.path += f.ID + ".json"
			links = append(links, site.Link{Href: strings.TrimPrefix(file.path, sitemap.DataFolder), Text: words.Replace(e.words(file.key))})
			if err := emit(file.path, file.data); err != nil {
				return nil, err
			}
		}
	}
	return links, nil
}

// related returns the forms whose series another form may continue: all but the
// variants that the archive does not use.
func (e *Exporter) related(used []*form.Form) []*form.Form {
	return slices.DeleteFunc(slices.Clone(e.forms), func(f *form.Form) bool { return f.Parent != nil && !slices.Contains(used, f) })
}

// rules writes the equations that a form requires of its figures.
func (e *Exporter) rules(f *form.Form, others []*form.Form) ([]byte, error) {
	x := f.Rules(others)
	x.Schema = site.Root(sitemap.RulesFolder) + sitemap.RulesSchema
	x.Program = map[string]diag.Rule{}
	for _, id := range []string{"relation", "blank-cell"} {
		r, _ := diag.Lookup(id)
		r.Title, r.Explain, r.Basis, r.Messages = e.spoken(f, r.Title), e.spoken(f, r.Explain), e.spoken(f, r.Basis), maps.Clone(r.Messages)
		r.Limits = diag.Limits{
			Assumes: e.spoken(f, r.Limits.Assumes), Silent: e.spoken(f, r.Limits.Silent), FalseAlarms: e.spoken(f, r.Limits.FalseAlarms),
		}
		for key, m := range r.Messages {
			r.Messages[key] = e.spoken(f, m)
		}
		x.Program[id] = r
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(x)
	return b.Bytes(), err
}

// spoken returns a text of the program in both languages, or in English only
// where both the archive and the form's reports are English.
func (e *Exporter) spoken(f *form.Form, x lang.Text) lang.Text {
	if e.tag == lang.EN && f.Language.Language == lang.EN {
		x.ZH = ""
	}
	return x
}

// datapackage describes the downloads for programs, as a Frictionless Data
// Package.
func (e *Exporter) datapackage(files []site.DataFile, forms []site.Link, emit Emit) error {
	type resource struct {
		Name     string `json:"name"`
		Path     string `json:"path"`
		Title    string `json:"title"`
		Format   string `json:"format"`
		Encoding string `json:"encoding"`
	}
	list := make([]resource, 0, len(files))
	for _, f := range files {
		list = append(list, resource{name(f.Href), f.Href, f.Title, "csv", "utf-8"})
	}
	for _, f := range forms {
		list = append(list, resource{name(f.Href), f.Href, f.Text, "json", "utf-8"})
	}
	data, err := json.MarshalIndent(map[string]any{
		"name": "annals", "title": e.site.Title.In(e.tag), "homepage": e.site.BaseURL, "language": e.language(), "resources": list,
		"findings": site.Root(sitemap.Data.Path()) + sitemap.Findings, // no resource: it lies beside the folder
	}, "", " ")
	if err != nil {
		return err
	}
	return emit(sitemap.DataFolder+"datapackage.json", data)
}

// language is the tag of the site's language, BCP 47.
func (e *Exporter) language() string { return locale.For(e.tag).Code }

// name makes a resource's name of its path: lower case letters, digits, and
// the marks that a data package allows.
func name(file string) string {
	return strings.ReplaceAll(strings.TrimSuffix(file, path.Ext(file)), "/", "-")
}
