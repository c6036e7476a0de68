import assert from "node:assert/strict";
import test from "node:test";
import { points } from "./bits.ts";
import { maxGrams, planOf, termsOf } from "./plan.ts";
import { vectors } from "./vectors.ts";

const { levels, dense, plans } = vectors<{
  levels: Record<string, number>;
  dense: string;
  plans: { query: string; terms: string[]; grams: string[] | null; exact: boolean; none: boolean }[];
}>("plan");

test("terms and grams are those of Go", () => {
  const known = { chars: new Map(Object.entries(levels).map(([c, l]) => [c.codePointAt(0)!, l])), dense: new Set(points(dense)) };
  for (const want of plans) {
    const terms = termsOf(want.query);
    assert.deepEqual(terms.slice().sort(), want.terms, want.query);
    const plan = planOf(terms, known);
    const grams = plan.grams.map((g) => g.text);
    if (want.grams) assert.deepEqual(grams.slice().sort(), want.grams, want.query);
    else assert.equal(grams.length, maxGrams, want.query); // Go may choose other grams of the same number
    assert.deepEqual([plan.exact, plan.none], [want.exact, want.none], want.query);
    for (const g of plan.grams) for (const i of g.owners) assert.ok(terms[i].includes(g.text));
  }
});

test("the next gram is a rare one that tells something new", () => {
  const chars = new Map(points("政府信息公").map((c, i) => [c, 9 + i % 2]));
  assert.deepEqual(planOf(["政府信息公"], { chars, dense: new Set() }).grams.map((g) => g.text), ["政府", "信息", "府信", "息公"]);
});
