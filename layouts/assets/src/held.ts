// What a report's page shows, held against the line that a release has of it.
// generator/verify does the same, and more.

export type Values = { [key: string]: Values | number | string | null };

/** State is a line of the record. Numbers keep their digits as text, for 75.9260 is not 75.926. */
export interface State {
  agency: string;
  year: number;
  withdrawn?: { date: string; reason: string };
  title?: string;
  published?: string;
  text: string;
  values?: Values;
}

/** Difference is something that a page says otherwise than the record. */
export interface Difference {
  what: "cell" | "title" | "published";
  cell: string;
  was: string;
  is: string;
}

/** parseLine reads a line, with numbers as they are written. */
export function parseLine(line: string): State {
  const values = line.indexOf(',"values":');
  const head = values < 0 ? line : line.slice(0, values) + "}";
  const state = JSON.parse(head) as State;
  if (values >= 0) state.values = (JSON.parse("{" + line.slice(values + 1).replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*/g, (m) => m[0] === '"' ? m : `"${m}"`)) as { values: Values }).values;
  return state;
}

/** flat lists the values by the ids of their cells. */
export function flat(values: Values, before = "", all = new Map<string, string>()): Map<string, string> {
  for (const [key, v] of Object.entries(values)) {
    if (typeof v === "object" && v !== null) flat(v, before + key + ".", all);
    else all.set(before + key, v === null ? "" : String(v));
  }
  return all;
}

const tidy = (text: string): string => text.trim().replace(/\s+/g, " ");

/** printed is what stands in a cell, without marks and the words for those who cannot see them. */
function printed(cell: Element): string {
  const copy = cell.cloneNode(true) as Element;
  for (const n of copy.querySelectorAll(".mark, .sr, sup")) n.remove();
  return tidy(copy.textContent ?? "");
}

/** differences holds a page against a line. count is the number of cells that were compared. */
export function differences(whole: Document, state: State): { list: Difference[]; count: number } {
  const page: ParentNode = whole.querySelector("main") ?? whole; // around it may stand the page of a host
  const list: Difference[] = [];
  const values = flat(state.values ?? {});
  const seen = new Set<string>();
  for (const cell of page.querySelectorAll("td[id]")) {
    if (!cell.id.includes(".") && !values.has(cell.id)) continue;
    const was = tidy(values.get(cell.id) ?? "0");
    const is = printed(cell);
    if (was !== is || seen.has(cell.id)) list.push({ what: "cell", cell: cell.id, was, is });
    seen.add(cell.id);
  }
  for (const [cell, was] of values) {
    if (seen.size > 0 && !seen.has(cell) && was !== "") list.push({ what: "cell", cell, was, is: "" });
  }
  const title = Array.from(page.querySelectorAll("h1"), (h) => tidy(h.textContent ?? "")).join(" ");
  if (title !== tidy(state.title ?? "")) list.push({ what: "title", cell: "", was: state.title ?? "", is: title });
  if (state.published) {
    for (const n of page.querySelectorAll(".byline, .signature")) {
      if (!n.textContent?.includes(state.published)) list.push({ what: "published", cell: "", was: state.published, is: tidy(n.textContent ?? "") });
    }
  }
  return { list, count: seen.size };
}
