package render

import (
	"encoding/json"
	"strconv"

	"annals/generator/site"
	"annals/generator/sitemap"
)

// A description is written with its keys in alphabetical order.
type (
	description struct {
		Context      string     `json:"@context"`
		Type         string     `json:"@type"`
		Creator      creator    `json:"creator"`
		Description  string     `json:"description"`
		Distribution []download `json:"distribution"`
		Language     string     `json:"inLanguage"`
		Name         string     `json:"name"`
		Years        string     `json:"temporalCoverage"`
		URL          string     `json:"url,omitempty"`
	}
	creator struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	download struct {
		Type   string `json:"@type"`
		URL    string `json:"contentUrl"`
		Format string `json:"encodingFormat"`
		Name   string `json:"name"`
	}
)

// dataset describes the figures of an agency for search engines: the one
// block of data in a page. encoding/json escapes what could end the element.
// Addresses are absolute where the site has one, else relative to the page.
func (x *run) dataset(p *site.AgencyPage) error {
	if p.First == 0 {
		return nil
	}
	d := description{
		Context: "https://schema.org", Type: "Dataset",
		Name: p.Name + " " + x.r.words.in("archive", x.r.tag), Description: p.Description,
		Language: p.Site.Lang, Years: strconv.Itoa(p.First) + "/" + strconv.Itoa(p.Last),
		Creator: creator{"GovernmentOrganization", p.Name}, URL: p.Canonical,
	}
	if p.Site.FewFiles {
		d.Distribution = []download{{"DataDownload", p.Canonical + sitemap.AgencyData, "application/json", d.Years}}
	}
	for _, y := range p.Years {
		if y.Href != "" && !p.Site.FewFiles {
			file := strconv.Itoa(y.Year) + "/" + sitemap.ReportData
			d.Distribution = append(d.Distribution, download{"DataDownload", p.Canonical + file, "application/json", strconv.Itoa(y.Year)})
		}
	}
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	x.b = append(x.b, `<script type="application/ld+json">`...)
	x.b = append(x.b, data...)
	x.b = append(x.b, "</script>"...)
	return nil
}
