// The panel about one number of a report: a dialog that the page brings with it,
// words and all, and that is filled for the cell that was chosen.

import { Archive } from "./archive.ts";
import type { Around, Neighbour } from "./around.ts";
import { equations, through, type Judged, type Operand } from "./cell.ts";
import { bar, link, make } from "./dom.ts";
import { inTag } from "./fill.ts";
import { Below } from "./pair.ts";
import { say } from "./say.ts";
import { format, Sheet } from "./sheet.ts";
import { english } from "./words.ts";

const tag = english ? "en" : "zh";

export class Panel {
  private readonly archive: Archive;
  private readonly title: HTMLElement;
  private readonly status: HTMLElement;
  private readonly year: number;
  private opener: HTMLElement | undefined; // has the focus again at the end
  private shown = 0; // counts the cells that were shown, so that a late answer is not put beside another cell

  constructor(private readonly dialog: HTMLDialogElement) {
    const { reports, rules, figures, years, year } = dialog.dataset as Record<string, string>;
    this.year = Number(year);
    this.archive = new Archive({ reports, rules, figures }, years.split(" ").map(Number));
    this.title = dialog.querySelector("h2")!;
    this.status = dialog.querySelector("[role=status]")!;
    dialog.addEventListener("click", (e) => {
      const target = e.target as Element;
      const term = target.closest<HTMLAnchorElement>('a[href^="#"]');
      if (target === dialog || target.closest(".close")) dialog.close();
      else if (term) {
        e.preventDefault();
        this.open(document.getElementById(term.hash.slice(1)) as HTMLTableCellElement);
      }
    });
    dialog.addEventListener("close", () => {
      this.shown++;
      this.opener?.focus();
    });
    for (const b of dialog.querySelectorAll<HTMLElement>("[data-copy]")) {
      b.addEventListener("click", () => void this.copy(document.getElementById(b.dataset.copy!)!));
    }
  }

  /** open shows a cell; the opener is what gets the focus afterwards, as long as the panel stays open. */
  open(cell: HTMLTableCellElement, opener: HTMLElement = cell): void {
    const heads = cell.headers.split(" ").map((id) => document.getElementById(id)!.textContent!.trim());
    const name = heads.join(" · "), value = (cell.firstChild?.textContent ?? "").trim();
    this.title.textContent = name;
    this.dialog.querySelector(".panel-value")!.textContent = value;
    this.cite(cell.id, name, value);
    this.status.textContent = this.word("loading");
    this.part("years").hidden = this.part("equations").hidden = this.part("around").hidden = true;
    if (!this.dialog.open) {
      this.opener = opener;
      this.dialog.showModal();
    }
    this.title.focus();
    this.dialog.scrollTop = 0;
    const turn = ++this.shown;
    this.fill(cell.id, () => turn === this.shown).then(() => "", () => this.word("failed"))
      .then((message) => turn === this.shown && (this.status.textContent = message));
  }

  private word(key: string): string {
    return this.dialog.dataset[key]!;
  }

  private part(name: string): HTMLElement {
    return this.dialog.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  }

  private cite(id: string, cell: string, value: string): void {
    const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");
    const address = canonical + "#" + id;
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    const report = document.getElementById("report-citation")!.textContent!;
    this.dialog.querySelector("#panel-address")!.textContent = address;
    this.dialog.querySelector("#panel-citation")!.textContent = say(this.word("citation"), { report, cell, value, address, date });
  }

  /** copy puts a text on the clipboard, or, where the browser does not let a script do that, selects it. */
  private async copy(node: HTMLElement): Promise<void> {
    getSelection()!.selectAllChildren(node);
    const copied = await navigator.clipboard?.writeText(node.textContent!).then(() => true, () => false) || document.execCommand("copy");
    this.status.textContent = this.word(copied ? "copied" : "uncopied");
  }

  private async fill(id: string, current: () => boolean): Promise<void> {
    const { agency, sheets } = await this.archive.read();
    if (!current()) return;
    const of = (year: number): Sheet | undefined => sheets.find((s) => s.year === year);
    const now = of(this.year)!;
    const cell = now.form.cell(id);
    this.years(agency, sheets, now, cell);
    const beside = { before: of(this.year - 1), after: of(this.year + 1), below: undefined };
    this.equations(equations(now, cell, beside), agency, id);
    const found = await this.archive.around(agency, now, cell);
    if (!current()) return;
    if (!found) return;
    this.equations(equations(now, cell, { ...beside, below: summed(now, id, found.below) }), agency, id);
    this.around(found, id, (list) => {
      const sum = summed(now, id, list)?.sums[cell];
      return sum?.known ? format(now.form.cells[cell].type, sum.value) : "";
    });
  }

