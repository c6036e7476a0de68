// The agencies above and below an agency, with their figure for a cell and a
// year, from the files of the explore page.

import type { Cell, Figures, Form, Row } from "./figures.ts";

/** A Neighbour is an agency; its value is null where its report of the year has no number, undefined where there is no such report. */
export interface Neighbour { path: string; name: string; value: number | null | undefined }

/** Around are the nearest agencies that file reports; beside are those of the same region, the agency too, where what it belongs to files none. */
export interface Around { above: Neighbour | undefined; beside: Neighbour[]; below: Neighbour[] }

const mostShards = 4; // of a large archive, that are looked through

/**
 * around finds the nearest agencies that file reports above one, and below it. Only reports in the same form as its own have the cell.
 * It is undefined if they lie in too many files.
 */
export async function around(figures: Figures, path: string, year: number, form: string, cell: string): Promise<Around | undefined> {
  const { years, shards } = figures.index;
  const at = years.findIndex((y) => y.year === year && y.form === form);
  const place = at < 0 ? undefined : placeOf(figures.form(at), cell);
  if (!place) return { above: undefined, beside: [], below: [] };
  // A shard has the name of its first agency: those whose name begins like the path are nearest.
  const parent = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const likeness = shards.map(({ id }) => shared(id.split("."), path.split("/")));
  if (likeness.filter((n) => n >= path.split("/").length - 1).length > mostShards) return undefined;
  const near = shards.map((_, i) => i).sort((a, b) => likeness[b] - likeness[a]).slice(0, mostShards);
  const values = new Map<string, Row>();
  const names = new Map<string, string>();
  await Promise.all(near.map(async (shard) => {
    const [agencies, rows] = await Promise.all([figures.agencies(shard), figures.rows({ year: at, ratio: undefined, cells: [place] }, shard)]);
    for (const [p, name] of agencies) names.set(p, name);
    for (const r of rows) values.set(r.path, r);
  }));
  const neighbour = (p: string): Neighbour => ({ path: p, name: names.get(p)!, value: values.get(p)?.value });
  const nearestBelow = (p: string): Neighbour[] => {
    const under = Array.from(names.keys()).filter((q) => q.startsWith(p + "/"));
    const all = new Set(under);
    return under.filter((q) => !steps(q, p).some((s) => all.has(s))).map(neighbour);
  };
  const above = Array.from(names.keys()).filter((p) => path.startsWith(p + "/")).sort((a, b) => b.length - a.length)[0];
  return {
    above: above === undefined ? undefined : neighbour(above),
    beside: parent && above !== parent ? nearestBelow(parent) : [],
    below: nearestBelow(path),
  };
}

/** placeOf finds a cell by its id, which is that of the row where it is the only one there. */
function placeOf({ rows }: Form, id: string): Cell | undefined {
  for (const [row, r] of rows.entries()) {
    const column = r.columns.findIndex(([c]) => id === r.id + "." + c || r.columns.length === 1 && id === r.id);
    if (column >= 0) return [row, column];
  }
  return undefined;
}

/** steps lists the paths between one and another below it. */
function steps(path: string, above: string): string[] {
  const list: string[] = [];
  for (let i = path.lastIndexOf("/"); i > above.length; i = path.lastIndexOf("/", i - 1)) list.push(path.slice(0, i));
  return list;
}

/** shared counts the steps that two paths have in common. */
function shared(a: string[], b: string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}
