package importer

import "annals/generator/form"

// Again imports the original of a report once more, to compare: as the document
// itself says, if that is the report of the agency and year, so that the account
// tells what made it so; else as that report.
func Again(file string, data []byte, agency string, year int, agencies []Agency, forms *form.Set) Outcome {
	o := Options{File: file, Data: data, Agencies: agencies, Forms: forms}
	x := Outcome{Document: file}
	if x.Result, x.Diags = Import(o); x.Result == nil || x.Result.Agency.Path != agency || x.Result.Year != year {
		o.Agency, o.Year = agency, year
		x.Result, x.Diags = Import(o)
	}
	return x
}
