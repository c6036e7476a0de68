// Marks the hits of a search on the page of a result. Every q of the address,
// after # or ?, is a text to mark, and the page scrolls to the first hit. The search
// page passes the hits as the page spells them; a q that somebody types is found too
// if it differs only in case, width or compatibility form.

import { ready } from "./dom.ts";
import { foldAll, matches, type Range } from "./match.ts";

const blockTags = "p, li, td, th, caption, h1, h2, h3, h4, h5, h6, dt, dd, figcaption, summary, blockquote, pre";
const ignored = "script, style, nav, form, select, svg, [hidden]";
const mostTerms = 50;

function wanted(): string[] {
  const list = new Set<string>();
  for (const s of [location.hash.slice(1), location.search.slice(1)]) {
    for (const q of new URLSearchParams(s).getAll("q")) {
      const f = foldAll(q);
      if (f && list.size < mostTerms) list.add(f);
    }
  }
  return Array.from(list);
}

/**
 * blocks returns the runs of text in which a hit may occur: the text nodes
 * with the same nearest block element around them, so that a hit may be partly
 * emphasised.
 */
function blocks(main: Element): Text[][] {
  const out = new Map<Element, Text[]>();
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const n = walker.currentNode as Text;
    const p = n.parentElement!;
    if (!n.data.trim() || p.closest(ignored)) continue;
    const b = p.closest(blockTags) ?? p;
    const list = out.get(b);
    if (list) list.push(n);
    else out.set(b, [n]);
  }
  return Array.from(out.values());
}

function mark(node: Text, ranges: Range[]): void {
  for (const [from, to] of ranges.reverse()) { // from the last to the first, because marking changes the offsets after it
    const range = document.createRange();
    const m = document.createElement("mark");
    m.className = "hit";
    range.setStart(node, from);
    range.setEnd(node, to);
    range.surroundContents(m);
  }
}

function run(): void {
  const main = document.querySelector("main") ?? document.body;
  for (const m of main.querySelectorAll("mark.hit")) {
    const p = m.parentNode!;
    m.replaceWith(...m.childNodes);
    p.normalize();
  }
  const terms = wanted();
  if (!terms.length) return;
  for (const nodes of blocks(main)) matches(nodes.map((n) => n.data), terms).forEach((ranges, k) => mark(nodes[k], ranges));
  // Most pages have the words in their title too, so the first hit below it is shown.
  const all = Array.from(main.querySelectorAll("mark.hit"));
  const first = all.find((m) => !m.closest("h1")) ?? all[0];
  if (!first) return;
  for (let d = first.closest("details"); d; d = d.parentElement!.closest("details")) d.open = true;
  first.classList.add("hit-first");
  first.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", run);
ready(run);
