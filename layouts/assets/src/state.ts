// The state of a search in the address bar.

import type { State } from "./search.ts";

const keys = ["q", "year", "agency", "kind", "sort"] as const;

export function readState(): State {
  const p = new URLSearchParams(location.search);
  const s: State = { q: "", year: "", agency: "", kind: "", sort: "" };
  for (const k of keys) s[k] = p.get(k) ?? "";
  return s;
}

/** writeState writes the state to the address bar. It leaves out a query of 1,000 characters or more, because browsers are slow with such an address and refuse one of megabytes. */
export function writeState(s: State, push: boolean): void {
  const p = new URLSearchParams();
  for (const k of keys) if (s[k] && s[k].length < 1000) p.set(k, s[k]);
  const query = String(p);
  const url = location.pathname + (query ? "?" + query : "");
  if (url === location.pathname + location.search) return;
  try {
    if (push) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  } catch {
    // A browser may refuse if the address changes too often; the search works without it.
  }
}
