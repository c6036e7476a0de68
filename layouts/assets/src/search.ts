// A search: one query with its filters. Candidates are found in posting lists,
// and become results when the query was found in their texts.

import { agenciesIn, candidatesIn, lookUp, type Candidates } from "./candidates.ts";
import type { AgencyNames, Index, Label, Report } from "./index.ts";
import { isLetters, spelled } from "./pinyin.ts";
import { maxGrams, planOf, termsOf, type Plan } from "./plan.ts";
import type { Branch } from "./tree.ts";

const round = 3; // lists that are loaded at a time
const first = 4; // texts loaded ahead as long as more lists could rule them out
const ahead = 24; // most texts loaded ahead afterwards
const fewNames = 3; // number of agencies whose names are read without looking for a better list
const long = 48; // characters above which a query counts as unusually long
const inVain = 240; // false candidates in a row after which the search stops until the reader asks for more
const inVainLong = 8; // the same for a long query

/** State is the query and its filters, as in the address bar. */
export interface State {
  q: string;
  year: string;
  agency: string;
  kind: string;
  sort: string;
}

export class Search {
  terms: string[] = [];
  exact = false; // every candidate is a result
  label: Label | undefined;
  place: Branch = { trail: [], children: [], first: 0, size: 0 };

  // Number of candidates that each choice of a filter would leave, the other filters being as they are.
  yearCounts = new Uint32Array(0);
  kindCounts = new Uint32Array(0);
  perAgency = new Uint32Array(1); // for each agency, the candidates of all agencies before it
  shown: Report[] = []; // the results so far, in order

  agencyHits: AgencyNames[] | null = null; // agencies found; null until the lists are loaded
  private agencyList: number[] = []; // agencies that may have the query in a name
  private agencyAt = 0; // index in agencyList of the next one to verify
  private named = new Set<number>(); // agencies of which a name is the whole query
  private narrowed = false; // narrow has been called

  private plan!: Plan;
  private volumes: Candidates[] = [];
  private years = new Uint8Array(0); // by candidate: index of its year
  private agencies = new Uint32Array(0); // by candidate: its agency
  private bound = new Uint8Array(0); // by candidate: upper bound of its relevance
  private order = new Uint32Array(0); // the candidates in the order in which they are verified
  private ranked: Uint32Array | null = null; // the value of order that has been sorted by names
  private demoted: { key: number; c: number }[] = []; // candidates whose relevance turned out to be lower than their bound
  private at = 0; // index in order of the next candidate to verify
  private asked = 0; // index in order up to which texts have been requested
  private wrong = 0; // number of candidates that do not contain the query
  private missed = 0; // number of wrong and demoted candidates
  private vain = 0; // number of wrong candidates since the last result

  /** stale reports whether another search has replaced this one. */
  constructor(readonly index: Index, readonly state: State, private readonly stale: () => boolean) {}

  /**
   * start looks up all volumes, the newest first. After each volume it calls show;
   * the argument is whether that was the last volume.
   */
  async start(show: (last: boolean) => Promise<void>): Promise<void> {
    const { index, state } = this;
    await index.prepare(state.q);
    const folded = index.fold(state.q);
    this.terms = termsOf(folded);
    if (this.terms.length === 0 || this.stale()) return;
    const plan = this.plan = planOf(this.terms, index.root);
    this.exact = plan.exact || plan.none;
    [this.place, this.label] = await Promise.all([index.branch(state.agency), index.label(folded)]);
    if (plan.none) {
      this.arrange();
      return show(true);
    }
    const { volumes } = index.root;
    const found = volumes.map((v) => candidatesIn(index, v, plan, [], 4, round, this.stale));
    for (const p of found) p.catch(() => { /* the loop awaits it and throws, unless it has ended */ });
    for (let i = 0; i < found.length; i++) {
      const c = await found[i];
      this.volumes.push(c);
      if (!c.complete) this.exact = false;
      if (i === 0 && c.agencies.length && !this.stale()) await this.findNames(c.agencies);
      if (this.stale()) return;
      this.arrange();
      await show(i === found.length - 1);
    }
  }

  /** empty reports whether the search has ended without any result. */
  empty(): boolean {
    return this.done() && !this.shown.length && !this.agencyHits?.length && !this.label;
  }

  done(): boolean {
    return this.at >= this.order.length && this.demoted.length === 0;
  }

  /** total returns the number of results; as long as proven() is false, an upper bound of it. */
  total(): number {
    return this.order.length - this.wrong;
  }

  proven(): boolean {
    return this.exact || this.done();
  }

  /** agenciesLeft returns the number of agencies that have not been verified. */
  agenciesLeft(): number {
    return this.agencyList.length - this.agencyAt;
  }

