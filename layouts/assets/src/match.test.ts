import assert from "node:assert/strict";
import test from "node:test";
import { foldAll, matches } from "./match.ts";

const cut = (pieces: string[], ...terms: string[]) =>
  matches(pieces, terms.map(foldAll)).map((ranges, k) => ranges.map(([from, to]) => pieces[k].slice(from, to)));

test("hits go through pieces", () => {
  assert.deepEqual(cut(["编制", "義務", "教育目录"], "義務教育"), [[], ["義務"], ["教育"]]);
  assert.deepEqual(cut(["更新ＡＰＰ。app"], "app"), [["ＡＰＰ", "app"]]);
  assert.deepEqual(cut(["甲 \n", " 乙"], "甲 乙"), [["甲 "], ["乙"]]); // white space is one space
});

test("ranges of several terms neither overlap nor touch", () => {
  assert.deepEqual(cut(["政府信息公开"], "政府信息", "信息公开", "府"), [["政府信息公开"]]);
  assert.deepEqual(cut(["ｆﬁle"], "fi", "le"), [["ﬁle"]]);
  assert.deepEqual(cut(["𠀀𠀁𠀀"], "𠀁"), [["𠀁"]]);
  assert.deepEqual(cut([""], "a"), [[]]);
});
