import assert from "node:assert/strict";
import test from "node:test";
import { flat, parseLine } from "./held.ts";

test("numbers keep their digits, and texts that look like numbers stay texts", () => {
  const line = '{"agency":"x","year":2024,"revision":2,"name":"n","kind":"k","title":"a,\\"values\\":1","published":"2025-01-01","form":"f","data":"d","text":"t",' +
    '"notes":[{"cell":"a","note":":5,"}],"values":{"a":{"b":75.9260,"c":"x:5,\\"6","d":"","e":null},"f":123456789012345}}';
  const s = parseLine(line);
  assert.equal(s.year, 2024);
  assert.deepEqual([...flat(s.values!)], [["a.b", "75.9260"], ["a.c", 'x:5,"6'], ["a.d", ""], ["a.e", ""], ["f", "123456789012345"]]);
  assert.equal(parseLine('{"agency":"x","year":2024,"revision":3,"withdrawn":{"date":"2026-01-01","reason":"r"},"text":"t"}').withdrawn!.reason, "r");
});
