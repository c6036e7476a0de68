import assert from "node:assert/strict";
import test from "node:test";
import { Bits, Bytes, folders, mix, points, unbase64 } from "./bits.ts";
import { vectors } from "./vectors.ts";

const { lists, hashes } = vectors<{
  lists: { size: number; list: number[]; code: string }[];
  hashes: { seed: number; text: string; hash: number }[];
}>("bits");

test("lists are those that Go wrote", () => {
  for (const { size, list, code } of lists) {
    assert.deepEqual(Array.from(new Bits(unbase64(code)).list(list.length, size)), list, `${list.length} below ${size}`);
  }
});

test("hashes are those of Go", () => {
  for (const { seed, text, hash } of hashes) assert.equal(mix(seed, points(text)), hash, JSON.stringify(text));
});

test("varints have seven bits a byte", () => {
  const b = new Bytes(Uint8Array.of(0, 127, 0x80, 1, 0xff, 0xff, 0xff, 0xff, 0x7f));
  const list = [];
  while (b.more()) list.push(b.varint());
  assert.deepEqual(list, [0, 127, 128, 2 ** 35 - 1]);
});

test("folders are five bytes in eight characters", () => {
  assert.deepEqual(folders(btoa("\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\x12\x34\x56\x78\x9a")), ["aaaaaaaa", "77777777", "ci2fm6e2"]);
  assert.deepEqual(folders(undefined), []);
});
