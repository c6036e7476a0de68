// The reports of an agency with the rules of their forms, and the figures of the
// agencies around it, read once each.

import { around, type Around } from "./around.ts";
import { Figures } from "./figures.ts";
import { parseReports, sheetOf, type ReportFile } from "./reportfile.ts";
import { Form, type RulesFile } from "./rules.ts";
import { say } from "./say.ts";
import type { Sheet } from "./sheet.ts";

/** Addresses say where the files are; in braces stands what a script puts in. */
export interface Addresses { reports: string; rules: string; figures: string }

export interface Reports {
  agency: string; // its path
  sheets: Sheet[]; // of the reports that have figures, in ascending years
}

export class Archive {
  private readonly forms = new Map<string, Promise<Form>>();
  private reports: Promise<Reports> | undefined;
  private figures: Promise<Figures> | undefined;

  constructor(private readonly at: Addresses, private readonly years: number[]) {}

  /** read reads all reports; what could not be read is asked for again by the next call. */
  read(): Promise<Reports> {
    this.reports ??= this.fetchAll().catch((e) => {
      this.reports = undefined;
      throw e;
    });
    return this.reports;
  }

  async around(agency: string, { form, year }: Sheet, cell: number): Promise<Around | undefined> {
    this.figures ??= Figures.open(this.at.figures).catch((e) => {
      this.figures = undefined;
      throw e;
    });
    // The explore page has a report of a variant as one of the edition.
    return around(await this.figures, agency, year, form.edition, form.base(cell) ?? "");
  }

  private async fetchAll(): Promise<Reports> {
    const addresses = new Set(this.years.map((year) => say(this.at.reports, { year })));
    const files = (await Promise.all(Array.from(addresses, fetchReports))).flat();
    const withFigures = files.filter((f) => Object.keys(f.cells).length > 0).sort((a, b) => a.year - b.year);
    const sheets = await Promise.all(withFigures.map(async (f) => sheetOf(await this.form(f.form), f)));
    return { agency: files[0].agency.path, sheets };
  }

  private form(id: string): Promise<Form> {
    let form = this.forms.get(id);
    if (!form) {
      form = fetchForm(this.at.rules, id);
      form.catch(() => this.forms.delete(id));
      this.forms.set(id, form);
    }
    return form;
  }
}

/** fetchForm reads the rules of a form from a file at an address in which {form} stands for its id. */
export async function fetchForm(address: string, id: string): Promise<Form> {
  return new Form(JSON.parse(await text(say(address, { form: encodeURIComponent(id) }))) as RulesFile);
}

export async function fetchReports(address: string): Promise<ReportFile[]> {
  return parseReports(await text(address));
}

async function text(address: string): Promise<string> {
  const r = await fetch(address);
  if (!r.ok) throw new Error(address + ": " + r.status);
  return r.text();
}
