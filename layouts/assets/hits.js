// Marks what a search found, on the page that it leads to: every q of the
// address, after # or ?, is text to mark, and the first hit comes into view.
// search.js passes the hits as this page writes them; a q by hand is found as
// well if it differs in case, width or compatibility form only.
(function () {
"use strict";

var BLOCK = "p, li, td, th, caption, h1, h2, h3, h4, h5, h6, dt, dd, figcaption, summary, blockquote, pre";

function fold(c) {
  var f = c.normalize("NFKC").toLowerCase();
  return /^\s+$/.test(f) ? " " : f;
}
function foldAll(s) { return Array.from(s, fold).join("").replace(/ +/g, " ").trim(); }

function wanted() {
  var list = new Set();
  [location.hash.slice(1), location.search.slice(1)].forEach(function (s) {
    new URLSearchParams(s).getAll("q").forEach(function (q) {
      var f = foldAll(q);
      if (f && list.size < 50) list.add(f);
    });
  });
  return Array.from(list);
}

// blocks are the runs of text in which a hit may stand, though it be partly
// emphasised: the text nodes that have the same nearest block around them.
function blocks(main) {
  var out = new Map(), walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), n;
  while ((n = walker.nextNode())) {
    var p = n.parentElement;
    if (!n.data.trim() || p.closest("script, style, nav, form, select, svg, [hidden]")) continue;
    var b = p.closest(BLOCK) || p;
    if (!out.has(b)) out.set(b, []);
    out.get(b).push(n);
  }
  return Array.from(out.values());
}

function mark(nodes, terms) {
  var text = "", at = []; // for each code unit: the node, and the character's place in it
  nodes.forEach(function (n, k) {
    for (var i = 0; i < n.data.length;) {
      var c = String.fromCodePoint(n.data.codePointAt(i)), f = fold(c);
      for (var j = 0; j < f.length; j++) {
        if (f[j] === " " && (text === "" || text[text.length - 1] === " ")) continue;
        text += f[j];
        at.push([k, i, i + c.length]);
      }
      i += c.length;
    }
  });
  var hit = new Map(); // by node: the ranges to mark
  terms.forEach(function (t) {
    for (var i = text.indexOf(t); i >= 0; i = text.indexOf(t, i + t.length)) {
      for (var j = i; j < i + t.length; j++) {
        var p = at[j], list = hit.get(p[0]) || [], last = list[list.length - 1];
        if (last && p[1] >= last[0] && p[1] <= last[1]) last[1] = Math.max(last[1], p[2]);
        else list.push([p[1], p[2]]);
        hit.set(p[0], list);
      }
    }
  });
  hit.forEach(function (list, k) {
    var end = Infinity;
    list.sort(function (a, b) { return b[0] - a[0]; });
    list.forEach(function (r) { // from the last to the first, so that places stay true
      var to = Math.min(r[1], end);
      if (r[0] >= to) return;
      var range = document.createRange(), m = document.createElement("mark");
      m.className = "hit";
      range.setStart(nodes[k], r[0]);
      range.setEnd(nodes[k], to);
      range.surroundContents(m);
      end = r[0];
    });
  });
}

function run() {
  var main = document.querySelector("main") || document.body;
  main.querySelectorAll("mark.hit").forEach(function (m) {
    var p = m.parentNode;
    m.replaceWith.apply(m, Array.from(m.childNodes));
    p.normalize();
  });
  var terms = wanted();
  if (!terms.length) return;
  blocks(main).forEach(function (nodes) { mark(nodes, terms); });
  // Most pages begin with a title that holds the words too: look below it.
  var all = Array.from(main.querySelectorAll("mark.hit"));
  var first = all.find(function (m) { return !m.closest("h1"); }) || all[0];
  if (!first) return;
  for (var d = first.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  first.classList.add("hit-first");
  first.scrollIntoView({ block: "center" });
}

window.addEventListener("hashchange", run);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
else run();
})();
