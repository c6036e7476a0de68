// The explore page: any figure of any year, by agency. The address bar holds
// the choice. Content is added as text nodes, never as markup. The addresses of the
// data and of a report, and the words, are data attributes of #explore-app.

import { csv } from "./csv.ts";
import { bar, link, make } from "./dom.ts";
import { Figures, type Figure, type Form, type Row } from "./figures.ts";
import { say } from "./say.ts";

const page = 200; // rows that are shown at a time

type Choice = "year" | "figure" | "column" | "region" | "kind";
type Option = [value: string, text: string];

function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById("explore-" + id) as T;
}

/** number writes a figure as reports do. */
function number(v: number): string {
  return v.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

class Explore {
  private readonly words: DOMStringMap;
  private readonly selects: Record<Choice, HTMLSelectElement> = {
    year: byId("year"), figure: byId("figure"), column: byId("column"), region: byId("region"), kind: byId("kind"),
  };
  private sort = { by: "value", down: true };
  private shown = page;
  private rows: Row[] = [];
  private turn = 0; // number of the latest choice

  constructor(private readonly app: HTMLElement, private readonly figures: Figures) {
    this.words = app.dataset;
  }

  start(): void {
    const { selects, words } = this;
    const { years, shards, places } = this.figures.index;
    const q = new URLSearchParams(location.search);
    fill(selects.year, years.map((y) => [String(y.year), String(y.year)]), q.get("year"));
    this.fillFigures(q.get("figure"), q.get("column"));
    const all: Option = ["", words.all!];
    const deep = ([path, name]: Option): Option => [path, "\u2003".repeat(path.split("/").length - 1) + name];
    fill(selects.region, shards.length === 1 ? [all, ...places.map(deep)] : [...shards.map((s): Option => ["shard:" + s.id, s.name]), all], q.get("region"));
    selects.kind.value = q.get("kind") ?? selects.kind.value;
    const [, down, by] = /^(-?)(name|value)$/.exec(q.get("sort") ?? "") ?? [];
    if (by) this.sort = { by, down: !!down };
    selects.year.addEventListener("change", () => {
      this.fillFigures(selects.figure.value, selects.column.value);
      this.show();
    });
    selects.figure.addEventListener("change", () => {
      this.fillColumns(selects.column.value);
      this.show();
    });
    for (const s of [selects.column, selects.region, selects.kind]) s.addEventListener("change", () => this.show());
    for (const b of this.sorters()) {
      b.addEventListener("click", () => {
        const by = b.dataset.sort!;
        this.sort = { by, down: by === this.sort.by ? !this.sort.down : by === "value" };
        this.show();
      });
    }
    byId("more").addEventListener("click", () => {
      this.shown += page;
      this.draw();
    });
    byId("form").addEventListener("submit", (e) => {
      e.preventDefault();
      this.download();
    });
    byId("plain").hidden = true;
    this.app.hidden = false;
    this.show();
  }

  private sorters(): NodeListOf<HTMLElement> {
    return this.app.querySelectorAll<HTMLElement>("button[data-sort]");
  }

  private year(): number {
    return this.figures.index.years.findIndex((y) => String(y.year) === this.selects.year.value);
  }

  private form(): Form {
    return this.figures.form(this.year());
  }

  private choice(): Figure {
    const { ratios, rows } = this.form();
    const id = this.selects.figure.value;
    const row = rows.findIndex((r) => r.id === id);
    const column = row < 0 ? -1 : rows[row].columns.findIndex((c) => c[0] === this.selects.column.value);
    return { year: this.year(), ratio: ratios.find((r) => "ratio:" + r.id === id), cells: [[row, column]] };
  }

  private fillFigures(want: string | null, column: string | null): void {
    const { ratios, rows, start } = this.form();
    const list = ratios.map((r): Option => ["ratio:" + r.id, r.label]).concat(rows.map((r): Option => [r.id, r.label]));
    if (!fill(this.selects.figure, list, want)) {
      const first = rows.find((r) => start === r.id || start.startsWith(r.id + "."));
      if (first) this.selects.figure.value = first.id;
    }
    this.fillColumns(column);
  }

  private fillColumns(want: string | null): void {
    const row = this.form().rows.find((r) => r.id === this.selects.figure.value);
    const list = (row?.columns ?? []).map(([id, label, unit]): Option => [id, unit ? label + " " + unit : label]);
    if (!fill(this.selects.column, list, want) && list.length) this.selects.column.value = list[list.length - 1][0];
    this.selects.column.parentElement!.hidden = list.length < 2;
  }

  /** region returns the shards of the chosen region, and the path that its agencies are at or below. */
  private region(): { shards: number[]; path: string } {
    const v = this.selects.region.value;
    const { shards } = this.figures.index;
    const one = shards.findIndex((s) => "shard:" + s.id === v);
    return one < 0 ? { shards: shards.map((_, k) => k), path: v } : { shards: [one], path: "" };
  }

  private async show(): Promise<void> {
    const mine = ++this.turn;
    const choice = this.choice();
    const { shards, path } = this.region();
    const kind = this.selects.kind.value;
    byId("formula").textContent = choice.ratio?.formula ?? "";
    try {
      const lists = await Promise.all(shards.map((k) => this.figures.rows(choice, k)));
      if (mine !== this.turn) return;
      const within = (r: Row): boolean => !path || r.path === path || r.path.startsWith(path + "/");
      this.rows = lists.flat().filter((r) => (!kind || r.kind === kind) && within(r));
      this.shown = page;
      this.draw();
      this.write(choice);
    } catch {
      if (mine === this.turn) byId("status").textContent = this.words.failed!;
    }
  }

  private write(choice: Figure): void {
    const q = new URLSearchParams();
    for (const [k, s] of Object.entries(this.selects)) if (s.value && !(k === "column" && choice.ratio)) q.set(k, s.value);
    q.set("sort", (this.sort.down ? "-" : "") + this.sort.by);
    history.replaceState(null, "", "?" + q);
  }

  private compare(a: Row, b: Row): number {
    if (this.sort.by === "value" && a.value !== b.value) {
      if (a.value === null) return 1; // agencies without a figure come last in either direction
      if (b.value === null) return -1;
      return this.sort.down ? b.value - a.value : a.value - b.value;
    }
    const n = a.name.localeCompare(b.name, document.documentElement.lang) || (a.path < b.path ? -1 : 1);
    return this.sort.by === "name" && this.sort.down ? -n : n;
  }

  private draw(): void {
    const { rows, selects, words } = this;
    const { ratio } = this.choice();
    const { year } = this.figures.index.years[this.year()];
    const known = rows.flatMap((r) => r.value === null ? [] : [r.value]);
    const most = known.reduce((a, b) => Math.max(a, b), 0);
    rows.sort((a, b) => this.compare(a, b));
    byId("rows").replaceChildren(...rows.slice(0, this.shown).map((r) => {
      const tr = make("tr");
      const th = make("th", "", "", tr);
      th.scope = "row";
      link("", r.name, say(words.report!, { agency: r.path, year }), th);
      make("td", "n", this.text(r), tr);
      const td = make("td", "", "", tr);
      if (r.value !== null) td.append(bar(r.value, most));
      return tr;
    }));
    const column = ratio || selects.column.parentElement!.hidden ? "" : " · " + selects.column.selectedOptions[0].textContent;
    byId("caption").textContent = year + " · " + selects.figure.selectedOptions[0].textContent + column;
    byId("status").textContent = say(words.rows!, { n: rows.length, m: known.length, sum: ratio ? "—" : number(known.reduce((a, b) => a + b, 0)) });
    byId("more").hidden = rows.length <= this.shown;
    for (const b of this.sorters()) {
      b.closest("th")!.setAttribute("aria-sort", b.dataset.sort === this.sort.by ? (this.sort.down ? "descending" : "ascending") : "none");
    }
  }

  private text(r: Row): string {
    const { ratio } = this.choice();
    if (r.value === null) return this.words.none!;
    if (ratio) return (r.value * 100).toFixed(1) + "%" + (r.cases! < ratio.few ? " " + this.words.few! : "");
    return number(r.value);
  }

  private download(): void {
    const { year } = this.figures.index.years[this.year()];
    const figure = byId("caption").textContent ?? "";
    const text = csv([
      ["path", "agency", "kind", "year", "figure", "value", "cases"],
      ...this.rows.map((r) => [r.path, r.name, r.kind, year, figure, r.value ?? "", r.cases ?? ""]),
    ]);
    const a = make("a");
    a.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    a.download = "explore-" + year + ".csv";
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  }
}

/** fill sets the options of a select, selects the wanted one, and reports whether it is among them. */
function fill(select: HTMLSelectElement, list: Option[], want: string | null): boolean {
  select.replaceChildren(...list.map(([value, text]) => {
    const o = make("option", "", text);
    o.value = value;
    return o;
  }));
  const there = list.some((o) => o[0] === want);
  if (there) select.value = want!;
  return there;
}

const app = document.getElementById("explore-app");
if (app && location.protocol !== "file:") {
  Figures.open(app.dataset.index!).then((figures) => {
    if (figures.index.years.length) new Explore(app, figures).start();
  }).catch(() => { /* the page without the script remains */ });
}