  /**
   * prove adds up to n more results to shown. It requests at once the texts that it
   * will likely need, verifies them in order, and calls tick after each report. It
   * stops after many false candidates in a row, because a query of frequent grams may
   * have the whole archive as candidates; the reader can then ask for more. For a long
   * query it stops sooner.
   */
  async prove(n: number, tick?: () => void): Promise<void> {
    const want = this.shown.length + n;
    const patience = this.isLong() ? inVainLong : inVain;
    const enough = (): boolean => this.shown.length >= want || this.done() || this.vain >= patience || this.stale();
    this.vain = 0;
    await this.rankNames();
    while (!enough()) {
      // A list costs half as much as the text of a false candidate.
      if (this.missed > this.shown.length / 4 && !this.complete()) {
        await this.refine();
        continue;
      }
      this.ask(want - this.shown.length);
      const r = await this.load(this.next(false));
      this.judge(this.next(true), r);
      if (tick && !enough()) tick();
    }
  }

  /** proveAgencies adds up to n more agencies to agencyHits. */
  async proveAgencies(n: number): Promise<void> {
    const want = (this.agencyHits?.length ?? 0) + n;
    while (this.agencyHits && !this.stale() && this.agencyHits.length < want && this.agenciesLeft() > 0) {
      const batch = this.agencyList.slice(this.agencyAt, this.agencyAt + want - this.agencyHits.length);
      this.agencyAt += batch.length;
      const list = await Promise.all(batch.map((a) => this.index.names(a)));
      const hits = list.filter((a) => this.nameHolds(a));
      this.agencyHits = this.agencyHits.concat(hits);
      if (hits.length < list.length && !this.narrowed) await this.narrow();
    }
  }

