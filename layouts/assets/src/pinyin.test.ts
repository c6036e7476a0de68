import assert from "node:assert/strict";
import test from "node:test";
import { spelled } from "./pinyin.ts";
import { vectors } from "./vectors.ts";

test("names are spelled as in Go", () => {
  for (const { spelling, query, holds } of vectors<{ spelling: string; query: string; holds: boolean }[]>("pinyin")) {
    assert.equal(spelled(spelling, query), holds, `${spelling} by ${query}`);
  }
});
