// Findings for equations that fail: generator/check/diagnose.go in TypeScript.

import { both, fill, type Text } from "./fill.ts";
import type { Below, Pair, Place, Verdict } from "./pair.ts";
import type { Rule, Severity } from "./rules.ts";
import { format, type Sheet } from "./sheet.ts";

/** Spot is a cell of a report. */
export interface Spot { sheet: Sheet; cell: string }

export interface Finding {
  rule: string;
  severity: Severity;
  at: Spot; // where the fault most likely is
  cell: string; // the cell that it is about, or a row or table
  also: string[]; // more cells that it is about: the totals of a row and a column that cross in it
  message: Text;
  related: { at: Spot; message: Text }[]; // every other cell that took part
  fix: { at: Spot; replace: string } | undefined; // where a repair is certain
}

/** Failure is an equation that does not hold. */
export interface Failure { rule: Rule; verdict: Verdict }

/** Crossing is a cell that explains a failure along its row and one along its column. */
export interface Crossing { row: Failure; column: Failure; cell: number; want: bigint }

/** diagnose makes a finding of each failing equation along a row, and one of all failing columns of a rule. */
export function diagnose(pair: Pair, failures: Failure[], confirmed: Set<Place>): Finding[] {
  const found: Finding[] = [];
  for (let i = 0; i < failures.length; ) {
    const { rule } = failures[i];
    let end = i + 1;
    while (!rule.byRow && end < failures.length && failures[end].rule === rule) end++;
    found.push(diagnoseGroup(pair, failures.slice(i, end), confirmed));
    i = end;
  }
  return found;
}

function diagnoseGroup(pair: Pair, group: Failure[], confirmed: Set<Place>): Finding {
  const { form } = pair.now;
  const { rule, verdict } = group[0];
  const { at, derived } = verdict.equation;
  const found: Finding = {
    rule: rule.id, severity: rule.severity, at: spot(pair, at), cell: group.length > 1 ? form.cells[at].row.id : form.cells[at].id, also: [],
    message: join(pair, group), related: related(pair, group, at), fix: undefined,
  };
  const want = group.length === 1 && derived >= 0 && confirmed.has(derived) ? pair.needed(verdict, derived) : undefined;
  if (want !== undefined) {
    const replace = format(form.cells[derived].type, want);
    found.fix = { at: spot(pair, derived), replace };
    found.message = both(found.message, form.say("relation/write", { want: replace }));
  }
  return found;
}

export function diagnoseCrossing(pair: Pair, { row, column, cell: number, want }: Crossing): Finding {
  const { form } = pair.now;
  const cell = form.cells[number];
  const replace = format(cell.type, want);
  const at = spot(pair, number);
  const [one, two] = [row.verdict.equation, column.verdict.equation];
  return {
    rule: row.rule.id, severity: row.rule.severity === "error" ? "error" : column.rule.severity, at, cell: cell.id,
    also: [form.cells[one.at].id, form.cells[two.at].id],
    message: form.say("relation/crossing", {
      row: message(pair, row, true), column: message(pair, column, true), have: pair.now.facts[number].text, want: replace,
    }),
    related: related(pair, [row, column], number),
    fix: number === one.derived || number === two.derived ? { at, replace } : undefined, // a total that its parts give twice over
  };
}

export function diagnoseRollup(pair: Pair, group: Failure[], below: Below): Finding {
  const { form } = pair.now;
  const { rule, verdict } = group[0];
  const main = verdict.equation.at;
  const list: Finding["related"] = [];
  for (const f of group) {
    list.push(...related(pair, [f], main));
    for (const sheet of below.reports) {
      for (const t of f.verdict.equation.terms) {
        const there = t.from === "children" ? form.counterpart(t.cell, sheet.form) : undefined;
        if (there === undefined) continue;
        const { status, value, text } = sheet.facts[there];
        if (status !== "number" || value === 0n) continue;
        const { id, label } = sheet.form.cells[there];
        list.push({ at: { sheet, cell: id }, message: form.say("relation/child", { agency: sheet.agency, cell: label, value: text }) });
      }
    }
  }
  const n = below.reports.length;
  const howMany = n === below.expected ? form.say("relation/full", { n }) : form.say("relation/part", { n, expected: below.expected });
  return {
    rule: rule.id, severity: rule.severity, at: spot(pair, main), cell: group.length > 1 ? form.cells[main].row.id : form.cells[main].id, also: [],
    message: both(join(pair, group), howMany), related: list, fix: undefined,
  };
}

export function spot(pair: Pair, p: Place): Spot {
  const sheet = pair.sheet(p);
  return { sheet, cell: sheet.form.cells[pair.number(p)].id };
}

/** message fills the rule's message for one equation. Of one that is told alone it does not say for which row or column: that is where the finding is. */
function message({ now }: Pair, { rule, verdict }: Failure, alone: boolean): Text {
  const { row, type } = now.form.cells[verdict.equation.at];
  const which = now.form.say("relation/column", { where: "{where}", text: "" });
  const cut = (pattern = "", start = "") => (alone && pattern.startsWith(start) ? pattern.slice(start.length) : pattern);
  return fill({ zh: cut(rule.message.zh, which.zh), en: cut(rule.message.en, which.en) }, {
    left: format(type, verdict.left), right: format(type, verdict.right),
    row: row.full, where: verdict.equation.where, year: now.year, previous: now.year - 1,
  });
}

export function join(pair: Pair, group: Failure[], alone = group.length === 1): Text {
  return group.map((f) => message(pair, f, alone)).reduce((x, p) => both(both(x, pair.now.form.say("relation/separator")), p));
}

/** related returns a place for every cell of the equation except main, which has the message. */
export function related(pair: Pair, group: Failure[], main: Place): Finding["related"] {
  const list: Finding["related"] = [];
  const seen = new Set<Place>([main]);
  for (const { verdict } of group) {
    for (const t of verdict.equation.terms) {
      for (const p of pair.places(t)) {
        if (seen.has(p)) continue;
        seen.add(p);
        const sheet = pair.sheet(p);
        const { id, label } = sheet.form.cells[pair.number(p)];
        list.push({
          at: { sheet, cell: id },
          message: pair.now.form.say(p < 0 ? "relation/operand-year" : "relation/operand", { year: sheet.year, cell: label, value: pair.fact(p).text }),
        });
      }
    }
  }
  return list;
}
