// Judges tables for generator/check/browser_test.go. The first line of the input
// holds the rules of the forms, and each other line a table. For each table it prints
// a line with the results of the equations and the findings.

import { createInterface } from "node:readline";
import { findings, verdicts } from "./judge.ts";
import { Below } from "./pair.ts";
import { Form, type RulesFile } from "./rules.ts";
import { Sheet } from "./sheet.ts";
import type { Spot } from "./diagnose.ts";

/** Table is a report, with its cells in the form's order; null for a cell that it does not have. */
interface Table {
  agency: string;
  form: number;
  year: number;
  cells: (string | null)[];
  before?: Table;
  below?: Table[];
  expected: number;
  faulty: boolean;
}

let forms: Form[] | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  if (!forms) forms = (JSON.parse(line) as RulesFile[]).map((f) => new Form(f));
  else process.stdout.write(judged(forms, JSON.parse(line) as Table) + "\n");
}

function sheet(forms: Form[], t: Table): Sheet {
  const form = forms[t.form];
  const s = new Sheet(form, t.year, t.agency);
  t.cells.forEach((text, i) => s.set(form.cells[i].id, text ?? undefined));
  return s;
}

function judged(forms: Form[], t: Table): string {
  const now = sheet(forms, t);
  const before = t.before && sheet(forms, t.before);
  const reports = (t.below ?? []).map((x) => sheet(forms, x));
  const beside = { ...(before && { before }), below: new Below(now.form, t.expected, reports, t.faulty) };
  const spot = ({ sheet, cell }: Spot) => (sheet === now ? "now" : sheet === before ? "before" : reports.indexOf(sheet)) + ":" + cell;
  const equations = verdicts(now, beside).map(({ verdict: v }) => (!v.known ? "?" : v.holds ? "=" : `${v.left}!${v.right}`));
  const found = findings(now, beside).map((f) => ({
    rule: f.rule, severity: f.severity, at: spot(f.at), cell: f.cell, also: f.also, zh: f.message.zh, en: f.message.en,
    related: f.related.map((r) => [spot(r.at), r.message.zh, r.message.en]), fix: f.fix ? [spot(f.fix.at), f.fix.replace] : [],
  }));
  return JSON.stringify({ equations: equations.join(""), found });
}
