// The order of a table's rows by what a column shows.

/** Shown is what a cell shows: a number, a text, or nothing that compares. */
export type Shown = number | string | null;

/** shown reads a cell: 1,234 and 45.3% are numbers, 38/40 is the share of what is in; a sign in the place of a number is nothing. */
export function shown(text: string): Shown {
  const plain = text.replace(/\s+/g, " ").trim();
  const share = /^([\d,]+)\/([\d,]+)/.exec(plain);
  if (share) {
    const all = digits(share[2]!);
    return all > 0 ? digits(share[1]!) / all : null;
  }
  if (/^-?[\d,]+(\.\d+)?%?$/.test(plain)) return digits(plain.replace("%", ""));
  return /^[—≠]/.test(plain) || !plain ? null : plain;
}

function digits(text: string): number {
  return Number(text.replace(/,/g, ""));
}

/** order lists the rows by a column's cells, each in the order that the page had them where they are equal; nothing comes last either way. */
export function order(cells: Shown[], down: boolean): number[] {
  const collator = new Intl.Collator(undefined, { numeric: true });
  const compare = (a: Shown, b: Shown): number => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const sign = down ? -1 : 1;
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    if (typeof a === "string" && typeof b === "string") return sign * collator.compare(a, b);
    return typeof a === "number" ? -1 : 1;
  };
  return cells.map((_, i) => i).sort((x, y) => compare(cells[x]!, cells[y]!) || x - y);
}