  /** begin empties a part but for its heading, and shows it. */
  private begin(name: string): HTMLElement {
    const part = this.part(name);
    part.replaceChildren(part.querySelector("h3")!);
    part.hidden = false;
    return part;
  }

  private address(agency: string, year: number, id: string): string {
    return say(this.word("page"), { agency, year }) + "#" + id;
  }

  private table(part: HTMLElement): HTMLElement {
    const table = make("table", "data", "", part);
    table.setAttribute("aria-label", part.querySelector("h3")!.textContent!);
    return make("tbody", "", "", table);
  }

  /** line adds a name, which may be a link, and a value. */
  private line(body: HTMLElement, name: string, address: string, value: string): HTMLElement {
    const row = make("tr", "", "", body);
    const head = make("th", "", address ? "" : name, row);
    head.scope = "row";
    if (address) link("", name, address, head);
    make("td", "n", value || this.word("none"), row);
    return row;
  }

  private years(agency: string, sheets: Sheet[], now: Sheet, cell: number): void {
    const readings = through(sheets, now, cell).reverse();
    const most = Math.max(...readings.map(({ value }) => Number(value ?? 0n)));
    const body = this.table(this.begin("years"));
    for (const { sheet, ids: [id], text, value } of readings) {
      const row = this.line(body, String(sheet.year), id && sheet !== now ? this.address(agency, sheet.year, id) : "", id ? text : this.word("break"));
      if (sheet === now) row.setAttribute("aria-current", "true");
      make("td", "drawn", "", row).append(...(value === undefined ? [] : [bar(Number(value), most)]));
    }
  }

  private equations(list: Judged[], agency: string, id: string): void {
    const part = this.begin("equations");
    if (list.length === 0) make("p", "", this.word("free"), part);
    for (const { rule, left, right, atLeast, known, holds } of list) {
      const p = make("p", "", "", part);
      link("", inTag(rule.label, tag), this.word("rulesPage") + "#rule-" + rule.id, p);
      const verdict = !known ? "open" : holds ? "holds" : "fails";
      p.append(" ");
      make("span", verdict, this.word(verdict), p);
      const terms = make("ul", "terms", "", part);
      this.side(left, terms, agency, id, "");
      this.side(right, terms, agency, id, atLeast ? "≥" : "=");
    }
  }

  /** side adds the numbers of one side, each on a line as in a sum on paper. */
  private side(list: Operand[], terms: HTMLElement, agency: string, cell: string, first: string): void {
    list.forEach(({ label, year, text, minus, below, id }, i) => {
      const own = year === this.year, line = make("li", "", "", terms);
      make("span", "sign", [i === 0 ? first : minus ? "" : "+", minus ? "−" : ""].join(" ").trim(), line);
      line.append(" ");
      make("b", "", text || this.word("none"), line);
      line.append(" ");
      const name = (below ? this.word("sum") + " " : own ? "" : year + " ") + inTag(label, tag);
      if (own && id === cell || below) make("span", "", name, line);
      else link("", name, own ? "#" + id : this.address(agency, year, id), line);
    });
  }

  private around({ above, beside, below }: Around, id: string, sum: (list: Neighbour[]) => string): void {
    const part = this.begin("around");
    if (!above && beside.length + below.length === 0) {
      make("p", "", this.word("alone"), part);
      return;
    }
    const body = this.table(part);
    const agency = ({ path, name, value }: Neighbour): HTMLElement => value === undefined
      ? this.line(body, name, "", this.word("missing"))
      : this.line(body, name, this.address(path, this.year, id), value === null ? "" : String(value));
    const total = (list: Neighbour[], word: string, name: string, address: string): void => {
      const n = list.filter((a) => a.value !== undefined).length;
      if (n > 0) this.line(body, say(this.word(word), { name, n, m: list.length }), address, sum(list)).className = "sum";
    };
    if (above) agency(above);
    // A region files no report: what stands for it is the sum of those within it.
    const [region] = Array.from(document.querySelectorAll<HTMLAnchorElement>(".crumbs a")).slice(-2);
    if (region) total(beside, "region", region.textContent!, region.href);
    total(below, "below", "", "");
    below.forEach(agency);
  }
}

/** summed are the reports of the agencies below, as far as they are about one cell. */
function summed({ form, year }: Sheet, id: string, below: Neighbour[]): Below | undefined {
  const reports = below.filter((a) => a.value !== undefined).map(({ name, value }) => {
    const sheet = new Sheet(form, year, name);
    sheet.set(id, value === null ? "" : String(value));
    return sheet;
  });
  return reports.length > 0 ? new Below(form, below.length, reports, false) : undefined;
}
