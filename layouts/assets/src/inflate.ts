// Raw deflate (RFC 1951), for browsers whose DecompressionStream does not support
// it, such as Chromium before 103. It is simple rather than fast, because blocks of
// the index have only some kilobytes.

const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A code is a canonical Huffman code: how many codes each length has, and the symbols in their order. */
interface Code {
  counts: Uint16Array;
  symbols: Uint16Array;
}

function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  const starts = new Uint16Array(16);
  const symbols = new Uint16Array(lengths.length);
  for (const n of lengths) counts[n]++;
  counts[0] = 0;
  for (let n = 1; n < 16; n++) starts[n] = starts[n - 1] + counts[n - 1];
  lengths.forEach((n, symbol) => {
    if (n) symbols[starts[n]++] = symbol;
  });
  return { counts, symbols };
}

const fixed = [
  codeOf(new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)),
  codeOf(new Uint8Array(30).fill(5)),
];

/** inflate unpacks a whole stream, or throws. */
export function inflate(data: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = 0; // index of the next byte
  let held = 0; // bits that were taken from bytes and not read yet, the next one lowest
  let n = 0; // number of bits in held
  let out = new Uint8Array(Math.max(256, data.length * 4));
  let size = 0;

  function fail(): never {
    throw new Error("deflate: broken data");
  }
  function bits(want: number): number {
    for (; n < want; n += 8) {
      if (at >= data.length) fail();
      held |= data[at++] << n;
    }
    const v = held & ((1 << want) - 1);
    held >>>= want;
    n -= want;
    return v;
  }
  function symbol({ counts, symbols }: Code): number {
    let code = 0;
    let first = 0; // the first code of this length
    let index = 0; // index of its symbol
    for (let length = 1; length < 16; length++) {
      code |= bits(1);
      const count = counts[length];
      if (code - first < count) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return fail();
  }
  function room(more: number): void {
    if (size + more <= out.length) return;
    const larger = new Uint8Array(Math.max(size + more, out.length * 2));
    larger.set(out);
    out = larger;
  }
  function stored(): void {
    held = n = 0; // drops less than a byte, because bits takes a byte only when it needs one
    const length = data[at] | data[at + 1] << 8;
    if (at + 4 + length > data.length || (length ^ 0xffff) !== (data[at + 2] | data[at + 3] << 8)) fail();
    room(length);
    out.set(data.subarray(at + 4, at + 4 + length), size);
    at += 4 + length;
    size += length;
  }
  function written(): Code[] {
    const literals = bits(5) + 257;
    const distances = bits(5) + 1;
    const lengths = new Uint8Array(19);
    for (let i = 0, end = bits(4) + 4; i < end; i++) lengths[lengthOrder[i]] = bits(3);
    const code = codeOf(lengths);
    const all = new Uint8Array(literals + distances);
    for (let i = 0; i < all.length;) {
      const s = symbol(code);
      if (s < 16) {
        all[i++] = s;
        continue;
      }
      if (s === 16 && i === 0) fail();
      const value = s === 16 ? all[i - 1] : 0;
      const times = s === 16 ? 3 + bits(2) : s === 17 ? 3 + bits(3) : 11 + bits(7);
      if (i + times > all.length) fail();
      all.fill(value, i, i += times);
    }
    return [codeOf(all.subarray(0, literals)), codeOf(all.subarray(literals))];
  }
  function block([literals, distances]: Code[]): void {
    for (;;) {
      const s = symbol(literals);
      if (s === 256) return;
      if (s < 256) {
        room(1);
        out[size++] = s;
        continue;
      }
      // Codes stand for ranges of lengths and distances, whose size doubles after
      // every four codes of lengths and every two of distances.
      const k = s - 257;
      if (k > 28) fail();
      const extra = k < 8 || k === 28 ? 0 : (k >> 2) - 1;
      const length = k === 28 ? 258 : k < 8 ? k + 3 : ((4 + (k & 3)) << extra) + 3 + bits(extra);
      const d = symbol(distances);
      if (d > 29) fail();
      const more = d < 4 ? 0 : (d >> 1) - 1;
      const distance = d < 4 ? d + 1 : ((2 + (d & 1)) << more) + 1 + bits(more);
      if (distance > size) fail();
      room(length);
      for (let end = size + length; size < end; size++) out[size] = out[size - distance];
    }
  }

  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) stored();
    else if (kind === 3) fail();
    else block(kind === 1 ? fixed : written());
  }
  return out.slice(0, size);
}
