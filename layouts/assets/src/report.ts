// The page of a report: its contents, the record of what was checked in it, and a
// panel about each of its numbers.

import { checked } from "./checked.ts";
import { contents } from "./contents.ts";
import { ready } from "./dom.ts";
import { grid } from "./grid.ts";
import { Panel } from "./panel.ts";

ready(() => {
  const list = document.getElementById("report-contents") as HTMLDetailsElement | null;
  if (list) contents(list);
  const dialog = document.getElementById("cell-panel") as HTMLDialogElement | null;
  if (!dialog) return;
  const record = document.getElementById("report-checked") as HTMLDetailsElement | null;
  if (record) checked(record, dialog);
  const panel = new Panel(dialog), hint = document.getElementById("cell-hint")!;
  hint.hidden = false;
  for (const table of document.querySelectorAll<HTMLTableElement>("table.official")) grid(table, hint.id, (cell) => panel.open(cell));
  for (const a of document.querySelectorAll<HTMLAnchorElement>(".key a")) {
    a.addEventListener("click", (e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      panel.open(document.getElementById(a.hash.slice(1)) as HTMLTableCellElement, a);
    });
  }
});
