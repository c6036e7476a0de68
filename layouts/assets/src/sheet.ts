// The figures of a report, by cell. Numbers are exact: an amount is a whole number
// of millionths, and none is a float.

import type { Form, Type } from "./rules.ts";

export type Status = "number" | "missing" | "blank" | "not-applicable" | "invalid";

export interface Fact {
  status: Status;
  value: bigint; // of an amount, in millionths; meaningful for a number only
  text: string; // as written
}

const scale = 1_000_000n;

const shapes: Record<Type, RegExp> = {
  count: /^(?:0|[1-9][0-9]{0,14})$/,
  amount: /^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?$/,
  change: /^(?:0|-?[1-9][0-9]{0,14})$/,
};

/** read returns the fact for the text of a cell. The text is undefined for a cell that the report does not have. */
export function read(form: Form, type: Type, text: string | undefined): Fact {
  if (text === undefined) return { status: "missing", value: 0n, text: "" };
  if (text === "") return { status: "blank", value: 0n, text };
  if (form.token(text)) return { status: "not-applicable", value: 0n, text };
  if (!shapes[type].test(text)) return { status: "invalid", value: 0n, text };
  const [whole, decimals = ""] = text.split(".") as [string, string?];
  const value = type === "amount" ? BigInt(whole) * scale + BigInt(decimals.padEnd(6, "0")) : BigInt(whole);
  return { status: "number", value, text };
}

/** format writes a value as documents do: without separators, and an amount without zeros at its end. */
export function format(type: Type, n: bigint): string {
  if (type !== "amount") return n.toString();
  const digits = n < 0n ? -n : n;
  const decimals = (digits % scale).toString().padStart(6, "0").replace(/0+$/, "");
  return (n < 0n ? "-" : "") + (digits / scale).toString() + (decimals && "." + decimals);
}

/** stated reports whether a document can state the value. */
export function stated(type: Type, n: bigint): boolean {
  return shapes[type].test(format(type, n));
}

/** Sheet holds the figures of one report. */
export class Sheet {
  readonly facts: Fact[];
  /** changes is the number of calls of set, by which results that were computed earlier are known to be out of date. */
  changes = 0;

  /** All cells are missing until they are set. The name of the agency is used in messages about the agency above. */
  constructor(readonly form: Form, readonly year: number, readonly agency = "") {
    this.facts = form.cells.map((c) => read(form, c.type, undefined));
  }

  /** set sets the text of the cell with the id; undefined if the report does not have the cell. */
  set(cell: string, text: string | undefined): void {
    const n = this.form.cell(cell);
    this.facts[n] = read(this.form, this.form.cells[n]!.type, text);
    this.changes++;
  }
}
