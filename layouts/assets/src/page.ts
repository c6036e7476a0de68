// Search in the browser: exact substrings over the whole archive, from the
// plain files below search/. generator/docs/search.md describes them and the
// ranking; generator/search is the reference in Go that this must agree with.
//
// The page has one element for it, <div id="search-app">. Its attributes are the
// addresses of the site's root (data-root), of root.json (data-index), of the pages
// that list agencies and years (data-agencies, data-years), and of an agency's page,
// with {agency} in place of the agency's path (data-agency). All other elements are
// made by the script, as DOM nodes: no string of content is ever parsed as markup.
// An element with id="search-plain", with the instructions for a browser without
// scripts, is hidden. The address bar holds q, year, agency, kind and sort.
//
// The rules are:
//   - a result is shown only after the query was found in its text; as long as
//     the number of results is only an upper bound, the page says so;
//   - strings of content are used as keys of a Map, never of an object;
//   - lists of reports are typed arrays, because an archive may have a million.

import { make, plain, ready, typing } from "./dom.ts";
import { Files } from "./files.ts";
import { Index } from "./index.ts";
import { browse, Results } from "./results.ts";
import { parseRoot } from "./root.ts";
import { Search, type State } from "./search.ts";
import { readState, writeState } from "./state.ts";
import { wordFor } from "./words.ts";

const pause = 40; // milliseconds without a keystroke after which a search starts while another is running
const fresh = 10_000; // age in milliseconds after which a newer index is looked for if nothing was found
const old = 60_000; // the same if something was found

/** Opener holds the index, and opens it again after it has been published anew. */
class Opener {
  private readonly files: Files;
  private opening: Promise<Index> | null = null;
  private text = ""; // contents of root.json
  since = -Infinity; // time of the last request for root.json, in milliseconds of performance.now

  constructor(private readonly address: string) {
    this.files = new Files(address.slice(0, address.lastIndexOf("/") + 1));
  }

  /** open returns the index. With anew, root.json is read again, and no file of the earlier index is reused. */
  open(anew = false): Promise<Index> {
    if (anew) this.files.forget();
    if (!this.opening || anew) {
      const mine = this.opening = this.read(anew ? "reload" : "no-cache").then((text) => this.parse(text));
      mine.catch(() => {
        if (this.opening === mine) this.opening = null;
      });
    }
    return this.opening;
  }

  /** replaced reports whether the index has been published anew, and if so opens the new one. */
  async replaced(): Promise<boolean> {
    const text = await this.read("no-cache").catch(() => this.text); // without a network the index is kept
    if (text === this.text) return false;
    this.opening = Promise.resolve(this.parse(text));
    return true;
  }

  private async read(cache: RequestCache): Promise<string> {
    const asked = performance.now();
    const r = await fetch(this.address, { cache });
    if (!r.ok) throw new Error("root.json: " + r.status);
    const text = await r.text();
    this.since = asked;
    return text;
  }

  private parse(text: string): Index {
    const index = new Index(parseRoot(JSON.parse(text)), this.files);
    this.text = text;
    return index;
  }
}

class Page {
  private readonly opener: Opener;
  private readonly input: HTMLInputElement;
  private readonly results: Results;
  private run = 0; // number of the latest search
  private finished = 0; // number of the latest search that has ended
  private timer = 0;

