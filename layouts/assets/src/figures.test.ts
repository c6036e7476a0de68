import assert from "node:assert/strict";
import test from "node:test";
import { csv } from "./csv.ts";
import { Figures, type FiguresIndex } from "./figures.ts";
import { say } from "./say.ts";

const index: FiguresIndex = {
  years: [{ year: 2024, form: "f", rows: ["110", "*"] }],
  forms: {
    f: {
      start: "a", rows: [{ id: "a", label: "A", columns: [["x", "X", ""], ["y", "Y", ""]] }, { id: "b", label: "B", columns: [["x", "X", ""]] }, { id: "c", label: "C", columns: [["x", "X", ""]] }],
      ratios: [{ id: "r", label: "R", formula: "", few: 10, over: [[0, 1], [2, 0]], under: [[1, 0]] }],
    },
  },
  shards: [{ id: "s/1", name: "S", count: 3 }, { id: "t", name: "T", count: 1 }],
  places: [],
};
const files: Record<string, unknown> = {
  "index.json": index,
  "agencies/s%2F1.json": [["p", "P", "government", [2024, 2023]], ["q", "Q", "department", [2023]], ["r", "R", "department", [2024]]],
  "2024/s%2F1/a.json": [[1, 2], null, [3, null]],
  "2024/s%2F1/b.json": [[4], null, [0]],
  "agencies/t.json": [["u", "U", "department", [2024]]],
  "2024/t.json": { a: [[7, 8]] },
};
const asked: string[] = [];
globalThis.fetch = (address) => {
  asked.push(String(address));
  return Promise.resolve(new Response(JSON.stringify(files[String(address).slice("../x/".length)]) ?? null, { status: String(address).slice(5) in files ? 200 : 404 }));
};

test("figures are those of who reported, and what is missing is no zero", async () => {
  const figures = await Figures.open("../x/index.json");
  const [ratio] = figures.form(0).ratios;
  const values = async (shard: number, choice: object) =>
    (await figures.rows({ year: 0, ratio: undefined, cells: [], ...choice }, shard)).map((r) => [r.path, r.value, r.cases]);
  assert.deepEqual(await values(0, { cells: [[0, 1]] }), [["p", 2, null], ["r", null, null]]);
  assert.deepEqual(await values(0, { cells: [[2, 0]] }), [["p", 0, null], ["r", 0, null]]); // a row with only zeros has no file
  assert.deepEqual(await values(1, { cells: [[0, 0]] }), [["u", 7, null]]);
  assert.deepEqual(await values(0, { ratio }), [["p", .5, 4], ["r", null, 0]]);
  assert.deepEqual(await values(1, { ratio }), [["u", null, 0]]);
  assert.equal(new Set(asked).size, asked.length);
});

test("no field is a formula", () => {
  assert.equal(csv([["a", 1.5, "x\"y", "=1", " +1", "-2", "@x", "1,2", "1\n2"]]), "\ufeffa,1.5,\"x\"\"y\",'=1,' +1,'-2,'@x,\"1,2\",\"1\n2\"\r\n");
});

test("names in braces give way to values", () => {
  assert.equal(say("../agencies/{agency}/{year}/index.html", { agency: "a/b", year: 2024 }), "../agencies/a/b/2024/index.html");
});