  /**
   * findNames finds the agencies of which one name is the whole query. If there are
   * only a few candidates it reads their names, which are needed anyway, otherwise
   * the list of agencies with that name.
   */
  private async findNames(agencies: Uint32Array): Promise<void> {
    const { index } = this;
    const whole = index.fold(index.fold(this.state.q).replace(/"/g, " "));
    if (agencies.length <= fewNames) {
      const list = await Promise.all(Array.from(agencies, (a) => index.names(a)));
      this.named = new Set(agencies.filter((_, i) => list[i].names.some((n) => index.fold(n[0]) === whole)));
    } else {
      this.named = new Set(await index.called(whole));
    }
    this.listNames(agencies);
  }

  /** listNames sets agencyList: of the agencies given, those that the filters leave, first those whose name is the query. */
  private listNames(agencies: Uint32Array): void {
    const { kindOf, kinds } = this.index.root;
    const kind = kinds.indexOf(this.state.kind);
    const { first, size } = this.place;
    const list = Array.from(agencies.filter((a) => a >= first && a < first + size && (!this.state.kind || kindOf[a] === kind)));
    this.agencyList = list.filter((a) => this.named.has(a)).concat(list.filter((a) => !this.named.has(a)));
    this.agencyAt = 0;
    this.agencyHits = [];
  }

  /** narrow looks up all grams of the plan once an agency has proved false. Otherwise the names of hundreds of agencies might be read, if the grams used so far are common in names. */
  private async narrow(): Promise<void> {
    const [v] = this.volumes;
    this.narrowed = true;
    if (v.complete) return;
    this.listNames(agenciesIn(await lookUp(this.index, this.index.root.volumes[0], this.plan, v.lists, maxGrams)));
  }

  /** nameHolds reports whether the names of an agency, or their pinyin, contain all terms. */
  private nameHolds({ names }: AgencyNames): boolean {
    return this.terms.every((t) => names.some((n) => this.index.fold(n[0]).includes(t) || isLetters(t) && spelled(n[1] ?? "", t)));
  }

  /** arrange counts the candidates for the filters and puts them in order. */
  private arrange(): void {
    const s = this.state;
    const { agencies: all, kindOf, kinds, years: allYears, volumes } = this.index.root;
    const wantKind = kinds.indexOf(s.kind);
    const wantYear = s.year ? allYears.indexOf(Number(s.year)) : -1;
    const from = this.place.first;
    const to = from + this.place.size;
    const total = this.volumes.reduce((n, v) => n + v.docs.length, 0);
    const years = this.years = new Uint8Array(total);
    const agencies = this.agencies = new Uint32Array(total);
    const bound = this.bound = new Uint8Array(total);
    const perYear = this.yearCounts = new Uint32Array(allYears.length);
    const perKind = this.kindCounts = new Uint32Array(kinds.length);
    const perAgency = this.perAgency = new Uint32Array(all + 1);
    let n = 0;
    this.volumes.forEach((v, i) => {
      let year = volumes[i].year;
      let firstOfYear = 0;
      for (let k = 0; k < v.docs.length; k++) {
        for (; v.docs[k] >= firstOfYear + all; firstOfYear += all) year++;
        const a = v.docs[k] - firstOfYear;
        const kind = kindOf[a];
        const yearFits = !s.year || year === wantYear;
        const kindFits = !s.kind || kind === wantKind;
        if (yearFits && kindFits) perAgency[a + 1]++;
        if (a < from || a >= to) continue;
        if (kindFits) perYear[year]++;
        if (yearFits) perKind[kind]++;
        if (!yearFits || !kindFits) continue;
        years[n] = year;
        agencies[n] = a;
        bound[n] = (this.named.has(a) ? 128 : 0) + Math.min(v.bound[k], 127);
        n++;
      }
    });
    for (let a = 0; a < all; a++) perAgency[a + 1] += perAgency[a];
    // Candidates are in order of year and agency. A counting sort by relevance,
    // which has few values, keeps that order among equals.
    const order = this.order = new Uint32Array(n);
    if (this.byRelevance()) {
      const starts = new Uint32Array(257);
      for (let i = 0; i < n; i++) starts[256 - bound[i]]++;
      for (let i = 0; i < 256; i++) starts[i + 1] += starts[i];
      for (let i = 0; i < n; i++) order[starts[255 - bound[i]]++] = i;
    } else {
      for (let i = 0; i < n; i++) order[i] = i;
    }
    this.demoted = [];
    this.shown = [];
    this.at = this.asked = this.wrong = this.missed = 0;
  }

  private byRelevance(): boolean {
    return this.state.sort !== "year" && this.state.sort !== "name";
  }

  /** rankNames sorts the candidates by their agencies' names, if that is the order chosen. */
  private async rankNames(): Promise<void> {
    const { order } = this;
    if (this.state.sort !== "name" || this.ranked === order) return;
    const rank = await this.index.ranks(order.map((c) => this.agencies[c]));
    const n = order.length + 1;
    const keys = Float64Array.from(order, (c, i) => rank(this.agencies[c]) * n + i).sort();
    this.order = this.ranked = Uint32Array.from(keys, (k) => order[k % n]);
  }

  /**
   * next returns the next candidate: the next one in order, or a demoted one that
   * now comes before it. If take is true, the search advances past it.
   */
  private next(take: boolean): number {
    const c = this.at < this.order.length ? this.order[this.at] : -1;
    const d = this.demoted[0];
    const early = d && (c < 0 || d.key > this.bound[c] || d.key === this.bound[c] && d.c < c);
    if (take && early) this.demoted.shift();
    else if (take) this.at++;
    return early ? d.c : c;
  }

  private load(c: number): Promise<Report> {
    return this.index.report(this.agencies[c], this.index.root.years[this.years[c]]);
  }

  /** ask requests the texts that are likely needed for left more results. */
  private ask(left: number): void {
    const end = Math.min(this.order.length, this.at + this.foresight(left));
    for (this.asked = Math.max(this.asked, this.at); this.asked < end; this.asked++) {
      const c = this.order[this.asked];
      this.index.expect(this.agencies[c], this.index.root.years[this.years[c]]);
    }
  }

  /** foresight returns how many texts to request ahead for left more results, by the share of false candidates so far. It is small as long as more lists could rule candidates out. */
  private foresight(left: number): number {
    if (this.shown.length < 3 && !this.complete()) return first;
    return Math.min(this.isLong() ? inVainLong : ahead, Math.ceil(left * (1 + Math.max(0, this.missed - 1) / (this.shown.length + 3))));
  }

  private isLong(): boolean {
    return this.terms.join("").length > long;
  }

  private complete(): boolean {
    return this.volumes.every((v) => v.complete);
  }

  /** judge adds a candidate to shown, drops it if its text lacks a term, or demotes it. */
  private judge(c: number, r: Report): void {
    const headings = this.headingsOf(r);
    if (headings < 0) {
      this.wrong++;
      this.missed++;
      this.vain++;
      return;
    }
    const key = (this.bound[c] & 128) + Math.min(headings, 127);
    if (key < this.bound[c] && this.byRelevance()) {
      this.bound[c] = key;
      this.missed++;
      const i = this.demoted.findIndex((d) => d.key < key || d.key === key && d.c > c);
      this.demoted.splice(i < 0 ? this.demoted.length : i, 0, { key, c });
      return;
    }
    this.vain = 0;
    this.shown.push(r);
  }

  /** headingsOf returns the number of terms in title or headings, or -1 if the report lacks a term. */
  private headingsOf(r: Report): number {
    const title = this.index.fold(r.title);
    let n = 0;
    for (const t of this.terms) {
      let heading = title.includes(t);
      let found = heading;
      for (let k = 0; k < r.folded.length && !heading; k++) {
        if (!r.folded[k].includes(t)) continue;
        found = true;
        heading = r.units[k][0] === "h";
      }
      if (!found) return -1;
      if (heading) n++;
    }
    return n;
  }

  /**
   * refine looks up more grams after too many candidates were false, and starts
   * verifying from the beginning. Texts that have been loaded are not loaded again.
   */
  private async refine(): Promise<void> {
    this.volumes = await Promise.all(this.volumes.map((v, i) =>
      v.complete ? v : candidatesIn(this.index, this.index.root.volumes[i], this.plan, v.lists, 1, maxGrams, this.stale)));
    this.vain = 0;
    this.arrange();
    await this.rankNames();
  }
}
