// The figures of the archive, in the files that generator/export/explore.go
// writes: one for each year, shard of agencies and row of the form.

export interface FiguresIndex {
  years: { year: number; form: string; rows: string[] }[]; // rows says for each shard which rows have a file: see values
  forms: Record<string, Form>;
  shards: { id: string; name: string; count: number }[];
  places: [path: string, name: string][];
}

export interface Form {
  rows: { id: string; label: string; columns: [id: string, label: string, unit: string][] }[];
  ratios: Ratio[];
  start: string; // id of the figure that is shown first
}

/** A cell is a row and a column of a form. */
export type Cell = [row: number, column: number];

export interface Ratio {
  id: string;
  label: string;
  formula: string;
  few: number; // number of cases below which the ratio is marked as unreliable
  over: Cell[];
  under: Cell[];
}

/** Figure is the figure to show: a ratio, or the sum of cells, in the year with this index. */
export interface Figure {
  year: number;
  ratio: Ratio | undefined;
  cells: Cell[];
}

/** Row is an agency with its figure. */
export interface Row {
  path: string;
  name: string;
  kind: string;
  value: number | null; // null if the report has none
  cases: number | null; // of a ratio
}

export type Agency = [path: string, name: string, kind: string, years: number[]];

/** Values are the figures of a row by agency and column; null for a row that is zero in all reports. */
type Values = (number | null)[][] | null;

export class Figures {
  private readonly loaded = new Map<string, Promise<unknown>>();

  private constructor(readonly index: FiguresIndex, private readonly folder: string) {}

  static async open(address: string): Promise<Figures> {
    return new Figures(await json<FiguresIndex>(address), address.slice(0, address.lastIndexOf("/") + 1));
  }

  form(year: number): Form {
    return this.index.forms[this.index.years[year].form];
  }

  agencies(shard: number): Promise<Agency[]> {
    return this.get<Agency[]>("agencies/" + encodeURIComponent(this.index.shards[shard].id) + ".json");
  }

  /** rows returns the agencies of a shard that have reported in the year. */
  async rows(figure: Figure, shard: number): Promise<Row[]> {
    const { ratio, cells } = figure;
    const needed = Array.from(new Set((ratio ? ratio.over.concat(ratio.under) : cells).map((c) => c[0])));
    const data = new Map<number, Values>();
    const [agencies] = await Promise.all([
      this.agencies(shard),
      ...needed.map(async (row) => data.set(row, await this.values(figure.year, shard, row))),
    ]);
    const { year } = this.index.years[figure.year];
    const list: Row[] = [];
    agencies.forEach(([path, name, kind, years], i) => {
      if (!years.includes(year)) return;
      const sum = (of: Cell[]): number | null => {
        let total = 0;
        for (const [row, column] of of) {
          const values = data.get(row)!;
          const v = values === null ? 0 : values[i] === null ? null : values[i][column];
          if (v === null) return null;
          total += v;
        }
        return total;
      };
      if (!ratio) {
        list.push({ path, name, kind, value: sum(cells), cases: null });
        return;
      }
      const over = sum(ratio.over);
      const cases = sum(ratio.under);
      list.push({ path, name, kind, value: over !== null && cases ? over / cases : null, cases });
    });
    return list;
  }

  /** values loads the figures of a row. A "*" in rows means that all rows of the shard are in one file; otherwise rows has a 1 for each row with a file. */
  private async values(year: number, shard: number, row: number): Promise<Values> {
    const y = this.index.years[year];
    const have = y.rows[shard];
    const { id } = this.form(year).rows[row];
    const base = y.year + "/" + encodeURIComponent(this.index.shards[shard].id);
    if (have === "*") return new Map(Object.entries(await this.get<Record<string, Values>>(base + ".json"))).get(id) ?? null;
    return have[row] === "1" ? this.get<Values>(base + "/" + encodeURIComponent(id) + ".json") : null;
  }

  private get<T>(path: string): Promise<T> {
    let p = this.loaded.get(path) as Promise<T> | undefined;
    if (!p) {
      p = json<T>(this.folder + path);
      p.catch(() => this.loaded.delete(path));
      this.loaded.set(path, p);
    }
    return p;
  }
}

async function json<T>(address: string): Promise<T> {
  const r = await fetch(address);
  if (!r.ok) throw new Error(address + ": " + r.status);
  return r.json() as Promise<T>;
}
