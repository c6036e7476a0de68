import assert from "node:assert/strict";
import test from "node:test";
import { equations, through, type Judged } from "./cell.ts";
import { Below } from "./pair.ts";
import { Form, type RulesFile } from "./rules.ts";
import { Sheet } from "./sheet.ts";

const label = (en: string) => ({ zh: "", en });

/** form has rows in, done and left of columns x and all, where in = done + left, in is what was left the year before, and all = x. */
function form(id: string, rows: string[], continues: RulesFile["continues"] = {}): Form {
  const [come, done, left] = rows;
  const rule = (name: string, scope: "report" | "years" | "agencies") => ({ id: name, severity: "error" as const, about: "arithmetic", scope, label: label(name), message: label("") });
  return new Form({
    form: id, tokens: [], tables: [{ id: "t", label: label("T") }], rows: rows.map((r) => ({ id: r, table: "t", label: label(r), full: label("row " + r) })),
    cells: rows.flatMap((r) => ["x", "all"].map((c) => ({ id: r + "." + c, row: r, column: label("column " + c), label: label(r + c), type: "count" as const, additive: true }))),
    rules: [
      { ...rule("along", "report"), by_row: true, equations: rows.map((r) => ({ at: r + ".all", where: label(r), left: [[r + ".all", 1]], op: "=", right: [[r + ".x", 1]] })) },
      { ...rule("down", "report"), equations: ["x", "all"].map((c) => ({ at: come + "." + c, where: label(c), left: [[come + "." + c, 1], [done + "." + c, -1]], op: "=", right: [[left + "." + c, 1]] })) },
      { ...rule("opening", "years"), equations: ["x", "all"].map((c) => ({ at: come + "." + c, where: label(c), left: [[come + "." + c, 1]], op: "=", right: [[left + "." + c, 1, "previous"]] })) },
      { ...rule("sum", "agencies"), equations: ["x", "all"].flatMap((c) => [">=" as const, "=" as const].map((op) => ({ at: come + "." + c, where: label(c), left: [[come + "." + c, 1]], op, right: [[come + "." + c, 1, "children"]], when_full: op === "=" }))) },
    ],
    continues, program: {},
  });
}

const old = form("old", ["got", "made", "rest"]);
const now = form("new", ["in", "done", "left"], { old: { "in.x": "got.x", "in.all": "got.all", "left.x": "rest.x", "left.all": "rest.all" } });

function sheet(f: Form, year: number, texts: string[]): Sheet {
  const s = new Sheet(f, year);
  texts.forEach((t, i) => s.set(f.cells[i].id, t));
  return s;
}

const y2023 = sheet(old, 2023, ["9", "9", "4", "4", "5", "5"]);
const y2024 = sheet(now, 2024, ["5", "5", "2", "2", "3", "/"]);
const y2025 = sheet(now, 2025, ["4", "4", "4", "4", "0", "0"]);
const said = (list: Judged[]) => list.map(({ rule, left, right, atLeast, known, holds }) => {
  const side = (of: Judged["left"]) => of.map((o) => (o.minus ? "-" : "") + [o.text || "?", o.below ? "below" : o.year, o.label.en].join(" ")).join(" ");
  return `${rule.id}: ${side(left)} ${atLeast ? ">=" : "="} ${side(right)}: ${known ? holds : "open"}`;
});

test("a cell is followed through forms, backwards and forwards", () => {
  const ids = (from: Sheet, cell: string) => through([y2023, y2024, y2025], from, from.form.cell(cell)).map((r) => r.ids.join("+"));
  assert.deepEqual(ids(y2024, "in.x"), ["got.x", "in.x", "in.x"]);
  assert.deepEqual(ids(y2023, "rest.all"), ["rest.all", "left.all", "left.all"]);
  assert.deepEqual(ids(y2024, "done.x"), ["", "done.x", "done.x"]);
  assert.deepEqual(ids(y2023, "made.x"), ["made.x", "", ""]);
});

test("a cell may be the sum of several, but is no part of one", () => {
  const merged = form("merged", ["in", "done", "left"], { old: { "in.x": ["got.x", "made.x"] } });
  const after = sheet(merged, 2024, ["1", "1", "1", "1", "1", "1"]);
  const [reading] = through([y2023], after, merged.cell("in.x"));
  assert.deepEqual([reading.ids, reading.text, reading.value], [["got.x", "made.x"], "13", 13n]);
  assert.deepEqual(through([after], y2023, old.cell("got.x"))[0].ids, []);
});

test("a cell's equations have their numbers, those of the years beside them and of the agencies below", () => {
  const alone = { before: undefined, after: undefined, below: undefined };
  assert.deepEqual(said(equations(y2024, now.cell("done.x"), alone)), [
    "along: 2 2024 column all = 2 2024 column x: true",
    "down: 5 2024 row in -2 2024 row done = 3 2024 row left: true",
  ]);
  assert.deepEqual(said(equations(y2024, now.cell("in.all"), { ...alone, before: y2023 })), [
    "along: 5 2024 column all = 5 2024 column x: true",
    "down: 5 2024 row in -2 2024 row done = ? 2024 row left: open",
    "opening: 5 2024 row in = 5 2023 row left: true",
  ]);
  assert.deepEqual(said(equations(y2024, now.cell("left.x"), { ...alone, before: y2023, after: y2025 })), [
    "along: ? 2024 column all = 3 2024 column x: open",
    "down: 5 2024 row in -2 2024 row done = 3 2024 row left: true",
    "opening: 4 2025 row in = 3 2024 row left: false",
  ]);
  const below = new Below(now, 9, [sheet(now, 2024, ["2"]), sheet(now, 2024, ["1"])], false);
  assert.deepEqual(said(equations(y2024, now.cell("in.x"), { ...alone, below })).slice(2), ["sum: 5 2024 row in >= 3 below row in: true"]);
});
