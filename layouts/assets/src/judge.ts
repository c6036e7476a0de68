// Problems with a report's figures, found as `annals check` finds them
// (generator/check): within the report, against the year before, and against
// the reports of the agencies below. Each fault is reported once. A derived cell
// (a total) is judged once, against its parts; an equation that fails only because
// of that cell's wrong value is not reported. If one wrong cell explains a failure
// along its row and one along its column, that cell is named. A cell without a
// number does not count as zero: findings lists the rules that cannot be judged
// without it.
//
// These modules use neither files nor pages. A form's rules are read once (new
// Form), a sheet is filled cell by cell (Sheet.set), and each call of findings
// judges it anew; results about the report of the year before are kept until that
// report changes.

import { blanks } from "./blanks.ts";
import { Pair, type Below, type Supposed, type Verdict } from "./pair.ts";
import type { Rule, Scope } from "./rules.ts";
import type { Sheet } from "./sheet.ts";
import { exchanged } from "./swap.ts";
import { diagnose, diagnoseCrossing, diagnoseRollup, type Crossing, type Failure, type Finding } from "./diagnose.ts";

export interface Beside {
  before?: Sheet; // the report of the year before
  below?: Below;
}

/** findings returns the problems of a report's figures, and the cells without a number, with the rules that cannot be judged because of them. */
export function findings(now: Sheet, { before, below }: Beside = {}): Finding[] {
  const own = report(now);
  const found = own.findings.slice();
  if (before && before.year === now.year - 1) {
    const pair = new Pair(now, before, undefined, new Map([[now, own.supposed], [before, report(before).supposed]]));
    const { left } = unexplained(pair, failing(pair, "years"));
    const swap = exchanged(pair, "years", left, () => {});
    found.push(...(swap ? [swap] : diagnose(pair, left, new Set())));
  }
  found.push(...blanks(now));
  if (comparable(below)) found.push(...rollup(new Pair(now, undefined, below), below));
  return found;
}

/** verdicts returns the result of every equation, including those that hold. */
export function verdicts(now: Sheet, { before, below }: Beside = {}): { rule: Rule; verdict: Verdict }[] {
  const pair = new Pair(now, before?.year === now.year - 1 ? before : undefined, comparable(below) ? below : undefined);
  return now.form.rules.flatMap((rule) => rule.equations.map((e) => ({ rule, verdict: pair.judge(e) })));
}

function comparable(below: Below | undefined): below is Below {
  return below !== undefined && below.reports.length > 0 && !below.faulty;
}

interface Own { findings: Finding[]; supposed: Supposed; changes: number }

const known = new WeakMap<Sheet, Own>();

/** report judges the equations that use cells of this report only. */
function report(now: Sheet): Own {
  let own = known.get(now);
  if (own?.changes === now.changes) return own;
  const supposed: Supposed = new Map();
  const suppose = (cell: number, v: bigint) => {
    const list = supposed.get(cell) ?? [];
    if (!list.includes(v)) supposed.set(cell, list.concat(v));
  };
  const pair = new Pair(now, undefined, undefined, new Map([[now, supposed]]));
  const all = failing(pair, "report");
  const swap = exchanged(pair, "report", all, suppose);
  if (swap) {
    own = { findings: [swap], supposed, changes: now.changes };
    known.set(now, own);
    return own;
  }
  // A derived cell's recomputed value may explain other failures, so all of
  // them are noted before any is judged.
  for (const { verdict } of all) {
    const { derived } = verdict.equation;
    const want = derived < 0 ? undefined : pair.needed(verdict, derived);
    if (want !== undefined) suppose(derived, want);
  }
  const first = unexplained(pair, all);
  const sure = crossings(pair, first.left);
  for (const c of sure) suppose(c.cell, c.want);
  const merged = new Set(sure.flatMap((c) => [c.row, c.column]));
  const second = unexplained(pair, first.left.filter((f) => !merged.has(f)));
  const confirmed = new Set([...first.confirmed, ...second.confirmed]);
  own = {
    findings: [...sure.map((c) => diagnoseCrossing(pair, c)), ...diagnose(pair, second.left, confirmed)],
    supposed, changes: now.changes,
  };
  known.set(now, own);
  return own;
}

function failing(pair: Pair, scope: Scope): Failure[] {
  const list: Failure[] = [];
  for (const rule of pair.now.form.rules) {
    if (rule.scope !== scope) continue;
    for (const e of rule.equations) {
      const verdict = pair.judge(e);
      if (verdict.known && !verdict.holds) list.push({ rule, verdict });
    }
  }
  return list;
}

/**
 * unexplained removes the failures that the recomputed values of derived cells explain.
 * If one cell alone explains a failure it is confirmed: two equations agree on its value.
 */
function unexplained(pair: Pair, failures: Failure[]): { left: Failure[]; confirmed: Set<number> } {
  const confirmed = new Set<number>();
  const left = failures.filter((f) => {
    const used = pair.explained(f.verdict.equation);
    if (used?.length === 1) confirmed.add(used[0]);
    return !used;
  });
  return { left, confirmed };
}

/**
 * crossings returns the pairs of a failure along a row and one along a column
 * that the same new value of one cell would resolve. A failure with more than one
 * partner is in no pair, because then it is unclear which cell is wrong.
 */
function crossings(pair: Pair, failures: Failure[]): Crossing[] {
  const list: Crossing[] = [];
  for (const row of failures) {
    if (!row.rule.byRow) continue;
    for (const column of failures) {
      const at = column.rule.byRow ? undefined : cross(pair, row, column);
      if (at) list.push({ row, column, ...at });
    }
  }
  const alone = (f: Failure) => list.filter((c) => c.row === f || c.column === f).length === 1;
  return list.filter((c) => alone(c.row) && alone(c.column));
}

/** cross finds the cell that is in both equations and would resolve both with the same value. */
function cross(pair: Pair, row: Failure, column: Failure): { cell: number; want: bigint } | undefined {
  for (const x of row.verdict.equation.terms) {
    for (const y of column.verdict.equation.terms) {
      if (x.cell !== y.cell || x.from !== undefined || y.from !== undefined) continue;
      const want = pair.needed(row.verdict, x.cell);
      if (want !== undefined && want === pair.needed(column.verdict, x.cell)) return { cell: x.cell, want };
    }
  }
  return undefined;
}

/** rollup compares a government's report with the sums over the reports below it, and returns a finding for each row. */
function rollup(pair: Pair, below: Below): Finding[] {
  const found: Finding[] = [];
  const { cells, rules } = pair.now.form;
  for (const rule of rules) {
    if (rule.scope !== "agencies") continue;
    const failed = new Set<number>(); // a cell is reported once, by the first of its equations that fails
    let group: Failure[] = [];
    const end = () => {
      if (group.length > 0) found.push(diagnoseRollup(pair, group, below));
      group = [];
    };
    for (const e of rule.equations) {
      const verdict = pair.judge(e);
      if (failed.has(e.at) || !verdict.known || verdict.holds) continue;
      failed.add(e.at);
      if (group.length > 0 && cells[group[0].verdict.equation.at].row !== cells[e.at].row) end();
      group.push({ rule, verdict });
    }
    end();
  }
  return found;
}
