// root.json, the file that every search loads first; generator/docs/search.md has
// the format.

import { Bytes, folders, unbase64 } from "./bits.ts";
import { Folding, type FoldTable } from "./fold.ts";
import type { TreeNode } from "./tree.ts";

/** RootFile is root.json as it is written; lists are packed in base64. */
export interface RootFile {
  agencies: number;
  reports: number;
  years: number[];
  volumes: { years: number; files: number; folders: string }[];
  shards: { sizes: string; hashes: string; block: number };
  chars: { points: string; levels: string };
  kinds: { names: string[]; runs: string };
  tree?: TreeNode[];
  folds: FoldTable;
  fold: [string, string];
  ranks: string;
  labels?: { folder: string; hashes: string };
}

/** A volume is a run of years whose posting lists are in the same files. */
export interface Volume {
  year: number; // index of its first year in years of Root
  years: number; // number of its years
  files: number; // number of files in each folder
  folders: string[];
}

export interface Root {
  agencies: number;
  years: number[];
  tree: TreeNode[];
  tables: [string, string]; // folders of the two tables of folding: ideographs, other characters
  block: number; // number of agencies whose texts of a year are in the same file
  volumes: Volume[];
  shards: string[];
  firsts: number[]; // the first agency of each shard
  chars: Map<number, number>; // frequency of each code point, on a logarithmic scale
  dense: Set<number>; // code points so frequent that triples of them have lists
  kinds: string[];
  kindOf: Uint8Array; // by agency: index in kinds
  folding: Folding;
  ranks: string[];
  labels: { folder: string; hashes: Set<number> } | null;
}

/** parseRoot unpacks the lists of root.json. */
export function parseRoot(j: RootFile): Root {
  const root: Root = {
    agencies: j.agencies, years: j.years, tree: j.tree ?? [], tables: j.fold, block: j.shards.block, volumes: [], shards: folders(j.shards.hashes), firsts: [],
    chars: new Map(), dense: new Set(), kinds: j.kinds.names, kindOf: new Uint8Array(j.agencies), folding: new Folding(j.folds), ranks: folders(j.ranks), labels: null,
  };
  let year = 0;
  for (const v of j.volumes) {
    root.volumes.push({ year, years: v.years, files: v.files, folders: folders(v.folders) });
    year += v.years;
  }
  let agency = 0;
  for (const b = new Bytes(unbase64(j.shards.sizes)); b.more(); agency += b.varint()) root.firsts.push(agency);
  const levels = unbase64(j.chars.levels);
  const b = new Bytes(unbase64(j.chars.points));
  for (let i = 0, point = 0; b.more(); i++) {
    point += b.varint();
    root.chars.set(point, levels[i] & 127);
    if (levels[i] & 128) root.dense.add(point);
  }
  agency = 0;
  for (const b = new Bytes(unbase64(j.kinds.runs)); b.more();) {
    const kind = b.byte();
    root.kindOf.fill(kind, agency, agency += b.varint());
  }
  if (j.labels) {
    const d = unbase64(j.labels.hashes);
    const view = new DataView(d.buffer);
    root.labels = { folder: j.labels.folder, hashes: new Set() };
    for (let i = 0; i + 4 <= d.length; i += 4) root.labels.hashes.add(view.getUint32(i, true));
  }
  return root;
}
