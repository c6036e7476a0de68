// A report, the one of the year before and the sums over the agencies below,
// and what the equations say of them: generator/check/sheet.go in TypeScript.

import type { Equation, Form, Term } from "./rules.ts";
import { stated, type Fact, type Sheet } from "./sheet.ts";

const least64 = -(1n << 63n), most64 = (1n << 63n) - 1n;

/** Sum is a sum over the reports below. If known is false a part is missing, and value is a lower bound. */
interface Sum { known: boolean; value: bigint }

/** Below are the reports of a government's agencies, of its year and in its form, as they were when they were added up. */
export class Below {
  readonly sums: Sum[];

  /** expected is how many agencies should report; where a report is faulty, nothing is compared with any. */
  constructor(form: Form, readonly expected: number, readonly reports: Sheet[], readonly faulty: boolean) {
    this.sums = form.cells.map((c, i) => {
      const sum = { known: true, value: 0n };
      for (const { facts } of reports) {
        const { status, value } = facts[i];
        if (!c.additive || status !== "number" || value < 0n || sum.value + value > most64) sum.known = false;
        else sum.value += value;
      }
      return sum;
    });
  }
}

/** Supposed maps cells to the values that they would need for failing equations to hold. */
export type Supposed = Map<number, bigint[]>;

export interface Verdict {
  equation: Equation;
  known: boolean; // every term is a number
  holds: boolean;
  left: bigint;
  right: bigint;
}

/** maxSupposed bounds the combinations of supposed values that are tried for one equation; beyond it only all of them together are. */
const maxSupposed = 6;

/** A place is a cell of the report, or, below zero, of the report before. */
export type Place = number;

const ofBefore = (cell: number): Place => -1 - cell;

export class Pair {
  private readonly continues: number[] | undefined;

  constructor(readonly now: Sheet, readonly before?: Sheet, readonly below?: Below, private readonly supposed: Map<Sheet, Supposed> = new Map()) {
    this.continues = before && now.form.continues(before.form);
  }

  /** place finds the cell that a term is about: none for a sum, or where nothing continues. */
  place(t: Term): Place | undefined {
    if (t.from === undefined) return t.cell;
    const there = t.from === "previous" && this.continues ? this.continues[t.cell] : -1;
    return there < 0 ? undefined : ofBefore(there);
  }

  sheet(p: Place): Sheet {
    return p < 0 ? this.before! : this.now;
  }

  number(p: Place): number {
    return p < 0 ? -1 - p : p;
  }

  fact(p: Place): Fact {
    return this.sheet(p).facts[this.number(p)];
  }

  /** judge reckons an equation with the printed values. */
  judge(equation: Equation): Verdict {
    const partial = equation.whenFull && this.below && this.below.reports.length < this.below.expected;
    const sides = partial ? undefined : this.sides(equation);
    if (!sides) return { equation, known: false, holds: false, left: 0n, right: 0n };
    return { equation, known: true, holds: holds(equation, sides), left: sides[0], right: sides[1] };
  }

  /** sides adds up both sides; values in instead stand for printed ones. */
  private sides(e: Equation, instead?: Map<Place, bigint>): [left: bigint, right: bigint] | undefined {
    // A sum over the agencies below without the missing reports is a lower
    // bound: enough to prove that the left side is too small.
    const left = this.sum(e.left, instead, e.atLeast, true);
    const right = left === undefined ? undefined : this.sum(e.right, instead, e.atLeast, false);
    return right === undefined ? undefined : [left!, right];
  }

  private sum(terms: Term[], instead: Map<Place, bigint> | undefined, least: boolean, minus: boolean): bigint | undefined {
    let total = 0n;
    for (const t of terms) {
      const v = this.value(t, instead, least && t.minus === minus);
      if (v === undefined) return undefined;
      total += t.minus ? BigInt.asIntN(64, -v) : v;
      if (total > most64 || total < least64) return undefined;
    }
    return total;
  }

  private value(t: Term, instead: Map<Place, bigint> | undefined, least: boolean): bigint | undefined {
    if (t.from === "children") {
      const sum = this.below?.sums[t.cell];
      return sum && (sum.known || least) ? sum.value : undefined;
    }
    const p = this.place(t);
    if (p === undefined) return undefined;
    const fact = this.fact(p);
    return fact.status === "number" ? instead?.get(p) ?? fact.value : undefined;
  }

  /** explained returns the cells with whose supposed values a failing equation holds; undefined if there are none. */
  explained(e: Equation): Place[] | undefined {
    const cells: Place[] = [], values: bigint[] = [];
    for (const t of e.terms) {
      const p = this.place(t);
      if (p === undefined || p === e.derived) continue;
      for (const v of this.supposed.get(this.sheet(p))?.get(this.number(p)) ?? []) {
        cells.push(p);
        values.push(v);
      }
    }
    const attempt = (taken: (i: number) => boolean): Place[] | undefined => {
      const used = cells.filter((_, i) => taken(i));
      const sides = this.sides(e, new Map(cells.map((p, i): [Place, bigint] => [p, values[i]]).filter((_, i) => taken(i))));
      return sides && holds(e, sides) ? used : undefined;
    };
    if (cells.length > maxSupposed) return attempt((i) => i < 60);
    for (let mask = 1; mask < 1 << cells.length; mask++) {
      const used = attempt((i) => (mask & (1 << i)) !== 0);
      if (used) return used;
    }
    return undefined;
  }

  /**
   * needed is the value that a cell would have to have for an equation to hold,
   * given all others as printed: of an equality in which it stands once, and where a document can state the value.
   */
  needed(v: Verdict, at: Place): bigint | undefined {
    const e = v.equation;
    const found = e.terms.map((t, i) => ({ t, right: i >= e.left.length })).filter(({ t }) => this.place(t) === at);
    if (e.atLeast || found.length !== 1) return undefined;
    const { t, right } = found[0];
    const apart = BigInt.asIntN(64, v.left - v.right); // has to become zero
    const want = BigInt.asIntN(64, this.fact(at).value + (t.minus === right ? -apart : apart));
    return stated(this.sheet(at).form.cells[this.number(at)].type, want) ? want : undefined;
  }
}

function holds(e: Equation, [left, right]: [bigint, bigint]): boolean {
  return e.atLeast ? left >= right : left === right;
}
