import assert from "node:assert/strict";
import test from "node:test";
import { Folding, type FoldTable } from "./fold.ts";
import { vectors } from "./vectors.ts";

const { table, texts } = vectors<{ table: FoldTable; texts: { text: string; fold: string }[] }>("fold");

test("folding is that of Go", () => {
  const folding = new Folding(table);
  for (const { text, fold } of texts) assert.equal(folding.fold(text), fold, JSON.stringify(text));
});

test("places are those of the characters as written", () => {
  const folding = new Folding(table);
  for (const { text } of texts) {
    const s = text.normalize("NFC");
    const { fold, starts, ends } = folding.places(s);
    assert.equal(fold, folding.fold(text));
    assert.equal(starts.length, fold.length);
    for (let i = 0; i < fold.length; i++) {
      assert.ok(starts[i] < ends[i] && ends[i] <= s.length && (i === 0 || starts[i - 1] <= starts[i]));
      if (fold[i] !== " ") assert.ok(folding.fold(s.slice(starts[i], ends[i])).includes(fold[i]));
    }
  }
});

test("only characters that no table is needed for are not lacking", () => {
  const folding = new Folding({ from: "義", to: "义", multi: {} });
  assert.deepEqual(Array.from("aＡ　義義务務", (c) => folding.lacks(c.codePointAt(0)!)), [false, false, false, false, false, true, true]);
});
