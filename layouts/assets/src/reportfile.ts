// The data of reports, as generator/export/report.go writes them: report.json
// beside a report's page, or all reports of an agency in one reports.json.

import type { Form } from "./rules.ts";
import { Sheet } from "./sheet.ts";

export interface Figures {
  form: string;
  cells: Record<string, (string | null)[]>; // by row; null stands for no number
  status: Record<string, { status: string; text?: string }>; // by cell, for those without a number
}

export interface ReportFile extends Figures {
  year: number;
  agency: { path: string; name: string };
  variant?: Figures; // as the document has them, where it mixes editions of the form
}

/**
 * parseReports reads a file of one report or of several. Numbers stay the digits
 * that the file has: an amount may have more of them than a float can hold.
 */
export function parseReports(text: string): ReportFile[] {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[^\s,\]}]*/g, (token) => (token[0] === '"' ? token : '"' + token + '"'));
  const parsed: unknown = JSON.parse(exact);
  const list = (Array.isArray(parsed) ? parsed : [parsed]) as (Omit<ReportFile, "year"> & { year: string })[];
  return list.map((r) => ({ ...r, year: Number(r.year) }));
}

/** sheetOf puts the figures of a report, or those of the variant that it is in, into the cells of the form. */
export function sheetOf(form: Form, report: ReportFile, figures: Figures = report): Sheet {
  const { year, agency } = report;
  const sheet = new Sheet(form, year, agency.name);
  for (const row of form.tables.flatMap((t) => t.rows)) {
    const values = figures.cells[row.id] ?? [];
    row.cells.forEach((n, i) => {
      const { id } = form.cells[n];
      const other = figures.status[id];
      sheet.set(id, values[i] ?? (other && other.status !== "missing" ? other.text ?? "" : undefined));
    });
  }
  return sheet;
}
