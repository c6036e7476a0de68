// Defines measure(phone): what is wrong with the page as it is shown now, a
// line each, with all that a tap opens. phone says that it stands for a
// telephone, held upright.
function measure(phone) {
  const faults = [];
  for (const d of document.querySelectorAll("main details")) d.open = true;
  const told = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") || ""} ${JSON.stringify(e.textContent.trim().slice(0, 40))}`;
  const shown = (e) => e.getClientRects().length > 0 && !e.closest(".sr, .skip") && e.offsetWidth !== 1 && getComputedStyle(e).visibility === "visible";
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  // The header leaves the page to the page, and the page fits the screen.
  const header = document.querySelector("header.site");
  if (phone && header && header.offsetHeight > 110) faults.push(`the header takes ${header.offsetHeight} pixels`);
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth + 1) faults.push(`the page is ${root.scrollWidth} pixels wide`);

  // A name or a row's label has five characters in a line, where it is broken
  // at all, and the head of a column two.
  for (const e of all("th, .names a, .tree a:not(.newest), .contents a")) {
    const lines = new Map();
    const texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    let width = 0, characters = 0;
    while (texts.nextNode()) {
      if (!shown(texts.currentNode.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      characters += texts.currentNode.length;
      for (const r of range.getClientRects()) {
        const line = Math.round(r.bottom / 8);
        lines.set(line, (lines.get(line) || 0) + r.width);
        width += r.width;
      }
    }
    const widest = characters * Math.max(...lines.values()) / width;
    const least = /^col/.test(e.scope) ? 2 : 5;
    if (lines.size > 1 && characters > least && widest < least - .5) faults.push(`broken after ${widest.toFixed(1)} characters: ${told(e)}`);
  }

  // Nothing is wider than its place, where it would be cut or lie over its neighbour.
  for (const e of all("td, th, dt, dd, li, p, h1, h2, h3, h4, a, button, summary, caption, figcaption, label, span, b, small")) {
    const style = getComputedStyle(e);
    if (style.display !== "inline" && !/auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) {
      faults.push(`${e.scrollWidth} pixels in ${e.clientWidth}: ${told(e)}`);
    }
    if (/hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1) faults.push(`cut off below: ${told(e)}`);
  }
  for (const row of all("tr")) {
    const cells = [...row.children].filter(shown).map((c) => [c, c.getBoundingClientRect()]);
    for (let i = 1; i < cells.length; i++) {
      const [a, p] = cells[i - 1], [b, q] = cells[i];
      if (p.width > 1 && q.width > 1 && Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2) {
        faults.push(`one over the other: ${told(a)}, ${told(b)}`);
      }
    }
  }

  // What does not stand on the screen is in a box that scrolls sideways.
  for (const e of all("td, th, a, button, input, select")) {
    const r = e.getBoundingClientRect();
    if (r.left >= -1 && r.right <= innerWidth + 1) continue;
    let box = e.parentElement;
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowX)) box = box.parentElement;
    if (!box || box === document.body || box === root) faults.push(`out of reach: ${told(e)}`);
  }
  return faults;
}

// stays scrolls each table to its last row and column and says which of them
// loses the row's label, or on a telephone its heads, out of sight.
function stays(phone) {
  const faults = [];
  document.documentElement.style.scrollBehavior = "auto";
  for (const table of document.querySelectorAll("table.data, table.official.grid")) {
    const rows = table.querySelectorAll("tbody tr"), last = rows[rows.length - 1], box = table.closest(".scroll");
    if (!last || !box || !table.getClientRects().length) continue;
    box.scrollTop = box.scrollLeft = 1e6;
    (box.offsetHeight <= innerHeight ? box : last).scrollIntoView({ block: "center" });
    const named = `the last row of ${table.id || table.className}`;
    const label = last.querySelector("th:last-of-type");
    if (label) {
      const r = label.getBoundingClientRect();
      if (r.left < -1 || r.right > innerWidth + 1 || r.bottom < 0 || r.top > innerHeight) faults.push(`${named} has its label out of sight`);
    }
    const heads = [...table.querySelectorAll("thead th")].map((h) => h.getBoundingClientRect()).filter((r) => r.width > 0).sort((a, b) => a.right - b.right || a.bottom - b.bottom);
    const values = last.querySelectorAll("td:not(.formula)");
    if (phone && heads.length && values.length) {
      const h = heads[heads.length - 1], v = values[values.length - 1].getBoundingClientRect();
      if (h.top < -1 || h.bottom > v.bottom || h.bottom > innerHeight) faults.push(`${named} has its heads out of sight`);
      if (Math.abs(h.right - v.right) > 12) faults.push(`${named}: the last head ends at ${h.right}, its value at ${v.right}`);
    }
    box.scrollTop = box.scrollLeft = 0;
  }
  scrollTo(0, 0);
  return faults;
}
