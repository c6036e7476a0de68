// Finding texts that may differ in case, width or compatibility form.

/** A range is a run of code units; to is the first one after it. */
export type Range = [from: number, to: number];

function fold(c: string): string {
  const f = c.normalize("NFKC").toLowerCase();
  return /^\s+$/.test(f) ? " " : f;
}

export function foldAll(s: string): string {
  return Array.from(s, fold).join("").replace(/ +/g, " ").trim();
}

/** matches finds folded terms in a text that consists of pieces. It returns for each piece the ranges that they cover, in order; ranges that touch are one. */
export function matches(pieces: string[], terms: string[]): Range[][] {
  let text = "";
  const at: [piece: number, from: number, to: number][] = []; // of each code unit of the folded text
  pieces.forEach((s, piece) => {
    for (let i = 0; i < s.length;) {
      const c = String.fromCodePoint(s.codePointAt(i)!);
      for (const f of fold(c).split("")) {
        if (f === " " && (text === "" || text.endsWith(" "))) continue;
        text += f;
        at.push([piece, i, i + c.length]);
      }
      i += c.length;
    }
  });
  const covered = new Uint8Array(text.length);
  for (const t of terms) {
    for (let i = text.indexOf(t); i >= 0; i = text.indexOf(t, i + t.length)) covered.fill(1, i, i + t.length);
  }
  const out: Range[][] = pieces.map(() => []);
  at.forEach(([piece, from, to], i) => {
    if (!covered[i]) return;
    const list = out[piece];
    const last = list[list.length - 1];
    if (last && from <= last[1]) last[1] = to;
    else list.push([from, to]);
  });
  return out;
}
