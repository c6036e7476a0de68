import assert from "node:assert/strict";
import test from "node:test";
import { around } from "./around.ts";
import { Figures } from "./figures.ts";

const shard = (id: string) => ({ id, name: id, count: 1 });
const files: Record<string, unknown> = {
  "index.json": {
    years: [{ year: 2024, form: "f", rows: ["*", "*", "*", "*", "*", "*"] }], places: [],
    forms: { f: { start: "", ratios: [], rows: [{ id: "r", label: "", columns: [["x", "", ""], ["y", "", ""]] }] } },
    shards: ["a", "b", "p.c", "p.c.d.k", "q", "s"].map(shard), // p.c holds p.c and p.c.e, whose siblings are in a file of their own
  },
  "agencies/p.c.json": [["p/c", "C", "government", [2024]], ["p/c/e", "E", "department", [2024]]],
  "agencies/p.c.d.k.json": [["p/c/d/k", "K", "department", [2024]], ["p/c/d/k/z", "Z", "institution", [2024]], ["p/c/d/l", "L", "department", [2023]], ["p/c/d/m", "M", "department", [2024]], ["p/cc", "CC", "department", [2024]]],
  "2024/p.c.json": { r: [[1, 2], [3, 4]] },
  "2024/p.c.d.k.json": { r: [[5, 6], [7, 8], null, [null, null], [9, 9]] },
};
let asked: string[] = [];
globalThis.fetch = (address) => {
  asked.push(String(address));
  return Promise.resolve(new Response(JSON.stringify(files[String(address).slice("../x/".length)] ?? [])));
};

test("the agencies around are the nearest that file reports, with what they have", async () => {
  const figures = await Figures.open("../x/index.json");
  const of = (path: string, form = "f", year = 2024) => around(figures, path, year, form, "r.y").then((a) => a!);
  asked = [];
  const region = (await of("p/c")).beside.map((a) => a.path);
  assert.deepEqual(region, ["p/c", "p/cc"]); // p itself files no report
  assert.deepEqual(await of("p/c"), {
    above: undefined, beside: [{ path: "p/c", name: "C", value: 2 }, { path: "p/cc", name: "CC", value: 9 }],
    below: [{ path: "p/c/e", name: "E", value: 4 }, { path: "p/c/d/k", name: "K", value: 6 }, { path: "p/c/d/l", name: "L", value: undefined }, { path: "p/c/d/m", name: "M", value: null }],
  });
  assert.deepEqual(await of("p/c/d/k/z"), { above: { path: "p/c/d/k", name: "K", value: 6 }, beside: [], below: [] });
  const m = await of("p/c/d/m");
  assert.deepEqual([m.above?.path, m.beside.map((a) => [a.path, a.value]), m.below], ["p/c", [["p/c/d/k", 6], ["p/c/d/l", undefined], ["p/c/d/m", null]], []]);
  assert.ok(!asked.some((a) => a.includes("/s.json")), "a shard that is far away is not asked for");
  assert.deepEqual(await of("p/c", "g"), { above: undefined, beside: [], below: [] }); // the explore page has the year in another form
  assert.deepEqual(await of("p/c", "f", 2019), { above: undefined, beside: [], below: [] });
});

test("what lies in too many files is left alone", async () => {
  const figures = await Figures.open("../x/index.json");
  assert.equal(await around(figures, "top", 2024, "f", "r.y"), undefined); // any of six shards may hold an agency below it
});
