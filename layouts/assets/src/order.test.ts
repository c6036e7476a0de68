import assert from "node:assert/strict";
import { test } from "node:test";
import { order, shown } from "./order.ts";

test("cells are read as what they show", () => {
  assert.deepEqual(["1,234", " 45.3% ", "-7", "38/40", "0/0", "—无数据", "≠", "", "未公布"].map(shown), [1234, 45.3, -7, 0.95, null, null, null, null, "未公布"]);
});

test("nothing comes last, and equals keep their order", () => {
  const cells = [3, null, 10, 3, "x"];
  assert.deepEqual(order(cells, false), [0, 3, 2, 4, 1]);
  assert.deepEqual(order(cells, true), [2, 0, 3, 4, 1]);
});
