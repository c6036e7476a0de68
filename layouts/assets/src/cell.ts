// What the reports of an agency say of one cell: its figures through the years,
// and the equations in which it stands, with their numbers.

import type { Text } from "./fill.ts";
import { Pair, type Below, type Place } from "./pair.ts";
import type { Equation, Form, Rule, Term } from "./rules.ts";
import { format, type Sheet } from "./sheet.ts";

/** A Reading is what the report of a year has for the cell. */
export interface Reading {
  sheet: Sheet;
  ids: string[]; // of the cells whose sum it is, mostly one; none where that year's form has nothing that continues it
  text: string; // as documents print it
  value: bigint | undefined;
}

/** through finds a cell of one report in others, which may be of other forms. */
export function through(reports: Sheet[], now: Sheet, cell: number): Reading[] {
  return reports.map((sheet) => {
    const cells = same(now.form, sheet.form, cell);
    return { sheet, ids: cells.map((n) => sheet.form.cells[n].id), ...stated(sheet, cells) };
  });
}

/** same finds the cells of another form whose sum a cell is. */
function same(form: Form, other: Form, cell: number): number[] {
  const earlier = form.continues(other);
  if (earlier) return earlier[cell];
  const later = other.continues(form)?.findIndex((parts) => parts.length === 1 && parts[0] === cell) ?? -1;
  return later < 0 ? [] : [later];
}

/** stated is the sum of some cells; what a single one has instead of a number stays as it is printed. */
function stated({ form, facts }: Sheet, cells: number[]): { text: string; value: bigint | undefined } {
  if (cells.length === 0) return { text: "", value: undefined };
  const values = cells.map((n) => facts[n]);
  const value = values.every((f) => f.status === "number") ? values.reduce((sum, f) => sum + f.value, 0n) : undefined;
  const text = values.length === 1 ? values[0].text : value === undefined ? "" : format(form.cells[cells[0]].type, value);
  return { text, value };
}

/** An Operand is a number of an equation: a cell of a report, or, where below is true, the sum over the agencies below. */
export interface Operand {
  label: Text;
  year: number;
  text: string; // as documents print it; "" where there is no number
  minus: boolean;
  below: boolean;
  id: string; // of the cell
}

export interface Judged {
  rule: Rule;
  at: string; // the cell at which a failure is reported
  where: Text; // the row, column or cell that it is for
  left: Operand[];
  right: Operand[];
  atLeast: boolean; // left ≥ right; otherwise left = right
  known: boolean; // every operand is a number
  holds: boolean;
}

export interface Beside { before: Sheet | undefined; after: Sheet | undefined; below: Below | undefined }

/** equations judges those in which a cell of a report stands, the ones of the report of the year after too. */
export function equations(now: Sheet, cell: number, { before, after, below }: Beside): Judged[] {
  const list = judged(new Pair(now, before, below), cell);
  return after ? list.concat(judged(new Pair(after, now), -1 - cell)) : list;
}

/** judged returns the equations of a report in which the cell at a place stands, but for those that ask for a report that is not there. */
function judged(pair: Pair, at: Place): Judged[] {
  const list: Judged[] = [];
  for (const rule of pair.now.form.rules) {
    for (const e of rule.equations) {
      // An equation that holds only where all agencies below have reported is left to the program, which knows who should.
      if (e.whenFull || !e.terms.every((t) => (t.from === "children" ? pair.below : pair.places(t).length > 0))) continue;
      if (e.terms.some((t) => (t.from === "children" ? [t.cell] : pair.places(t)).includes(at))) list.push(judge(pair, rule, e));
    }
  }
  return list;
}

/** record judges all equations of a report that tell right from wrong, but for those that ask for a report that is not there. A cell has one in each relation: that which fails, or the strictest that can be judged. */
export function record(pair: Pair): Judged[] {
  const { cells, rules } = pair.now.form;
  const there = { report: true, years: pair.before !== undefined, agencies: pair.below !== undefined };
  return rules.filter((rule) => rule.about === "arithmetic" && there[rule.scope]).flatMap((rule) => {
    const at = new Map<string, Judged>();
    for (const e of rule.equations) {
      const j = judge(pair, rule, e), was = at.get(cells[e.at].id);
      if (!was || j.known && (!was.known || was.holds)) at.set(j.at, j);
    }
    return Array.from(at.values());
  });
}

function judge(pair: Pair, rule: Rule, e: Equation): Judged {
  const { known, holds } = pair.judge(e);
  const operand = labelled(pair, e);
  return { rule, at: pair.now.form.cells[e.at].id, where: e.where, left: e.left.map(operand), right: e.right.map(operand), atLeast: e.atLeast, known, holds };
}

/** labelled calls each number what tells it from the others: its column in an equation along a row, its row in one along a column. */
function labelled(pair: Pair, e: Equation): (t: Term) => Operand {
  const { cells } = pair.now.form;
  const own = e.terms.map((t) => cells[t.cell]);
  const row = own.every((c) => c.row === own[0].row) && own.some((c) => c !== own[0]);
  const column = own.every((c) => c.column.zh === own[0].column.zh && c.column.en === own[0].column.en);
  return (t) => {
    const cell = cells[t.cell];
    const label = row ? cell.column : column ? cell.row.full : cell.label;
    if (t.from === "children") {
      const sum = pair.below!.sums[t.cell];
      return { label, year: pair.now.year, text: sum.known || e.atLeast ? format(cell.type, sum.value) : "", minus: t.minus, below: true, id: cell.id };
    }
    const places = pair.places(t);
    if (places.length === 0) return { label, year: pair.now.year - 1, text: "", minus: t.minus, below: false, id: cell.id };
    const sheet = pair.sheet(places[0]), numbers = places.map((p) => pair.number(p));
    const { text, value } = stated(sheet, numbers);
    return { label, year: sheet.year, text: value === undefined ? "" : text, minus: t.minus, below: false, id: sheet.form.cells[numbers[0]].id };
  };
}
