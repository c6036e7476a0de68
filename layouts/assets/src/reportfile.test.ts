import assert from "node:assert/strict";
import test from "node:test";
import { parseReports, sheetOf } from "./reportfile.ts";
import { Form } from "./rules.ts";

const label = (en: string) => ({ zh: "", en });
const form = new Form({
  form: "f", tokens: ["", "/"], tables: [{ id: "t", label: label("T") }], rows: ["a", "b", "c"].map((id) => ({ id, table: "t", label: label(id), full: label(id) })),
  cells: ["a.x", "a.y", "b", "c"].map((id) => ({ id, row: id[0], column: label(id), label: label(id), type: id === "b" ? "amount" : "count" })),
  rules: [], continues: {}, program: {},
});
const report = String.raw`{"form":"f","agency":{"path":"x/y","name":"A \"1\",2] 3"},"year":2024,"title":"7,8",
"cells":{"a":[10,null],
"b":[123456789012.123456]},
"status":{"a.y":{"status":"not-applicable","text":"/"},
"c":{"status":"missing"}}}`;

test("figures are read digit for digit, and what is no number stays what it is", () => {
  const [r] = parseReports(report);
  assert.deepEqual([r.year, r.agency.name], [2024, 'A "1",2] 3']);
  const { facts } = sheetOf(form, r);
  assert.deepEqual(facts.map((f) => [f.status, f.text]), [["number", "10"], ["not-applicable", "/"], ["number", "123456789012.123456"], ["missing", ""]]);
  assert.equal(facts[2].value, 123456789012123456n);
});

test("a file may hold several reports", () => {
  assert.deepEqual(parseReports(`[${report},${report.replace("2024", "2025")}]\n`).map((r) => r.year), [2024, 2025]);
});
