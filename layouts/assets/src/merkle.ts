// The tree of the lines of all releases (RFC 6962), from its tiles (C2SP
// tlog-tiles). generator/proof makes them.

import { sha256 } from "@noble/hashes/sha2";

const width = 256; // hashes in a full tile
const size = 32; // bytes of a hash

/** Read returns a file of the site. */
export type Read = (path: string) => Promise<Uint8Array>;

export function concat(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return all;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

/** leafHash is the hash of a line, without its end. */
export function leafHash(line: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(0), line));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(1), left, right));
}

function subtree(hashes: Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0];
  let k = 1;
  while (2 * k < hashes.length) k *= 2;
  return nodeHash(subtree(hashes.slice(0, k)), subtree(hashes.slice(k)));
}

export function tilePath(level: number, n: number, hashes: number): string {
  let name = String(n % 1000).padStart(3, "0");
  for (let above = Math.floor(n / 1000); above > 0; above = Math.floor(above / 1000)) name = "x" + String(above % 1000).padStart(3, "0") + "/" + name;
  return `tile/${level}/${name}${hashes < width ? `.p/${hashes}` : ""}`;
}

/** Tree is a tree of so many leaves, whose tiles are read as they are needed. */
export class Tree {
  private readonly tiles = new Map<string, Uint8Array[]>();

  constructor(private readonly leaves: number, private readonly root: Uint8Array, private readonly read: Read) {}

  private count(level: number): number {
    return Math.floor(this.leaves / width ** level);
  }

  private async tile(level: number, n: number): Promise<Uint8Array[]> {
    const hashes = Math.min(width, this.count(level) - n * width);
    const path = tilePath(level, n, hashes);
    let tile = this.tiles.get(path);
    if (!tile) {
      const data = await this.read(path);
      if (data.length !== hashes * size) throw new Error(path);
      tile = Array.from({ length: hashes }, (_, i) => data.slice(i * size, (i + 1) * size));
      this.tiles.set(path, tile);
    }
    return tile;
  }

  /** whole reports whether the last tiles of all levels have the root. */
  async whole(): Promise<boolean> {
    let right: Uint8Array | null = null;
    for (let level = 0; this.count(level) > 0; level++) {
      const n = this.count(level);
      if (n % width === 0) continue;
      let tile = await this.tile(level, Math.floor(n / width));
      // The hashes are the roots of trees of one size, of which as many as a power of two make one.
      for (let bit = 1; tile.length > 0; bit *= 2) {
        if (!(tile.length & bit)) continue;
        const part = subtree(tile.slice(tile.length - bit));
        right = right ? nodeHash(part, right) : part;
        tile = tile.slice(0, tile.length - bit);
      }
    }
    return same(right ?? sha256(new Uint8Array(0)), this.root);
  }

  /** has reports whether a leaf with a number is in the tree. */
  async has(n: number, leaf: Uint8Array): Promise<boolean> {
    if (!Number.isInteger(n) || n < 0 || n >= this.leaves || !await this.whole()) return false;
    let hash = leaf;
    for (let level = 0; ; level++) {
      const tile = await this.tile(level, Math.floor(n / width));
      if (!same(tile[n % width], hash)) return false;
      if (tile.length < width) return true; // one of the last tiles
      hash = subtree(tile);
      n = Math.floor(n / width);
    }
  }
}
