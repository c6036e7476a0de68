// Cells without a number: generator/check/blanks.go in TypeScript.

import type { Text } from "./fill.ts";
import type { Row, Table } from "./rules.ts";
import type { Sheet } from "./sheet.ts";
import type { Finding } from "./diagnose.ts";

/** maxNamed is the largest number of rows that a message about a table names. */
const maxNamed = 3;

const rule = "blank-cell";

/** blanks reports the cells that were printed without a number: one finding for each row, or one for the table if more than maxNamed of its rows have such cells. */
export function blanks(sheet: Sheet): Finding[] {
  const found: Finding[] = [];
  for (const table of sheet.form.tables) {
    const rows = table.rows.map((row) => ({ row, cells: blank(sheet, row) })).filter(({ cells }) => cells.length > 0);
    if (rows.length > maxNamed) found.push(blankTable(sheet, table, rows));
    else found.push(...rows.map(({ row, cells }) => blankRow(sheet, row, cells)));
  }
  return found;
}

function blank({ facts }: Sheet, row: Row): number[] {
  return row.cells.filter((c) => facts[c].status === "blank" || facts[c].status === "not-applicable");
}

function blankRow(sheet: Sheet, row: Row, cells: number[]): Finding {
  const columns = cells.map((c) => sheet.form.cells[c].column);
  const id = cells.length === 1 ? sheet.form.cells[cells[0]].id : row.id;
  return finding(sheet, cells, id, "", { n: cells.length, columns });
}

function blankTable(sheet: Sheet, table: Table, rows: { row: Row; cells: number[] }[]): Finding {
  const cells = rows.flatMap((r) => r.cells);
  const list = rows.slice(0, maxNamed).map((r) => r.row.label);
  return finding(sheet, cells, table.id, "rows", { table: table.label, n: cells.length, rows: rows.length, list });
}

function finding(sheet: Sheet, cells: number[], cell: string, variant: string, args: Record<string, number | Text | Text[]>): Finding {
  const { form } = sheet;
  const rules = unassessed(sheet, new Set(cells));
  const key = [variant, rules && "unassessed"].filter(Boolean).join("-");
  return {
    rule, severity: form.severity(rule), at: { sheet, cell: form.cells[cells[0]].id }, cell, also: [],
    message: form.say(key ? rule + "/" + key : rule, { ...args, rules }),
    related: cells.slice(1).map((c) => ({
      at: { sheet, cell: form.cells[c].id },
      message: form.say(rule + "/cell", { cell: form.cells[c].label, text: sheet.facts[c].text }),
    })),
    fix: undefined,
  };
}

/** unassessed returns the ids of the rules, except those about agencies below, that have an equation with one of the cells. */
function unassessed({ form }: Sheet, cells: Set<number>): string {
  return form.rules
    .filter((r) => r.scope !== "agencies" && r.equations.some((e) => e.terms.some((t) => t.from === undefined && cells.has(t.cell))))
    .map((r) => r.id).join(", ");
}
