// Places of a query in a text, for marks and snippets.

import type { Folding } from "./fold.ts";
import type { Report } from "./index.ts";

const before = 24; // characters of a snippet before its first hit
const wide = 110; // characters of a snippet

/** A span is a run of code units of a text; to is the first one after it. */
export type Span = [from: number, to: number];

/** hitsIn returns the places of the terms in s, in order; places that touch are one. */
export function hitsIn(folding: Folding, s: string, terms: string[]): Span[] {
  const { fold, starts, ends } = folding.places(s);
  const all: Span[] = [];
  for (const t of terms) {
    for (let i = fold.indexOf(t); i >= 0; i = fold.indexOf(t, i + 1)) all.push([starts[i], ends[i + t.length - 1]]);
  }
  const merged: Span[] = [];
  for (const h of all.sort((a, b) => a[0] - b[0])) {
    const last = merged[merged.length - 1];
    if (last && h[0] <= last[1]) last[1] = Math.max(last[1], h[1]);
    else merged.push(h);
  }
  return merged;
}

/** excerpt returns the part of s that a snippet shows: the text around the first hit. */
export function excerpt(s: string, hits: Span[]): Span {
  const lead = Array.from(s.slice(0, hits.length ? hits[0][0] : 0));
  const from = lead.slice(0, Math.max(0, lead.length - before)).join("").length;
  return [from, from + Array.from(s.slice(from)).slice(0, wide).join("").length];
}

/** snippetOf returns the text of the first of the units that contain most terms. */
export function snippetOf(r: Report, terms: string[]): string {
  let best = "";
  let most = -1;
  r.folded.forEach((f, i) => {
    const n = terms.filter((t) => f.includes(t)).length;
    if (n <= most) return;
    most = n;
    best = r.units[i].slice(1);
  });
  return best;
}

/** written returns the query of a URL that makes hits.js mark the hits on the report's page, spelt as the report spells them. */
export function written(folding: Folding, r: Report, terms: string[]): string {
  const list = new Set<string>();
  r.units.forEach((u, i) => {
    if (list.size >= 12 || !terms.some((t) => r.folded[i].includes(t))) return;
    const s = u.slice(1);
    for (const [from, to] of hitsIn(folding, s, terms)) if (list.size < 12) list.add(s.slice(from, Math.min(to, from + 64)));
  });
  if (!list.size) for (const [from, to] of hitsIn(folding, r.title, terms)) list.add(r.title.slice(from, to));
  return String(new URLSearchParams(Array.from(list, (s) => ["q", s])));
}
