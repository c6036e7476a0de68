// Figures that were filled in for each other: generator/check/swap.go in TypeScript.

import { both } from "./fill.ts";
import { join, related, spot, type Failure, type Finding } from "./diagnose.ts";
import type { Pair } from "./pair.ts";
import type { Cell, Equation, Scope } from "./rules.ts";

/** Exchange is a guess that figures stand in each other's place. */
interface Exchange { key: string; cells: [number, number][] }

/**
 * exchanged explains failures by two columns of a row, two rows or two
 * neighbouring cells that were filled in for each other; between years also by two
 * columns of a table. It does so only if exactly one exchange makes all equations
 * hold. The values that the cells would have are supposed.
 */
export function exchanged(pair: Pair, scope: Scope, failures: Failure[], suppose: (cell: number, v: bigint) => void): Finding | undefined {
  if (failures.length === 0) return undefined;
  const right: Exchange[] = [];
  const seen = new Set<string>();
  for (const guess of exchanges(pair, scope, failures[0].verdict.equation)) {
    const x = { key: guess.key, cells: differing(pair, guess.cells) };
    if (x.cells.length === 0 || !telling(pair, x, failures)) continue;
    const same = x.cells.join(";");
    if (seen.has(same)) continue;
    seen.add(same);
    if (resolves(pair, scope, x, failures)) right.push(x);
  }
  if (right.length !== 1) return undefined;
  for (const [one, two] of right[0].cells) {
    suppose(one, pair.now.facts[two].value);
    suppose(two, pair.now.facts[one].value);
  }
  return diagnoseExchange(pair, right[0], failures);
}

/** telling reports whether an exchange would be more than a coincidence: one failure alone proves none but that of its total with the figure beside it. */
function telling(pair: Pair, { cells: [[one, two]] }: Exchange, failures: Failure[]): boolean {
  const { cells } = pair.now.form;
  const { derived } = failures[0].verdict.equation;
  return failures.length > 1 || (two === one + 1 && cells[one].row === cells[two].row && (one === derived || two === derived));
}

/** exchanges lists those with a cell of a failing equation. */
function exchanges(pair: Pair, scope: Scope, equation: Equation): Exchange[] {
  const list: Exchange[] = [];
  const { cells, tables } = pair.now.form;
  for (const t of equation.terms) {
    if (t.from !== undefined) continue;
    const { row } = cells[t.cell];
    const { rows } = tables.find((table) => table.rows.includes(row))!;
    const alike = rows.filter((r) => r.cells.length === row.cells.length);
    const column = row.cells.indexOf(t.cell);
    for (let other = 0; other < row.cells.length; other++) {
      list.push(scope === "report"
        ? { key: "relation/swapped-columns", cells: [[t.cell, row.cells[other]]] }
        : { key: "relation/swapped-table", cells: alike.map((r) => [r.cells[column], r.cells[other]]) });
    }
    if (scope !== "report") continue;
    for (const r of alike) {
      if (r === row) continue;
      if (Math.abs(rows.indexOf(r) - rows.indexOf(row)) === 1) {
        list.push({ key: "relation/swapped-cells", cells: [[t.cell, r.cells[column]]] });
      }
      list.push({ key: "relation/swapped-rows", cells: row.cells.map((c, i) => [c, r.cells[i]]) });
    }
  }
  return list;
}

/** differing leaves out pairs that are the same figure twice. There are none if a figure is missing, or the cells are of different kinds. */
function differing(pair: Pair, cells: [number, number][]): [number, number][] {
  const { facts, form } = pair.now;
  const ordered = cells.map(([one, two]): [number, number] => (one < two ? [one, two] : [two, one]));
  const fits = ([one, two]: [number, number]) =>
    facts[one].status === "number" && facts[two].status === "number" && form.cells[one].type === form.cells[two].type;
  if (!ordered.every(fits)) return [];
  return ordered.filter(([one, two]) => facts[one].value !== facts[two].value).sort((a, b) => a[0] - b[0]);
}

/** resolves reports whether all equations hold with the figures exchanged. */
function resolves(pair: Pair, scope: Scope, { cells }: Exchange, failures: Failure[]): boolean {
  const { facts, form } = pair.now;
  const instead = new Map(cells.flatMap(([one, two]): [number, bigint][] => [[one, facts[two].value], [two, facts[one].value]]));
  return failures.every((f) => pair.holdsWith(f.verdict.equation, instead) === true) &&
    form.rules.every((r) => r.scope !== scope || r.equations.every((e) => pair.holdsWith(e, instead) !== false));
}

function diagnoseExchange(pair: Pair, { key, cells: pairs }: Exchange, failures: Failure[]): Finding {
  const { form } = pair.now;
  const [one, two] = pairs[0].map((n) => form.cells[n]) as [Cell, Cell];
  const labels = {
    "relation/swapped-rows": { one: one.row.full, two: two.row.full },
    "relation/swapped-cells": { one: one.label, two: two.label },
  }[key] ?? { row: one.row.full, one: one.column, two: two.column };
  return {
    rule: failures[0].rule.id, severity: failures.some((f) => f.rule.severity === "error") ? "error" : failures[0].rule.severity,
    at: spot(pair, pairs[0][0]), cell: one.id,
    also: [...pairs.map((p) => form.cells[p[1]].id), ...failures.map((f) => form.cells[f.verdict.equation.at].id)],
    message: both(form.say(key, labels), join(pair, failures, false)), related: related(pair, failures, pairs[0][0]), fix: undefined,
  };
}
