// Terms of a query, and the grams to look up for them: generator/search/terms.go
// in TypeScript.

import { isLetters } from "./pinyin.ts";

/** maxGrams is the most grams of a query whose lists are loaded. Leaving grams out gives more candidates to verify, but never changes the results. */
export const maxGrams = 12;

/** A gram is a run of one to three characters for which the index has lists. */
export interface Gram {
  text: string;
  rarity: number; // smaller for grams that fewer reports are likely to contain
  owners: number[]; // the terms that contain it
  from: number; // its place in the first of them, in characters
  to: number;
}

export interface Plan {
  terms: string[];
  grams: Gram[];
  exact: boolean; // a report in all lists certainly contains all terms
  none: boolean; // a character of the query occurs in no report
}

/** Frequencies are the characters' frequencies in root.json. */
export interface Frequencies {
  chars: Map<number, number>; // by code point
  dense: Set<number>; // characters so frequent that triples of them have lists
}

/** termsOf splits a folded query into its terms: words, and phrases in quotation marks. A result must contain all of them. */
export function termsOf(s: string): string[] {
  const out = new Set<string>();
  for (let at = 0; at < s.length;) {
    if (s[at] === " ") {
      at++;
      continue;
    }
    let end = s[at] === '"' ? s.indexOf('"', at + 1) : -1;
    if (end > 0) {
      const phrase = s.slice(at + 1, end);
      if (phrase.trim() !== "") out.add(phrase);
      at = end + 1;
      continue;
    }
    end = s.indexOf(" ", at);
    if (end < 0) end = s.length;
    out.add(s.slice(at, end));
    at = end;
  }
  return Array.from(out);
}

/** planOf chooses the grams to look up. For every place of a term that is the triple of characters if there is a list of it, otherwise the pair. */
export function planOf(terms: string[], { chars, dense }: Frequencies): Plan {
  const plan: Plan = { terms, grams: [], exact: true, none: false };
  const seen = new Map<string, Gram>();
  terms.forEach((term, owner) => {
    const s = Array.from(term);
    const codes = s.map((c) => c.codePointAt(0)!);
    const levels = codes.map((c) => chars.get(c) ?? 0);
    if (codes.some((c) => !chars.has(c))) plan.none = true;
    const listed = (i: number): boolean =>
      i >= 0 && i + 2 < s.length && codes.slice(i, i + 3).every((c) => dense.has(c)) && !isLetters(s.slice(i, i + 3).join(""));
    const add = (from: number, to: number): void => {
      const text = s.slice(from, to).join("");
      let g = seen.get(text);
      if (!g) {
        g = { text, rarity: rarity(levels.slice(from, to)), owners: [], from, to };
        seen.set(text, g);
        plan.grams.push(g);
      }
      if (g.owners[g.owners.length - 1] !== owner) g.owners.push(owner);
    };
    if (s.length <= 2) {
      add(0, s.length);
      return;
    }
    if (s.length > 3 || !listed(0)) plan.exact = false;
    for (let i = 0; i + 1 < s.length; i++) {
      if (listed(i)) add(i, i + 3);
      else if (!listed(i - 1)) add(i, i + 2);
    }
  });
  if (plan.grams.length > maxGrams) plan.exact = false;
  plan.grams = spread(plan.grams);
  return plan;
}

/** rarity estimates how rare a gram is from the frequencies of its characters: mainly by the rarest of them, then by their average. */
function rarity(levels: number[]): number {
  return Math.min(...levels) * 64 + levels.reduce((a, b) => a + b, 0) / levels.length;
}

/**
 * spread returns up to maxGrams grams, the rarest first. A gram that overlaps an
 * earlier one of its term counts as four times as frequent, because reports that
 * contain the one often contain the other.
 */
function spread(grams: Gram[]): Gram[] {
  const left = grams.map((gram) => ({ gram, cost: gram.rarity }));
  const out: Gram[] = [];
  while (left.length && out.length < maxGrams) {
    let best = 0;
    for (let i = 1; i < left.length; i++) if (left[i].cost < left[best].cost) best = i;
    const g = left.splice(best, 1)[0].gram;
    out.push(g);
    for (const o of left) {
      const overlap = o.gram.owners[0] === g.owners[0] && o.gram.from < g.to && g.from < o.gram.to;
      if (overlap && o.cost === o.gram.rarity) o.cost += 128;
    }
  }
  return out;
}
