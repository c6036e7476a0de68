// Candidates: the reports that are in the lists of all grams of a query.

import type { Index, Lists } from "./index.ts";
import type { Plan } from "./plan.ts";
import type { Volume } from "./root.ts";

const few = 6; // number of candidates up to which loading another list is not worth it

export interface Candidates {
  docs: Uint32Array;
  bound: Uint8Array; // for each, the largest possible number of terms in title or headings
  agencies: Uint32Array; // agencies whose names may contain the query
  lists: Lists[]; // lists of the first grams of the plan
  complete: boolean; // these are the lists of all grams of the plan
}

/** intersect returns the numbers in both ascending lists. It walks the shorter list and skips through the longer one in equal strides. */
export function intersect(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (a.length > b.length) return intersect(b, a);
  const out = new Uint32Array(a.length);
  const stride = Math.max(1, Math.floor(b.length / (a.length || 1) / 2));
  let n = 0;
  for (let i = 0, j = 0; i < a.length; i++) {
    const v = a[i];
    while (j + stride < b.length && b[j + stride] < v) j += stride;
    while (j < b.length && b[j] < v) j++;
    if (j === b.length) break;
    if (b[j] === v) out[n++] = v;
  }
  return out.subarray(0, n);
}

/** agenciesIn returns the agencies that are in all lists. */
export function agenciesIn(lists: Lists[]): Uint32Array {
  return lists.map((l) => l.agencies).reduce(intersect);
}

/** lookUp loads a volume's lists for n more of the plan's grams. */
export async function lookUp(index: Index, volume: Volume, plan: Plan, lists: Lists[], n: number): Promise<Lists[]> {
  return lists.concat(await Promise.all(plan.grams.slice(lists.length, lists.length + n).map((g) => index.postings(volume, g.text))));
}

/**
 * candidatesIn finds the reports of a volume that contain the grams of the plan. It
 * looks up the rarest grams first, round of them at a time, in at most so many
 * rounds, and stops when more lists would cost more than they save: the text of a
 * false candidate costs about as much as a list.
 */
export async function candidatesIn(
  index: Index, volume: Volume, plan: Plan, known: Lists[], rounds: number, round: number, stale: () => boolean,
): Promise<Candidates> {
  let lists = known;
  let docs: Uint32Array;
  for (let before = -1; ; before = docs.length) {
    lists = await lookUp(index, volume, plan, lists, round);
    const all = lists.map((l) => l.docs).sort((a, b) => a.length - b.length);
    if (before < 0) before = all[0].length;
    docs = all.reduce(intersect);
    const pays = docs.length > few && docs.length < before * 0.85;
    if (--rounds === 0 || !pays || lists.length >= plan.grams.length || stale()) break;
  }
  return { docs, bound: bounds(plan, lists, docs), agencies: agenciesIn(lists), lists, complete: lists.length === plan.grams.length };
}

/** bounds returns for each report how many terms have all their grams in title or headings. Only these can be there as a whole. */
function bounds(plan: Plan, lists: Lists[], docs: Uint32Array): Uint8Array {
  const bound = new Uint8Array(docs.length);
  for (let t = 0; t < plan.terms.length && t < 255; t++) {
    let titled = docs;
    lists.forEach((l, g) => {
      if (plan.grams[g].owners.includes(t)) titled = intersect(titled, l.headings);
    });
    for (let i = 0, j = 0; j < titled.length; i++) {
      if (docs[i] !== titled[j]) continue;
      bound[i]++;
      j++;
    }
  }
  return bound;
}
