import assert from "node:assert/strict";
import test from "node:test";
import nacl from "tweetnacl";
import { leafHash, same, tilePath, Tree } from "./merkle.ts";
import { open, parseCheckpoint, unbase64, utf8 } from "./note.ts";
import { vectors } from "./vectors.ts";

const { trees, notes, paths } = vectors<{
  trees: { checkpoint: string; tiles: Record<string, string>; leaves: { n: number; line: string }[] }[];
  notes: { note: string; vkey: string; trust: string; text: string }[];
  paths: { level: number; n: number; width: number; path: string }[];
}>("proof");

test("leaves of Go's trees are found, and no others", async () => {
  for (const { checkpoint, tiles, leaves } of trees) {
    const c = parseCheckpoint(checkpoint)!;
    const read = (path: string) => tiles[path] === undefined ? Promise.reject(new Error(path)) : Promise.resolve(unbase64(tiles[path]));
    for (const { n, line } of leaves) {
      const tree = new Tree(c.size, c.root, read);
      assert.ok(await tree.has(n, leafHash(utf8(line))), `${n} of ${c.size}`);
      assert.ok(!await tree.has(n, leafHash(utf8(line + "x"))), `another line as ${n} of ${c.size}`);
      assert.ok(!await tree.has(n + 1, leafHash(utf8(line))), `${n} as the next of ${c.size}`);
      const other = c.root.slice();
      other[n % 32] ^= 1 << n % 8;
      assert.ok(!await new Tree(c.size, other, read).has(n, leafHash(utf8(line))), `${n} in another tree of ${c.size}`);
    }
    for (const path of Object.keys(tiles)) {
      const damaged = (p: string) => read(p).then((data) => {
        if (p === path) data[data.length - 1] ^= 4;
        return data;
      });
      const all = await Promise.all(leaves.map(({ n, line }) => new Tree(c.size, c.root, damaged).has(n, leafHash(utf8(line)))));
      if (/\.p\//.test(path)) assert.ok(!all.includes(true), `with ${path} damaged`);
    }
  }
});

test("tiles lie where Go puts them", () => {
  for (const { level, n, width, path } of paths) assert.equal(tilePath(level, n, width), path);
});

test("signatures are good where Go says so", () => {
  for (const [k, { note, vkey, trust, text }] of notes.entries()) {
    const n = open(note, vkey);
    assert.equal(n.trust, trust, note);
    assert.equal(n.text, text);
    for (let i = 0; trust === "signed" && i < text.length; i += k ? 40 : 7) {
      const changed = text.slice(0, i) + (text[i] === "a" ? "b" : "a") + text.slice(i + 1) + note.slice(text.length);
      assert.equal(open(changed, vkey).trust, "forged", changed);
    }
  }
});

// RFC 8032, section 7.1: key, message, signature.
const rfc8032 = [
  ["d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"],
  ["3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"],
  ["fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"],
] as const;

test("the library's signatures are those of RFC 8032", () => {
  for (const [key, message, signature] of rfc8032) {
    const [k, m, s] = [key, message, signature].map((hex) => Uint8Array.from(Buffer.from(hex, "hex")));
    assert.ok(nacl.sign.detached.verify(m, s, k));
    assert.ok(!nacl.sign.detached.verify(Uint8Array.of(...m, 0), s, k));
  }
});

test("hashes are compared to their end", () => {
  assert.ok(same(Uint8Array.of(1, 2), Uint8Array.of(1, 2)));
  assert.ok(!same(Uint8Array.of(1, 2), Uint8Array.of(1, 3)));
  assert.ok(!same(Uint8Array.of(1), Uint8Array.of(1, 3)));
});
