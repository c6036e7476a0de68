// A report together with the report of the year before and the reports of the
// agencies below, as far as equations use them, and the evaluation of an equation:
// generator/check/sheet.go in TypeScript.

import type { Equation, Form, Term } from "./rules.ts";
import { stated, type Fact, type Sheet } from "./sheet.ts";

const least64 = -(1n << 63n), most64 = (1n << 63n) - 1n;

/** Sum is a sum over the reports below. If known is false a part is missing, and value is a lower bound. */
export interface Sum { known: boolean; value: bigint }

/** Sums is what an equation uses of the reports below: reported of the expected ones are there. */
export interface Sums { readonly sums: Sum[]; readonly reported: number; readonly expected: number }

const missing: Fact = { status: "missing", value: 0n, text: "" };

/** Below holds the reports of the agencies below a government, those of its year and in its form or a variant of it, and their sums at the time of the call. */
export class Below implements Sums {
  readonly sums: Sum[];
  readonly reported: number;

  /** expected is the number of agencies that should report. If faulty, one of the reports has an error, and the government is not compared with any. */
  constructor(form: Form, readonly expected: number, readonly reports: Sheet[], readonly faulty: boolean) {
    this.reported = reports.length;
    this.sums = form.cells.map((c, i) => {
      const sum = { known: form.shares(i), value: 0n };
      for (const { form: theirs, facts } of reports) {
        const there = form.counterpart(i, theirs);
        const { status, value } = there === undefined ? missing : facts[there];
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

/** maxSupposed is the largest number of supposed values of which all combinations are tried for an equation. If there are more, only all of them together are tried. */
const maxSupposed = 6;

/** A place is a cell of the report, or, if negative, of the report of the year before; see ofBefore. */
export type Place = number;

const ofBefore = (cell: number): Place => -1 - cell;

/** Pair is a report and what it is compared with. */
export class Pair {
  private readonly continues: number[][] | undefined;

  constructor(readonly now: Sheet, readonly before?: Sheet, readonly below?: Sums, private readonly supposed: Map<Sheet, Supposed> = new Map()) {
    this.continues = before && now.form.continues(before.form);
  }

  /** places returns the cells of a term, whose sum it is if there are several; none for a sum over agencies, and if the form of the year before has no such cell. */
  places(t: Term): Place[] {
    if (t.from === undefined) return [t.cell];
    return t.from === "previous" && this.continues ? this.continues[t.cell].map(ofBefore) : [];
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

  /** judge evaluates an equation with the printed values. */
  judge(equation: Equation): Verdict {
    const partial = equation.whenFull && this.below && this.below.reported < this.below.expected;
    const sides = partial ? undefined : this.sides(equation);
    if (!sides) return { equation, known: false, holds: false, left: 0n, right: 0n };
    return { equation, known: true, holds: holds(equation, sides), left: sides[0], right: sides[1] };
  }

  /** sides adds up both sides; values in instead are used in place of printed ones. It is undefined if a term has no number. */
  private sides(e: Equation, instead?: Map<Place, bigint>): [left: bigint, right: bigint] | undefined {
    // A sum over the agencies below without the missing reports is a lower
    // bound, which is enough to prove that the left side is too small.
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
    const places = this.places(t);
    if (places.length === 0 || places.some((p) => this.fact(p).status !== "number")) return undefined;
    return places.reduce((sum, p) => sum + (instead?.get(p) ?? this.fact(p).value), 0n);
  }

  /** holdsWith reports whether an equation holds with other values; undefined if a term has no number. */
  holdsWith(e: Equation, instead: Map<Place, bigint>): boolean | undefined {
    const sides = this.sides(e, instead);
    return sides && holds(e, sides);
  }

  /** explained returns the cells whose supposed values make a failing equation hold; undefined if there are none. */
  explained(e: Equation): Place[] | undefined {
    const cells: Place[] = [], values: bigint[] = [];
    for (const t of e.terms) {
      for (const p of this.places(t)) {
        if (p === e.derived) continue;
        for (const v of this.supposed.get(this.sheet(p))?.get(this.number(p)) ?? []) {
          cells.push(p);
          values.push(v);
        }
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
   * needed returns the value with which a cell would make an equation hold, all
   * other cells being as printed. It is undefined if the equation is no equality, has
   * the cell not exactly once, or needs a value that a document cannot state.
   */
  needed(v: Verdict, at: Place): bigint | undefined {
    const e = v.equation;
    const found = e.terms.map((t, i) => ({ t, right: i >= e.left.length })).filter(({ t }) => this.places(t).includes(at));
    if (e.atLeast || found.length !== 1) return undefined;
    const { t, right } = found[0];
    const apart = BigInt.asIntN(64, v.left - v.right); // must become zero
    const want = BigInt.asIntN(64, this.fact(at).value + (t.minus === right ? -apart : apart));
    return stated(this.sheet(at).form.cells[this.number(at)].type, want) ? want : undefined;
  }
}

function holds(e: Equation, [left, right]: [bigint, bigint]): boolean {
  return e.atLeast ? left >= right : left === right;
}
