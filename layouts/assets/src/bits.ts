// Reading of the bytes and bits of the index; generator/docs/search.md has the format.

/** unbase64 decodes standard base64; undefined gives no bytes. */
export function unbase64(s: string | undefined): Uint8Array {
  const raw = atob(s ?? "");
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

/** Bytes reads numbers from bytes, one after the other. */
export class Bytes {
  at = 0;
  constructor(readonly data: Uint8Array) {}

  more(): boolean {
    return this.at < this.data.length;
  }

  byte(): number {
    return this.data[this.at++];
  }

  /** varint reads a number in base 128, little-endian. */
  varint(): number {
    let v = 0;
    for (let scale = 1; ; scale *= 128) {
      const b = this.byte();
      v += (b & 127) * scale;
      if (!(b > 127)) return v;
    }
  }
}

const base32 = "abcdefghijklmnopqrstuvwxyz234567";

/** folders decodes hashes of five bytes to names of eight characters. */
export function folders(base64: string | undefined): string[] {
  const d = unbase64(base64);
  const out: string[] = [];
  for (let i = 0; i + 5 <= d.length; i += 5) {
    const high = (d[i] << 12) | (d[i + 1] << 4) | (d[i + 2] >> 4);
    const low = ((d[i + 2] & 15) << 16) | (d[i + 3] << 8) | d[i + 4];
    let s = "";
    for (const half of [high, low]) for (let k = 15; k >= 0; k -= 5) s += base32[(half >> k) & 31];
    out.push(s);
  }
  return out;
}

/** points returns the code points of s. */
export function points(s: string): number[] {
  return Array.from(s, (c) => c.codePointAt(0)!);
}

export const firstSeed = 0x811c9dc5;

/** mix hashes code points to 32 bits, as gram.go does. */
export function mix(seed: number, list: readonly number[]): number {
  let h = seed;
  for (const p of list) h = Math.imul(h ^ p, 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Bits reads the interpolative code that generator/search/bits.go writes. A list of
 * a frequent character has tens of thousands of numbers, so reading must be quick: a
 * number is read from four bytes at once, and a range with a single number without a
 * recursive call.
 */
export class Bits {
  private readonly data: Uint8Array;
  private at = 0; // in bits

  constructor(data: Uint8Array) {
    this.data = new Uint8Array(data.length + 8); // zeros after the end, so that reading four bytes there is safe
    this.data.set(data);
  }

  /** list reads n ascending numbers below size. If these are more than half of all, the index holds the others. */
  list(n: number, size: number): Uint32Array {
    const out = new Uint32Array(n);
    if (n * 2 <= size) {
      this.set(out, 0, n, 0, size - 1);
      return out;
    }
    const missing = new Uint32Array(size - n);
    this.set(missing, 0, size - n, 0, size - 1);
    for (let v = 0, i = 0, k = 0; v < size && k < n; v++) {
      if (i < missing.length && missing[i] === v) i++;
      else out[k++] = v;
    }
    return out;
  }

  private set(dst: Uint32Array, from: number, n: number, lo: number, hi: number): void {
    while (n > 1) {
      if (hi - lo + 1 === n) {
        for (let i = 0; i < n; i++) dst[from + i] = lo + i;
        return;
      }
      const m = n >> 1;
      const first = lo + m;
      const v = first + this.upTo(hi - (n - 1 - m) - first);
      dst[from + m] = v;
      if (m > 1) this.set(dst, from, m, lo, v - 1);
      else dst[from] = lo + this.upTo(v - 1 - lo);
      lo = v + 1;
      from += m + 1;
      n -= m + 1;
    }
    if (n === 1) dst[from] = lo + this.upTo(hi - lo);
  }

  /** upTo reads a number from 0 to most in truncated binary code. */
  private upTo(most: number): number {
    const k = 32 - Math.clz32(most);
    if (k === 0) return 0;
    if (k > 24) return this.long(most, k);
    const d = this.data;
    const i = this.at >>> 3;
    const v = ((d[i] << 24 | d[i + 1] << 16 | d[i + 2] << 8 | d[i + 3]) << (this.at & 7)) >>> (32 - k);
    const short = (1 << k) - most - 1;
    if ((v >>> 1) < short) {
      this.at += k - 1;
      return v >>> 1;
    }
    this.at += k;
    return v - short;
  }

  private long(most: number, k: number): number {
    const short = 2 ** k - most - 1;
    let v = 0;
    let n = 1;
    for (; n < k || n === k && v >= short; n++, this.at++) {
      v = v * 2 + (this.data[this.at >>> 3] >> (7 - (this.at & 7)) & 1);
    }
    return n > k ? v - short : v;
  }
}
