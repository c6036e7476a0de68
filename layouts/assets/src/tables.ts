// Tables that can be sorted by a click on a head, and the filter of the page of
// coverage. Without scripts the tables stand in the order of the tree, and the
// lists of coverage are led to by links.

import { button, ready } from "./dom.ts";
import { order, shown } from "./order.ts";

/** sortable turns the heads of a table into buttons: up, down, and back to the order of the page. */
function sortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead?.rows[0]?.cells ?? []);
  if (!body || body.rows.length < 2) return;
  const rows = Array.from(body.rows);
  heads.forEach((head, column) => {
    const parts = Array.from(head.childNodes);
    // Names begin at the front of the alphabet, numbers with the largest; a third click gives the page's own order back.
    const [first, second] = column === 0 ? ["ascending", "descending"] : ["descending", "ascending"];
    const b = button("sort", "", undefined, () => {
      const was = head.getAttribute("aria-sort");
      for (const h of heads) h.removeAttribute("aria-sort");
      if (was === second) {
        body.append(...rows);
        return;
      }
      const next = was === first ? second! : first!;
      head.setAttribute("aria-sort", next);
      const cells = rows.map((r) => shown(r.cells[column]?.textContent ?? ""));
      body.append(...order(cells, next === "descending").map((i) => rows[i]!));
    });
    b.append(...parts);
    head.append(b);
  });
}

/** What a cell of a table has where there is a fault. */
const faults: Record<string, string> = { missing: ".absent, .missing", late: ".late", faulty: ".faulty" };

/** filter shows of the page of coverage what has the chosen year, fault and name, and keeps the choice in the address. */
function filter(form: HTMLElement): void {
  const year = document.getElementById("coverage-year") as HTMLSelectElement;
  const fault = document.getElementById("coverage-fault") as HTMLSelectElement;
  const name = document.getElementById("coverage-name") as HTMLInputElement;
  const lists = Array.from(document.querySelectorAll<HTMLElement>("[data-fault]")); // details where there are names, else what leads to them
  const open = lists.map((d) => d instanceof HTMLDetailsElement && d.open);
  const run = (): void => {
    const text = name.value.trim().toLowerCase();
    const all = !year.value && !fault.value && !text;
    lists.forEach((d, i) => {
      const fits = !fault.value || d.dataset.fault === fault.value;
      let any = !text || !(d instanceof HTMLDetailsElement);
      for (const g of d.querySelectorAll<HTMLElement>(".group")) {
        const head = g.querySelector("h4"); // stands for all names below it
        const whole = !!head && holds(head, text);
        let here = false;
        for (const li of g.querySelectorAll("li")) {
          li.hidden = !whole && !holds(li, text);
          here = here || !li.hidden;
        }
        g.hidden = !here;
        any = any || here;
      }
      d.hidden = !fits || !any;
      if (d instanceof HTMLDetailsElement) d.open = all ? open[i]! : !d.hidden;
    });
    for (const s of document.querySelectorAll<HTMLElement>("section[data-year]")) {
      s.hidden = !!year.value && s.dataset.year !== year.value || !s.querySelector("[data-fault]:not([hidden])");
    }
    for (const t of document.querySelectorAll<HTMLTableElement>("table.coverage")) {
      const heads = Array.from(t.tHead?.rows[0]?.cells ?? []).map((h) => h.textContent);
      for (const r of t.tBodies[0]?.rows ?? []) {
        const cells = Array.from(r.cells).filter((_, i) => i > 0 && (!year.value || heads[i] === year.value));
        const some = !year.value && !fault.value || cells.some((c) => c.querySelector(faults[fault.value] ?? Object.values(faults).join()));
        r.hidden = !some || !holds(r.cells[0]!, text);
      }
    }
  };
  const chosen = new URLSearchParams(location.search);
  for (const [key, field] of [["year", year], ["fault", fault], ["name", name]] as const) {
    const value = chosen.get(key) ?? "";
    if (field === name || Array.from((field as HTMLSelectElement).options).some((o) => o.value === value)) field.value = value;
  }
  form.addEventListener("input", () => {
    const query = new URLSearchParams();
    if (year.value) query.set("year", year.value);
    if (fault.value) query.set("fault", fault.value);
    if (name.value) query.set("name", name.value);
    const text = query.toString();
    history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash);
    run();
  });
  form.hidden = false;
  run();
}

function holds(n: Element, text: string): boolean {
  return !text || (n.textContent ?? "").toLowerCase().includes(text);
}

/** unfold opens the list that the address points at. */
function unfold(): void {
  const at = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (at instanceof HTMLDetailsElement && !at.open) {
    at.open = true;
    at.scrollIntoView();
  }
}

ready(() => {
  for (const t of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) sortable(t);
  const form = document.getElementById("coverage-filter");
  if (form) filter(form);
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll<HTMLDetailsElement>("details[data-fault]")) d.open = true;
  });
  unfold(); // last: it fails on an address whose end is not encoded as one
});
