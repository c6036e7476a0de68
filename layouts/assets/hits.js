// Made from layouts/assets/src by npm run build or go test ./layouts -update; not to be edited.
"use strict";
(() => {
  // dom.ts
  function ready(run2) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run2);
    else run2();
  }

  // match.ts
  function fold(c) {
    const f = c.normalize("NFKC").toLowerCase();
    return /^\s+$/.test(f) ? " " : f;
  }
  function foldAll(s) {
    return Array.from(s, fold).join("").replace(/ +/g, " ").trim();
  }
  function matches(pieces, terms) {
    let text = "";
    const at = [];
    pieces.forEach((s, piece) => {
      for (let i = 0; i < s.length; ) {
        const c = String.fromCodePoint(s.codePointAt(i));
        for (const f of fold(c).split("")) {
          if (f === " " && (text === "" || text.endsWith(" "))) continue;
          text += f;
          at.push([piece, i, i + c.length]);
        }
        i += c.length;
      }
    });
    const covered = new Uint8Array(text.length);
    for (const t of terms) {
      for (let i = text.indexOf(t); i >= 0; i = text.indexOf(t, i + t.length)) covered.fill(1, i, i + t.length);
    }
    const out = pieces.map(() => []);
    at.forEach(([piece, from, to], i) => {
      if (!covered[i]) return;
      const list = out[piece];
      const last = list[list.length - 1];
      if (last && from <= last[1]) last[1] = to;
      else list.push([from, to]);
    });
    return out;
  }

  // hits.ts
  var blockTags = "p, li, td, th, caption, h1, h2, h3, h4, h5, h6, dt, dd, figcaption, summary, blockquote, pre";
  var ignored = "script, style, nav, form, select, svg, [hidden]";
  var mostTerms = 50;
  function wanted() {
    const list = /* @__PURE__ */ new Set();
    for (const s of [location.hash.slice(1), location.search.slice(1)]) {
      for (const q of new URLSearchParams(s).getAll("q")) {
        const f = foldAll(q);
        if (f && list.size < mostTerms) list.add(f);
      }
    }
    return Array.from(list);
  }
  function blocks(main) {
    const out = /* @__PURE__ */ new Map();
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const n = walker.currentNode;
      const p = n.parentElement;
      if (!n.data.trim() || p.closest(ignored)) continue;
      const b = p.closest(blockTags) ?? p;
      const list = out.get(b);
      if (list) list.push(n);
      else out.set(b, [n]);
    }
    return Array.from(out.values());
  }
  function mark(node, ranges) {
    for (const [from, to] of ranges.reverse()) {
      const range = document.createRange();
      const m = document.createElement("mark");
      m.className = "hit";
      range.setStart(node, from);
      range.setEnd(node, to);
      range.surroundContents(m);
    }
  }
  function run() {
    const main = document.querySelector("main") ?? document.body;
    for (const m of main.querySelectorAll("mark.hit")) {
      const p = m.parentNode;
      m.replaceWith(...m.childNodes);
      p.normalize();
    }
    const terms = wanted();
    if (!terms.length) return;
    for (const nodes of blocks(main)) matches(nodes.map((n) => n.data), terms).forEach((ranges, k) => mark(nodes[k], ranges));
    const all = Array.from(main.querySelectorAll("mark.hit"));
    const first = all.find((m) => !m.closest("h1")) ?? all[0];
    if (!first) return;
    for (let d = first.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    first.classList.add("hit-first");
    first.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", run);
  ready(run);
})();
