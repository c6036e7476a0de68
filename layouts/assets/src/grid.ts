// The official tables as grids: each is one stop of the Tab key, arrow keys lead
// from cell to cell, and Enter, Space or a click opens one. The neighbour of a
// cell is the one that is seen there, since a table is laid out anew on a phone.

type Open = (cell: HTMLTableCellElement) => void;

interface Place { cell: HTMLTableCellElement; left: number; top: number; height: number }

export function grid(table: HTMLTableElement, hint: string, open: Open): void {
  // A table whose rows are laid out anew is none to assistive technology, unless roles say what is what.
  const role = (selector: string, name: string): void => table.querySelectorAll(selector).forEach((n) => n.setAttribute("role", name));
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  table.setAttribute("aria-describedby", hint);
  role("thead, tbody", "rowgroup");
  role("tr", "row");
  role("td", "gridcell");
  role("th", "columnheader");
  role("th[scope^=row]", "rowheader");
  let current = cells(table)[0];
  const enter = (cell: HTMLTableCellElement): void => {
    current.tabIndex = -1;
    current.removeAttribute("aria-haspopup");
    current = cell;
    cell.tabIndex = 0;
    cell.setAttribute("aria-haspopup", "dialog");
  };
  enter(current);
  table.addEventListener("click", (e) => {
    const target = e.target as Element;
    const cell = target.closest<HTMLTableCellElement>("td[id]");
    if (!cell || target.closest("a") || String(getSelection())) return;
    enter(cell);
    open(cell);
  });
  table.addEventListener("keydown", (e) => {
    if (e.target !== current || e.altKey || e.metaKey || e.shiftKey) return;
    if (e.key === "Enter" || e.key === " ") open(current);
    else {
      const next = step(table, current, e.key, e.ctrlKey);
      if (next === undefined) return;
      enter(next);
      next.focus();
    }
    e.preventDefault();
  });
}

function cells(table: HTMLTableElement): HTMLTableCellElement[] {
  return Array.from(table.querySelectorAll<HTMLTableCellElement>("td[id]"));
}

/** step returns the cell that a key leads to, the same one at an edge, and undefined for a key that leads nowhere. */
export function step(table: HTMLTableElement, from: HTMLTableCellElement, key: string, far: boolean): HTMLTableCellElement | undefined {
  const places: Place[] = [];
  for (const cell of cells(table)) {
    const { left, top, width, height } = cell.getBoundingClientRect();
    if (width > 0) places.push({ cell, left, top, height });
  }
  const at = places.find((p) => p.cell === from);
  if (!at) return undefined;
  const beside = places.filter((p) => Math.abs(p.top - at.top) < at.height / 2).sort((a, b) => a.left - b.left);
  const i = beside.indexOf(at);
  /** nearest in the next line above or below */
  const line = (down: boolean): Place => {
    const lines = places.filter((p) => (down ? p.top >= at.top + at.height / 2 : p.top <= at.top - at.height / 2));
    const distance = (p: Place): number => Math.abs(p.top - at.top) * 1e4 + Math.abs(p.left - at.left);
    return lines.reduce((best, p) => (distance(p) < distance(best) ? p : best), lines[0]) ?? at;
  };
  switch (key.toLowerCase()) {
    case "arrowleft": return beside[Math.max(0, i - 1)].cell;
    case "arrowright": return beside[Math.min(beside.length - 1, i + 1)].cell;
    case "arrowup": return line(false).cell;
    case "arrowdown": return line(true).cell;
    case "home": return (far ? places[0] : beside[0]).cell;
    case "end": return (far ? places[places.length - 1] : beside[beside.length - 1]).cell;
  }
  return undefined;
}
