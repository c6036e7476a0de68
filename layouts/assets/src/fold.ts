// Folding makes characters equal that people regard as the same, such as upper and
// lower case: generator/search/fold.go in TypeScript.

import { points } from "./bits.ts";

/** A table of folding: the character from[i] becomes to[i], and each character of multi becomes no or several characters. */
export interface FoldTable {
  from: string;
  to: string;
  multi: Record<string, string>;
}

/** Folded is a folded text with, for each of its code units, the begin and end of the source character in the original text. */
export interface Folded {
  fold: string;
  starts: number[];
  ends: number[];
}

/** known reports whether a character is folded without a table. */
function known(c: number): boolean {
  return c < 128 || c >= 0xff01 && c <= 0xff5e || c === 0x3000 || c >= 0xd800 && c < 0xe000;
}

export class Folding {
  private readonly folds = new Map<number, string>();
  private pattern = /x/; // matches the characters that folding changes; set by add

  constructor(table: FoldTable) {
    this.add(table);
  }

  add(table: FoldTable): void {
    const to = Array.from(table.to);
    points(table.from).forEach((c, i) => this.folds.set(c, to[i]));
    for (const [c, s] of Object.entries(table.multi)) this.folds.set(c.codePointAt(0)!, s);
    const list = Array.from(this.folds.keys(), (c) => "\\u{" + c.toString(16) + "}");
    this.pattern = new RegExp("[\\x00-\\x1f\\x7fA-Z\\u3000\\uff01-\\uff5e\\ud800-\\udfff" + list.join("") + "]", "gu");
  }

  /** lacks reports whether a further table is needed to fold the character. */
  lacks(c: number): boolean {
    return !known(c) && !this.folds.has(c);
  }

  /** fold returns the folded text, with runs of spaces reduced to one and the ends trimmed. It is quick because it handles only the characters that change. */
  fold(s: string): string {
    return s.normalize("NFC").replace(this.pattern, (c) => this.point(c.codePointAt(0)!)).replace(/ {2,}/g, " ").replace(/^ | $/g, "");
  }

  /** places folds a text in NFC and returns the places of the folded characters too. */
  places(s: string): Folded {
    const starts: number[] = [];
    const ends: number[] = [];
    let out = "";
    for (let i = 0; i < s.length;) {
      const c = s.codePointAt(i)!;
      const end = i + (c > 0xffff ? 2 : 1);
      const folded = this.point(c);
      for (let k = 0; k < folded.length; k++) {
        if (folded[k] === " " && (out === "" || out[out.length - 1] === " ")) continue;
        out += folded[k];
        starts.push(i);
        ends.push(end);
      }
      i = end;
    }
    if (out[out.length - 1] === " ") out = out.slice(0, -1);
    starts.length = ends.length = out.length;
    return { fold: out, starts, ends };
  }

  private point(c: number): string {
    if (c >= 0xff01 && c <= 0xff5e) c -= 0xfee0;
    if (c >= 0x41 && c <= 0x5a) return String.fromCharCode(c + 32);
    if (c < 32 || c === 127) return c >= 9 && c <= 13 ? " " : "";
    if (c === 0x3000) return " ";
    return this.folds.get(c) ?? (c >= 0xd800 && c < 0xe000 ? "\ufffd" : String.fromCodePoint(c));
  }
}
