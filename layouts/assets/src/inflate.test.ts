import assert from "node:assert/strict";
import test from "node:test";
import { unbase64 } from "./bits.ts";
import { inflate } from "./inflate.ts";
import { vectors } from "./vectors.ts";

test("streams are unpacked as in Go, and broken ones end", () => {
  for (const { packed, text } of vectors<{ packed: string; text: string | null }[]>(process.env.STREAMS ?? "inflate")) {
    if (text !== null) {
      assert.ok(Buffer.from(text, "base64").equals(inflate(unbase64(packed))), packed);
      continue;
    }
    try {
      inflate(unbase64(packed)); // damaged data may be accepted, but must not crash or hang
    } catch (e) {
      assert.match(String(e), /deflate/, packed);
    }
  }
});
