// The results of a search on the page: filters, agencies, reports and status.

import { button, link, make } from "./dom.ts";
import { excerpt, hitsIn, snippetOf, written, type Span } from "./marks.ts";
import { say } from "./say.ts";
import type { Search, State } from "./search.ts";
import { english, kindWord, wordFor } from "./words.ts";

/** Change starts a search with a part of the state changed. */
export type Change = (patch: Partial<State>) => void;

export class Results {
  private readonly filters: HTMLElement;
  private readonly status: HTMLElement;
  readonly list: HTMLElement;
  private current: Search | null = null; // the search that the "more" buttons continue

  private readonly paths: DOMStringMap; // addresses that the page gives; see page.ts

  constructor(app: HTMLElement, private readonly change: Change) {
    this.paths = app.dataset;
    this.filters = make("div", "search-filters", "", app);
    this.status = make("p", "search-status", "", app);
    this.status.setAttribute("role", "status");
    this.status.setAttribute("aria-live", "polite");
    this.list = make("div", "search-results", "", app);
  }

  wait(): void {
    this.list.setAttribute("aria-busy", "true");
    this.status.textContent = wordFor("loading");
  }

  /** clear removes the results, and shows the reason as the status. */
  clear(why = ""): void {
    this.current = null;
    this.empty();
    this.status.textContent = why;
  }

  fail(retry: () => void): void {
    this.clear(wordFor("failed"));
    button("search-more", wordFor("retry"), this.list, retry);
  }

  /** show shows the current state of a search; last means that all its lists are loaded and the first results verified. */
  show(x: Search, last: boolean): void {
    this.current = x;
    this.empty();
    this.showFilters(x);
    if (x.label) {
      const p = make("p", "search-figure", wordFor("figure"), this.list);
      link("search-link", english && x.label.en || x.label.zh, this.paths.root + x.label.url, p);
    }
    if (x.agencyHits?.length) {
      make("h2", "search-heading", wordFor("agencies"), this.list);
      this.showAgencies(x, make("ul", "search-agencies", "", this.list), 0);
    }
    if (x.shown.length || last && !x.done()) {
      make("h2", "search-heading", wordFor("reports"), this.list);
      this.showReports(x, make("ol", "search-reports", "", this.list), 0, last);
    }
    this.list.setAttribute("aria-busy", String(!last));
    if (last && x.done() && !x.shown.length && !x.agencyHits?.length) this.showNone(x);
    this.showStatus(x, last);
  }

  private empty(): void {
    this.list.replaceChildren();
    this.filters.replaceChildren();
    this.list.removeAttribute("aria-busy");
  }

  private showStatus(x: Search, last: boolean): void {
    const total = x.total();
    const left = x.agenciesLeft();
    const n = (x.agencyHits?.length ?? 0) + left;
    let s = say(x.proven() ? wordFor("found") : wordFor("most"), { n: total, k: x.shown.length });
    if (n) s += say(left ? wordFor("mostAgencies") : wordFor("andAgencies"), { n });
    this.status.textContent = s + (last ? "" : " " + wordFor("loading"));
    this.status.dataset.total = String(total);
    this.status.dataset.proven = String(x.proven());
  }

  private showAgencies(x: Search, list: HTMLElement, from: number): void {
    for (const h of x.agencyHits!.slice(from)) {
      const li = make("li", "search-agency", "", list);
      const a = link("search-link", "", say(this.paths.agency!, { agency: h.path }), li);
      a.dataset.agency = h.path;
      this.mark(x, a, h.names[0][0]);
      for (const [name] of h.names.slice(1)) {
        if (!hitsIn(x.index.root.folding, name, x.terms).length) continue;
        li.append(" ");
        this.mark(x, make("span", "search-alias", "", li), name);
      }
    }
    this.offerMore(x, list, wordFor("moreAgencies"), x.agenciesLeft() > 0, () => x.proveAgencies(12), () => {
      const n = x.agencyHits!.length;
      return () => this.showAgencies(x, list, n);
    });
  }

  private showReports(x: Search, list: HTMLElement, from: number, last: boolean): void {
    const { folding } = x.index.root;
    for (const r of x.shown.slice(from)) {
      const li = make("li", "search-report", "", list);
      const a = link("search-link", "", this.paths.root + r.url + "#" + written(folding, r, x.terms), li);
      a.dataset.url = r.url;
      this.mark(x, a, r.title);
      if (!r.title.includes(r.agency)) make("span", "search-of", r.agency + " · " + r.year, li);
      const text = snippetOf(r, x.terms);
      this.mark(x, make("p", "search-snippet", "", li), text, excerpt(text, hitsIn(folding, text, x.terms)));
    }
    if (!last) return;
    this.offerMore(x, list, wordFor("more"), !x.done(), () => x.prove(20), () => {
      const n = x.shown.length;
      return () => this.showReports(x, list, n, true);
    });
  }

