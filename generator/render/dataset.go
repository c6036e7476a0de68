package render

import (
	"encoding/json"
	"html/template"
	"strconv"

	"annals/generator/site"
)

// dataset describes the figures of an agency for search engines: the one
// block of data in a page. encoding/json escapes what could end the element.
func (r *Renderer) dataset(p *site.AgencyPage) (template.HTML, error) {
	if p.First == 0 || p.Part != 1 {
		return "", nil
	}
	type thing = map[string]any
	var files []thing
	for _, y := range p.Years {
		if y.Href == "" {
			continue
		}
		files = append(files, thing{"@type": "DataDownload", "encodingFormat": "application/json",
			"name": strconv.Itoa(y.Year), "contentUrl": r.dataAddress(p, y.Year)})
	}
	d := thing{
		"@context": "https://schema.org", "@type": "Dataset",
		"name": p.Name + " " + r.words.in("archive", r.tag), "description": p.Description,
		"inLanguage": p.Site.Lang, "temporalCoverage": strconv.Itoa(p.First) + "/" + strconv.Itoa(p.Last),
		"creator":      thing{"@type": "GovernmentOrganization", "name": p.Name},
		"distribution": files,
	}
	if p.Canonical != "" {
		d["url"] = p.Canonical
	}
	data, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	b := append([]byte(`<script type="application/ld+json">`), data...)
	return trusted(append(b, "</script>"...)), nil
}

// dataAddress is the address of a report's data: absolute where the site has
// one, else relative to the agency's page.
func (r *Renderer) dataAddress(p *site.AgencyPage, year int) string {
	file := strconv.Itoa(year) + "/report.json"
	if p.Canonical == "" {
		return file
	}
	return p.Canonical + file
}
