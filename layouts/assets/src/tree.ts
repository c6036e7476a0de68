// The tree of agencies, of which only the needed files are loaded.

import type { Files } from "./files.ts";

/** A node is a run of agencies. A node without a segment is the last of its list, and the list goes on in the file of its folder. */
export interface TreeNode {
  name: string;
  segment?: string; // its path, without that of the parent
  offset: number; // number of its first agency, counted from that of the parent
  size: number; // number of agencies
  folder?: string; // folder of the file with its children
  inline?: TreeNode[]; // its children, if it is the only node of its list
}

/** Child is a node with its whole path and its first agency. */
export interface Child {
  name: string;
  path: string;
  first: number;
  size: number;
}

/** Branch is a node with the nodes above it (trail) and below it (children). */
export interface Branch {
  trail: { name: string; path: string }[];
  first: number;
  size: number;
  children: Child[];
}

/** branch finds the node with the path; "" is the whole tree. A path that is not in the tree gives a branch without agencies. */
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

/** pages reads a list of nodes that may continue in further files. */
async function pages(files: Files, list: TreeNode[]): Promise<TreeNode[]> {
  for (;;) {
    const last = list[list.length - 1];
    if (!last || last.segment) return list;
    list = list.slice(0, -1).concat(await children(files, last.folder!));
  }
}