  /** mark adds s to the node, or only a span of it, with the hits marked. */
  private mark(x: Search, node: HTMLElement, s: string, [from, to]: Span = [0, s.length]): void {
    if (from > 0) node.append("…");
    let at = from;
    for (const h of hitsIn(x.index.root.folding, s, x.terms)) {
      if (h[0] >= to || h[1] <= from) continue;
      node.append(s.slice(at, h[0]));
      make("mark", "", s.slice(h[0], Math.min(h[1], to)), node);
      at = h[1];
    }
    if (at < to) node.append(s.slice(at, to));
    if (to < s.length) node.append("…");
  }

  /**
   * offerMore adds a button after the list if there is more to show. On a click it
   * calls begin, which notes what is shown already, then load, and then the function
   * that begin returned, which shows what was loaded.
   */
  private offerMore(x: Search, list: HTMLElement, word: string, any: boolean, load: () => Promise<void>, begin: () => () => void): void {
    const old = list.nextElementSibling;
    const mine = !!old && old.classList.contains("search-more");
    const focused = mine && document.activeElement === old;
    if (mine) old.remove();
    if (!any) return;
    const b = button("search-more", word, undefined, () => {
      b.disabled = true;
      const show = begin();
      load().then(() => {
        if (x !== this.current) return;
        show();
        this.showStatus(x, true);
      }).catch(() => {
        b.disabled = false;
        this.status.textContent = wordFor("failed");
      });
    });
    list.after(b);
    if (focused) b.focus();
  }

  private showFilters(x: Search): void {
    const { root } = x.index;
    const { state, place } = x;
    const years: Option[] = root.years.map((y, i) => [String(y), String(y), x.yearCounts[i]]);
    const kinds: Option[] = root.kinds.map((k, i) => [k, kindWord(k), x.kindCounts[i]]);
    const trail: Option[] = place.trail.map((t) => [t.path, t.name, -1]);
    const below: Option[] = place.children.map((n) => [n.path, n.name, x.perAgency[n.first + n.size] - x.perAgency[n.first]]);
    this.select(x, "year", wordFor("year"), wordFor("all"), years.filter((o) => o[2] || o[0] === state.year));
    this.select(x, "kind", wordFor("kind"), wordFor("all"), kinds.filter((o) => o[2] || o[0] === state.kind));
    this.select(x, "agency", wordFor("agency"), wordFor("all"), trail.concat(below.filter((o) => o[2] > 0)));
    this.select(x, "sort", wordFor("sort"), wordFor("relevance"), [["year", wordFor("year"), -1], ["name", wordFor("byName"), -1]]);
  }

  private select(x: Search, name: keyof State, word: string, none: string, options: Option[]): void {
    const s = make("select", "", "", make("label", "search-filter", word + " ", this.filters));
    s.name = name;
    make("option", "", none, s).value = "";
    for (const [value, text, n] of options) {
      make("option", "", text + (n >= 0 ? (x.exact ? " (" : " (≤ ") + n + ")" : ""), s).value = value;
    }
    s.value = x.state[name];
    s.addEventListener("change", () => {
      this.change({ [name]: s.value });
      this.filters.querySelector<HTMLElement>("select[name=" + name + "]")?.focus();
    });
  }

  private showNone(x: Search): void {
    const s = x.state;
    const div = make("div", "search-none", "", this.list);
    make("p", "", say(wordFor("none"), { q: s.q.length > 60 ? s.q.slice(0, 60) + "…" : s.q }), div);
    make("p", "", wordFor("try1") + (x.terms.length > 1 ? wordFor("try2") : ""), div);
    if (s.year || s.agency || s.kind) {
      button("search-more", wordFor("unfilter"), make("p", "", wordFor("try3") + " ", div), () => this.change({ year: "", agency: "", kind: "" }));
    }
    browse(div, this.paths);
  }
}

/** Option is an option of a filter: its value, its text, and the number of results with it, or -1 if no number is shown. */
type Option = [value: string, text: string, results: number];

/** browse adds links to the pages that list agencies and years. */
export function browse(parent: HTMLElement, paths: DOMStringMap): void {
  const p = make("p", "", wordFor("browse") + " ", parent);
  link("", wordFor("agencies"), paths.agencies!, p);
  p.append(" · ");
  link("", wordFor("years"), paths.years!, p);
}