  constructor(app: HTMLElement) {
    this.opener = new Opener(app.dataset.index!);
    const form = make("form", "search-form", "", app);
    form.setAttribute("role", "search");
    make("label", "search-label", wordFor("label"), form).htmlFor = "search-query";
    const input = this.input = make("input", "search-input", "", make("div", "search-line", "", form));
    input.id = "search-query";
    input.type = "search";
    input.placeholder = wordFor("hint");
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("enterkeyhint", "search");
    this.results = new Results(app, (patch) => this.change(patch, true));
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      this.change({}, true);
    });
    let composing = false;
    input.addEventListener("compositionstart", () => { composing = true; });
    input.addEventListener("compositionend", () => {
      composing = false;
      this.typed();
    });
    input.addEventListener("input", () => {
      if (!composing) this.typed();
    });
    document.addEventListener("keydown", (e) => this.key(e));
    addEventListener("popstate", () => this.restore());
  }

  start(): void {
    this.restore();
    if (this.input.value) return;
    this.input.focus();
    this.opener.open().catch(() => { /* the search opens it again and reports the error */ });
  }

  private restore(): void {
    const s = readState();
    this.input.value = s.q;
    this.search(s);
  }

  private change(patch: Partial<State>, push: boolean): void {
    clearTimeout(this.timer);
    const s = { ...readState(), q: this.input.value, ...patch };
    writeState(s, push);
    this.search(s);
  }

  /**
   * typed searches at once if no search is running, otherwise after a pause
   * without keystrokes, so that fast typing does not start a search for each
   * key.
   */
  private typed(): void {
    clearTimeout(this.timer);
    if (this.finished === this.run) this.change({}, false);
    else this.timer = window.setTimeout(() => this.change({}, false), pause);
  }

  private key(e: KeyboardEvent): void {
    if (!plain(e)) return;
    const { input } = this;
    const { list } = this.results;
    const at = document.activeElement;
    const here = at === input || list.contains(at);
    if (e.key === "/" && !typing()) {
      e.preventDefault();
      input.focus();
      input.select();
    } else if (e.key === "Escape" && here) {
      e.preventDefault();
      if (at === input && !input.value) {
        input.blur();
        return;
      }
      input.value = "";
      input.focus();
      this.change({}, false);
    } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && here) {
      const links: Element[] = Array.from(list.querySelectorAll("a.search-link"));
      const i = links.indexOf(at!) + (e.key === "ArrowDown" ? 1 : -1);
      if (i >= links.length) return;
      e.preventDefault();
      (i < 0 ? input : links[i] as HTMLElement).focus();
    }
  }

  private async search(s: State): Promise<void> {
    const mine = ++this.run;
    const stale = (): boolean => mine !== this.run;
    if (!s.q.trim()) {
      this.finished = mine;
      this.results.clear();
      return;
    }
    this.results.wait();
    try {
      await this.attempt(s, stale, false).catch(async () => {
        // The site may have been published anew since the page was opened.
        if (!stale()) await this.attempt(s, stale, true);
      });
    } catch {
      if (!stale()) this.results.fail(() => this.search(s));
    }
    if (!stale()) this.finished = mine;
  }

  private async attempt(s: State, stale: () => boolean, anew: boolean): Promise<void> {
    for (let index = await this.opener.open(anew); !stale(); index = await this.opener.open()) {
      const x = new Search(index, s, stale);
      const tick = this.progress(x, stale);
      await x.start(async (last) => {
        await Promise.all([x.prove(10, tick), x.proveAgencies(3)]);
        if (!stale() && !(last && x.empty())) this.results.show(x, last);
      });
      if (stale()) return;
      if (x.terms.length === 0) {
        this.results.clear();
        return;
      }
      // The index may be older than what the reader looks for.
      const age = performance.now() - this.opener.since;
      if (age > (x.empty() ? fresh : old) && await this.opener.replaced()) continue;
      if (x.empty() && !stale()) this.results.show(x, true);
      return;
    }
  }

  /**
   * progress returns what is called while results are verified in their texts: if that
   * takes long it shows the first ones, in the next frame after the search began, and
   * then how far it is.
   */
  private progress(x: Search, stale: () => boolean): () => void {
    let shownAt = performance.now();
    let wait = 16; // milliseconds
    return () => {
      if (stale() || !x.shown.length || performance.now() - shownAt < wait) return;
      shownAt = performance.now();
      wait = 300;
      this.results.show(x, false);
    };
  }
}

ready(() => {
  const app = document.getElementById("search-app");
  if (!app) return;
  const plainly = document.getElementById("search-plain");
  if (plainly) plainly.hidden = true;
  if (location.protocol !== "file:") {
    new Page(app).start();
    return;
  }
  make("p", "search-why", wordFor("file"), app).setAttribute("role", "status");
  browse(app, app.dataset);
});
