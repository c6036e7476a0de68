// The equations that a form requires of its figures. RulesFile is the type of
// data/rules/<form>.json, which generator/form/rules.go writes and
// rules.schema.json describes; Form is the same with cells by their numbers, in the
// form's order.

import { fill, type Args, type Text } from "./fill.ts";

type SignedCell = [cell: string, sign: 1 | -1, from?: From];
export type From = "previous" | "children";
export type Severity = "error" | "warning";

export interface RulesFile {
  form: string;
  variant_of?: string;
  tokens: string[];
  tables: { id: string; label: Text }[];
  rows: { id: string; table: string; label: Text; full: Text }[];
  cells: { id: string; row: string; column: Text; label: Text; type: Type; additive?: boolean; parts?: string[]; own?: boolean }[];
  rules: {
    id: string; severity: Severity; about: string; scope: Scope; by_row?: boolean; label: Text; message: Text;
    equations: { at: string; where: Text; left: SignedCell[]; op: "=" | ">="; right: SignedCell[]; derived?: string; when_full?: boolean }[];
  }[];
  continues: Record<string, Record<string, string | string[]>>;
  program: Record<string, { severity: Severity; messages: Record<string, Text> }>;
}

export type Type = "count" | "amount" | "change";

/** Scope says which reports a rule uses: the report alone, that of the year before too, or those of the agencies below too. */
export type Scope = "report" | "years" | "agencies";

export interface Row { id: string; label: Text; full: Text; cells: number[] }
export interface Table { id: string; label: Text; rows: Row[] }
export interface Cell { id: string; row: Row; column: Text; label: Text; type: Type; additive: boolean }
export interface Term { cell: number; minus: boolean; from: From | undefined }

export interface Equation {
  at: number; // the cell at which a failure is reported
  where: Text;
  left: Term[];
  right: Term[];
  terms: Term[]; // of both sides
  atLeast: boolean; // left ≥ right; otherwise left = right
  derived: number; // the cell that is computed from the others, or -1
  whenFull: boolean; // can be judged only if all agencies below have reported
}

export interface Rule { id: string; severity: Severity; about: string; scope: Scope; byRow: boolean; label: Text; message: Text; equations: Equation[] }

export class Form {
  readonly id: string;
  readonly tables: Table[];
  readonly cells: Cell[];
  readonly rules: Rule[];
  private readonly numbers: Map<string, number>;
  // The cells of the form that this is a variant of, or its own: which one a cell is, and back.
  private readonly bases: (string | undefined)[];
  private readonly shared: Map<string, number>;

  constructor(private readonly file: RulesFile) {
    this.id = file.form;
    this.tables = file.tables.map(({ id, label }) => ({ id, label, rows: [] }));
    const rows = new Map<string, Row>();
    for (const { id, table, label, full } of file.rows) {
      const row: Row = { id, label, full, cells: [] };
      rows.set(id, row);
      this.tables.find((t) => t.id === table)!.rows.push(row);
    }
    this.numbers = new Map(file.cells.map((c, i) => [c.id, i]));
    this.cells = file.cells.map(({ id, row: of, column, label, type, additive }, i) => {
      const row = rows.get(of)!;
      row.cells.push(i);
      return { id, row, column, label, type, additive: additive === true };
    });
    this.bases = file.cells.map(({ id, parts, own }) => (own ? undefined : !parts ? id : parts.length === 1 ? parts[0] : undefined));
    this.shared = new Map(this.bases.flatMap((id, i): [string, number][] => (id === undefined ? [] : [[id, i]])));
    const terms = (list: SignedCell[]): Term[] => list.map(([cell, sign, from]) => ({ cell: this.cell(cell), minus: sign < 0, from }));
    this.rules = file.rules.map((r) => ({
      id: r.id, severity: r.severity, about: r.about, scope: r.scope, byRow: r.by_row === true, label: r.label, message: r.message,
      equations: r.equations.map((e) => {
        const left = terms(e.left), right = terms(e.right);
        return {
          at: this.cell(e.at), where: e.where, left, right, terms: left.concat(right), atLeast: e.op === ">=",
          derived: e.derived === undefined ? -1 : this.cell(e.derived), whenFull: e.when_full === true,
        };
      }),
    }));
  }

  /** cell returns the number of the cell with the id. It throws if the form has no such cell. */
  cell(id: string): number {
    const n = this.numbers.get(id);
    if (n === undefined) throw new Error(`${this.id} has no cell ${id}`);
    return n;
  }

  /** continues maps each cell to the cells of an earlier form whose sum it continues, mostly one; undefined if this form continues none of that form's cells. */
  continues(earlier: Form): number[][] | undefined {
    if (earlier.id === this.id) return this.cells.map((_, i) => [i]);
    const same = this.file.continues[earlier.id];
    return same && this.cells.map((c) => (c.id in same ? [same[c.id]!].flat().map((id) => earlier.cell(id)) : []));
  }

  /** edition is the form of which this is a variant, or itself. */
  get edition(): string {
    return this.file.variant_of ?? this.id;
  }

  /** base is the id that a cell has in the edition; undefined for one that only the variant has. */
  base(cell: number): string | undefined {
    return this.bases[cell];
  }

  /** shares reports whether a cell is one of the form that this is a variant of. */
  shares(cell: number): boolean {
    return this.bases[cell] !== undefined;
  }

  /** counterpart is the cell of another form of the same edition, one of which is a variant of the other, that is this one. */
  counterpart(cell: number, other: Form): number | undefined {
    const base = this.bases[cell];
    return base === undefined ? undefined : other.shared.get(base);
  }

  /** token reports whether a text is one that documents print in place of a number. */
  token(text: string): boolean {
    return this.file.tokens.includes(text);
  }

  severity(rule: string): Severity {
    return this.file.program[rule]!.severity;
  }

  /** say fills in one of the program's own messages, such as relation/crossing or blank-cell. */
  say(key: string, args: Args = {}): Text {
    const [rule, variant] = key.split("/") as [string, string?];
    return fill(this.file.program[rule]!.messages[variant ?? ""]!, args, this.file.program["relation"]!.messages["list"]!);
  }
}
