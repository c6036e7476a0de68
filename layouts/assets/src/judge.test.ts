import assert from "node:assert/strict";
import test from "node:test";
import { findings } from "./judge.ts";
import { Form, type RulesFile } from "./rules.ts";
import { format, read, Sheet } from "./sheet.ts";

// generator/check/browser_test.go compares the evaluator with the one in Go; these
// tests use it as a page does.

const label = (en: string) => ({ zh: "", en });
const cells = ["a.x", "a.y", "a.all", "b.x", "b.y", "b.all", "sum.x", "sum.y", "sum.all"];
const file: RulesFile = {
  form: "f", tokens: ["", "/"], tables: [{ id: "t", label: label("T") }],
  rows: ["a", "b", "sum"].map((id) => ({ id, table: "t", label: label(id), full: label(id) })),
  cells: cells.map((id) => {
    const [row, column] = id.split(".");
    return { id, row, column: label(column), label: label(id), type: column === "y" ? "amount" : "count" };
  }),
  rules: [
    {
      id: "rows", severity: "error", about: "arithmetic", scope: "report", by_row: true, label: label("rows"), message: label("{row}: {left} is not {right}"),
      equations: ["a", "b", "sum"].map((r) => ({ at: r + ".all", where: label(r), left: [[r + ".all", 1]], op: "=", right: [[r + ".x", 1]], derived: r + ".all" })),
    },
    {
      id: "columns", severity: "error", about: "arithmetic", scope: "report", label: label("columns"), message: label("{where}: {left} is not {right}"),
      equations: ["x", "all"].map((c) => ({ at: "sum." + c, where: label(c), left: [["sum." + c, 1]], op: "=", right: [["a." + c, 1], ["b." + c, 1]], derived: "sum." + c })),
    },
    {
      id: "opening", severity: "warning", about: "arithmetic", scope: "years", label: label("opening"), message: label("{where}: {left} in {year}, {right} in {previous}"),
      equations: [{ at: "a.x", where: label("x"), left: [["a.x", 1]], op: "=", right: [["b.x", 1, "previous"]] }],
    },
  ],
  continues: {},
  program: {
    relation: { severity: "error", messages: { list: label(", "), separator: label("; "), column: label("{where}: {text}"), write: label("; it should be {want}"), operand: label("{cell}: {value}"), "operand-year": label("{year} {cell}: {value}"), crossing: label("{row}; {column}; it is {have}, not {want}") } },
    "blank-cell": { severity: "warning", messages: { "": label("{columns}"), unassessed: label("{columns}; not assessable: {rules}"), cell: label("{cell}: {text}") } },
  },
};
const form = new Form(file);

function filled(year: number, values: Record<string, string>): Sheet {
  const sheet = new Sheet(form, year);
  for (const c of cells) sheet.set(c, "0");
  for (const [c, v] of Object.entries(values)) sheet.set(c, v);
  return sheet;
}

const said = (now: Sheet, before?: Sheet) => findings(now, before && { before }).map((f) => `${f.rule} ${f.cell}: ${f.message.en}${f.fix ? " → " + f.fix.at.cell + "=" + f.fix.replace : ""}`);

test("a sheet is judged anew after every change", () => {
  const now = filled(2024, { "a.x": "2", "a.all": "2", "b.x": "3", "b.all": "3", "sum.x": "5", "sum.all": "5" });
  assert.deepEqual(said(now), []);
  now.set("b.x", "4");
  assert.deepEqual(said(now), ["rows b.x: b: 3 is not 4; 5 is not 6; it is 4, not 3"]);
  now.set("b.x", "3");
  now.set("b.all", "8");
  assert.deepEqual(said(now), ["rows b.all: b: 8 is not 3; it should be 3 → b.all=3"]);
  now.set("b.all", "3");
  now.set("a.x", "/");
  assert.deepEqual(said(now), ["blank-cell a.x: x; not assessable: rows, columns, opening"]);
});

test("the year before is judged too, and a sheet of no neighbouring year is not", () => {
  const now = filled(2024, {});
  const before = filled(2023, { "b.x": "1", "b.all": "1", "sum.x": "1", "sum.all": "1" });
  assert.deepEqual(said(now, before), ["opening a.x: 0 in 2024, 1 in 2023"]);
  before.set("b.x", "0"); // reported in its own report only
  assert.deepEqual(said(now, before), []);
  before.set("b.x", "1");
  assert.deepEqual(said(now, before), ["opening a.x: 0 in 2024, 1 in 2023"]);
  assert.deepEqual(said(now, filled(2022, { "b.x": "1" })), []);
});

test("texts are read as the format allows, and exactly", () => {
  for (const [type, text, want] of [
    ["count", "0", 0n], ["count", "999999999999999", 999999999999999n], ["amount", "75.9260", 75926000n], ["amount", "999999999999.999999", 999999999999999999n],
    ["change", "-3", -3n], ["count", "-3", "invalid"], ["count", "1000000000000000", "invalid"], ["count", "1.5", "invalid"], ["count", "012", "invalid"],
    ["count", "1,000", "invalid"], ["change", "-0", "invalid"], ["amount", ".5", "invalid"], ["amount", "1.", "invalid"], ["amount", "0.1234567", "invalid"],
    ["count", "1\n", "invalid"], ["count", "", "blank"], ["count", "/", "not-applicable"], ["count", undefined, "missing"],
  ] as const) {
    const fact = read(form, type, text);
    assert.equal(fact.status === "number" ? fact.value : fact.status, want, String(text));
  }
  assert.deepEqual([format("amount", -1500000n), format("amount", 70n), format("change", -7n)], ["-1.5", "0.00007", "-7"]);
});

test("a cell that the form does not have is a mistake of the caller", () => {
  assert.throws(() => new Sheet(form, 2024).set("a.z", "1"), /a\.z/);
});
