// The agencies above and below an agency, with their figure for a cell and a
// year, from the files of the explore page.

import type { Figures, Row } from "./figures.ts";

/** A Neighbour is an agency; its value is null where its report of the year has no number, undefined where there is no such report. */
export interface Neighbour { path: string; name: string; value: number | null | undefined }

export interface Around { above: Neighbour | undefined; below: Neighbour[] }

const mostShards = 4; // of a large archive, that are looked through

/** around finds the nearest agencies that file reports above one and below it. Only reports in the same form as its own have the cell. */
export async function around(figures: Figures, path: string, year: number, form: string, row: string, column: number): Promise<Around> {
  const { years, shards } = figures.index;
  const at = years.findIndex((y) => y.year === year && y.form === form);
  const place = at < 0 ? -1 : figures.form(at).rows.findIndex((r) => r.id === row);
  if (place < 0) return { above: undefined, below: [] };
  // A shard has the name of its first agency: those whose name begins like the path are nearest.
  const likeness = shards.map(({ id }) => shared(id.split("."), path.split("/")));
  const near = shards.map((_, i) => i).sort((a, b) => likeness[b] - likeness[a]).slice(0, mostShards);
  const values = new Map<string, Row>();
  const names = new Map<string, string>();
  await Promise.all(near.map(async (shard) => {
    const [agencies, rows] = await Promise.all([figures.agencies(shard), figures.rows({ year: at, ratio: undefined, cells: [[place, column]] }, shard)]);
    for (const [p, name] of agencies) names.set(p, name);
    for (const r of rows) values.set(r.path, r);
  }));
  const neighbour = (p: string): Neighbour => ({ path: p, name: names.get(p)!, value: values.get(p)?.value });
  const above = Array.from(names.keys()).filter((p) => path.startsWith(p + "/")).sort((a, b) => b.length - a.length)[0];
  const under = Array.from(names.keys()).filter((p) => p.startsWith(path + "/"));
  const below = under.filter((p) => !under.some((q) => p.startsWith(q + "/")));
  return { above: above === undefined ? undefined : neighbour(above), below: below.map(neighbour) };
}

/** shared counts the steps that two paths have in common. */
function shared(a: string[], b: string[]): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}
