// The index of an archive: root.json, and the reading of the files it refers to;
// generator/docs/search.md has the formats.

import { Bits, Bytes, firstSeed, mix, points } from "./bits.ts";
import type { Files } from "./files.ts";
import { unpack } from "./files.ts";
import type { FoldTable } from "./fold.ts";
import type { Root, Volume } from "./root.ts";
import { branch, type Branch } from "./tree.ts";

const group = "\x1d", field = "\x1e", part = "\x1f";

/** Lists are the posting lists of a gram; all numbers are ascending. */
export interface Lists {
  docs: Uint32Array; // reports of the volume
  headings: Uint32Array; // those of docs with the gram in title or heading
  agencies: Uint32Array; // agencies with the gram in a name or its pinyin
}

export interface Report {
  agency: string;
  year: number;
  url: string;
  title: string;
  units: string[]; // paragraphs, headings and rows; each begins with a letter for its kind
  folded: string[]; // the units without that letter, folded
}

export interface AgencyNames {
  path: string;
  names: string[][]; // each a name and its pinyin, if any
}

/** A label is an official label of a form, with the address of the page about it. */
export interface Label {
  zh: string;
  en?: string;
  url: string;
}

export class Index {
  private readonly tables = new Set<string>(); // the tables of folding that have been loaded

  constructor(readonly root: Root, private readonly files: Files) {}

  fold(s: string): string {
    return this.root.folding.fold(s);
  }

  /**
   * prepare loads the tables that are needed to fold s. root.json has the folds of
   * all characters in the archive's texts, and the characters of the index are folded
   * already. Only for a query with other characters is one of the two tables needed.
   */
  async prepare(s: string): Promise<void> {
    const { chars, folding, tables } = this.root;
    const wanted = new Set<string>();
    for (const c of points(s.normalize("NFC"))) {
      if (chars.has(c) || !folding.lacks(c)) continue;
      wanted.add("f/" + (c >= 0x3400 && c < 0xa000 ? tables[0] + "/han.json" : tables[1] + "/other.json"));
    }
    await Promise.all(Array.from(wanted, async (path) => {
      const table = await this.files.json<FoldTable>(path);
      if (this.tables.has(path)) return;
      this.tables.add(path);
      folding.add(table);
    }));
  }

  /** postings reads the lists of a gram; they are empty if the index has none. */
  async postings(volume: Volume, gram: string): Promise<Lists> {
    const at = Math.floor(mix(firstSeed, points(gram)) * volume.folders.length * volume.files / 2 ** 32);
    const buffer = await this.files.bytes("g/" + volume.folders[Math.floor(at / volume.files)] + "/" + at % volume.files + ".bin");
    const size = 4 + new DataView(buffer).getUint32(0, true);
    const dictionary = new Bytes(await unpack(buffer.slice(4, size)));
    const key = new TextEncoder().encode(gram);
    for (let from = size; dictionary.more();) {
      const length = dictionary.varint();
      let same = length === key.length;
      for (let k = 0; same && k < length; k++) same = dictionary.data[dictionary.at + k] === key[k];
      dictionary.at += length;
      const docs = dictionary.varint(), headings = dictionary.varint(), agencies = dictionary.varint(), bytes = dictionary.varint();
      if (same) {
        const bits = new Bits(new Uint8Array(buffer, from, bytes));
        const list = bits.list(docs, volume.years * this.root.agencies);
        return { docs: list, headings: bits.list(headings, docs).map((i) => list[i]), agencies: bits.list(agencies, this.root.agencies) };
      }
      from += bytes;
    }
    return { docs: new Uint32Array(0), headings: new Uint32Array(0), agencies: new Uint32Array(0) };
  }

  /** called returns the agencies of which a whole name, folded, is the text. */
  async called(name: string): Promise<Uint32Array> {
    const p = points(name);
    const hex = (n: number): string => n.toString(16).padStart(8, "0");
    return (await this.postings(this.root.volumes[0], "\x01" + hex(mix(0x3c6ef372, p) & 0x7fffffff) + hex(mix(0x9e3779b9, p)))).agencies;
  }

  /** expect begins to load the text of a report without waiting for it. */
  expect(agency: number, year: number): void {
    this.files.text(this.place(agency, year).stem + ".bin").catch(() => { /* report awaits it and throws */ });
  }

  async report(agency: number, year: number): Promise<Report> {
    const { stem, local } = this.place(agency, year);
    const text = await this.files.text(stem + ".bin");
    const mine = text.split(group).find((g) => g.startsWith(local + field));
    if (mine === undefined) throw new Error(stem + ": no report " + local);
    let f = mine.split(field);
    if (f[2][0] === "+") { // a long text, in a file for each of so many pieces
      const pieces = Array.from({ length: Number(f[2].slice(1)) }, (_, i) => this.files.inflated(stem + "-" + local + "-" + i + ".bin"));
      f = f.slice(0, 2).concat((await new Blob(await Promise.all(pieces)).text()).split(field));
    }
    const units = f.slice(5);
    return { agency: f[1], year: Number(f[2]), url: f[3], title: f[4], units, folded: units.map((u) => this.fold(u.slice(1))) };
  }

  async names(agency: number): Promise<AgencyNames> {
    const { folder, local } = this.place(agency, 0);
    const f = (await this.files.text(folder + "/names.bin")).split(group)[local].split(field);
    return { path: f[0], names: f.slice(2).map((n) => n.split(part)) };
  }

  /** ranks loads the ranks of agencies and returns a function from an agency to its position in the order of names. */
  async ranks(agencies: Uint32Array): Promise<(agency: number) => number> {
    const pieces = new Map<number, Uint8Array>();
    await Promise.all(Array.from(new Set(agencies.map((a) => a >> 14)), async (p) => {
      pieces.set(p, new Uint8Array(await this.files.inflated("n/" + this.root.ranks[p] + "/ranks.bin")));
    }));
    return (agency) => {
      const b = pieces.get(agency >> 14)!;
      const at = 3 * (agency & 16383);
      return b[at] + b[at + 1] * 256 + b[at + 2] * 65536;
    };
  }

  /** label returns the official label that equals the folded query, if there is one. */
  async label(query: string): Promise<Label | undefined> {
    const { labels } = this.root;
    if (!labels || !labels.hashes.has(mix(firstSeed, points(query)))) return undefined;
    const all = await this.files.json<Record<string, Label>>("l/" + labels.folder + "/labels.json");
    return new Map(Object.entries(all)).get(query);
  }

  branch(path: string): Promise<Branch> {
    return branch(this.files, this.root.tree, this.root.agencies, path);
  }

  /** place returns the folder of an agency's shard, its number in the shard, and the beginning of the names of its files of a year. */
  private place(agency: number, year: number): { folder: string; local: number; stem: string } {
    const { firsts, shards, block } = this.root;
    let lo = 0;
    let hi = firsts.length - 1;
    while (lo < hi) {
      const m = (lo + hi + 1) >> 1;
      if (firsts[m] <= agency) lo = m;
      else hi = m - 1;
    }
    const folder = "t/" + shards[lo];
    const local = agency - firsts[lo];
    return { folder, local, stem: folder + "/" + year + "-" + Math.floor(local / block) };
  }
}
