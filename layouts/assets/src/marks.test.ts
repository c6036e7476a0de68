import assert from "node:assert/strict";
import test from "node:test";
import { Folding } from "./fold.ts";
import { excerpt, hitsIn } from "./marks.ts";

const folding = new Folding({ from: "義", to: "义", multi: { "ﬁ": "fi", "\u200b": "" } });

test("hits are places in the text as written, and touching ones are one", () => {
  const cut = (s: string, ...terms: string[]) => hitsIn(folding, s, terms).map(([from, to]) => s.slice(from, to));
  assert.deepEqual(cut("编制義務教育，义务", "义"), ["義", "义"]);
  assert.deepEqual(cut("ＡＰＰ与app", "app"), ["ＡＰＰ", "app"]);
  assert.deepEqual(cut("aaaa b", "aa", "b"), ["aaaa", "b"]);
  assert.deepEqual(cut("ofﬁce", "fi", "ce"), ["ﬁce"]);
  assert.deepEqual(cut("政\u200b府", "政府"), ["政\u200b府"]);
  assert.deepEqual(cut("甲 \t 乙", "甲 乙"), ["甲 \t 乙"]);
});

test("an excerpt stands around the first hit, and cuts no character", () => {
  assert.deepEqual(excerpt("短", []), [0, 1]);
  const s = "𠀀".repeat(40) + "政府" + "𠀁".repeat(200);
  const [from, to] = excerpt(s, [[80, 82]]);
  assert.deepEqual([from, to - from], [2 * 16, 2 * 24 + 2 + 2 * 84]);
});
