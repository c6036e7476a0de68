// The tree of agencies, as far as it is asked for.

import type { Files } from "./files.ts";

/** A node is a run of agencies. Without a segment it leads to more of its list. */
export interface TreeNode {
  name: string;
  segment?: string; // what the path adds to the parent's
  offset: number; // of its first agency from the parent's
  size: number; // how many agencies it is
  folder?: string; // of its children
  inline?: TreeNode[]; // the children of an only node
}

/** Child is a node with its whole path and its first agency. */
export interface Child {
  name: string;
  path: string;
  first: number;
  size: number;
}

/** Branch is a place in the tree: the way to it, its run of agencies, and what stands below it. */
export interface Branch {
  trail: { name: string; path: string }[];
  first: number;
  size: number;
  children: Child[];
}

/** branch finds the node with the path; "" is the whole tree. One that is not there has no agencies. */
export async function branch(files: Files, top: TreeNode[], agencies: number, path: string): Promise<Branch> {
  const found: Branch = { trail: [], first: 0, size: agencies, children: [] };
  let list = await pages(files, top);
  let done = "";
  for (let rest = path; rest !== "";) {
    const n = list.find((n) => n.segment === rest || rest.startsWith(n.segment + "/"));
    if (!n) return { ...found, first: 0, size: 0 };
    found.first += n.offset;
    found.size = n.size;
    found.trail.push({ name: n.name, path: done + n.segment });
    done += n.segment + "/";
    rest = rest.slice(n.segment!.length + 1);
    list = await pages(files, n.inline ?? (n.folder ? await children(files, n.folder) : []));
  }
  found.children = list.map((n) => ({ name: n.name, path: done + n.segment, first: found.first + n.offset, size: n.size }));
  return found;
}

function children(files: Files, folder: string): Promise<TreeNode[]> {
  return files.json("a/" + folder + "/children.json");
}

/** pages reads a list of nodes that may go on in further files. */
async function pages(files: Files, list: TreeNode[]): Promise<TreeNode[]> {
  for (;;) {
    const last = list[list.length - 1];
    if (!last || last.segment) return list;
    list = list.slice(0, -1).concat(await children(files, last.folder!));
  }
}
